import { watchNoteOf } from '~/appointment/watch/watch.server';
import { WatchNote } from '~/appointment/watch/watch-note';
import { caseView, knownCases, waitingOf } from '~/case/case-view.server';
import { CaseBody } from '~/case/living-case';
import { openCase } from '~/case/open-case.server';
import { askedAbout } from '~/effect/page-answer.server';
import { countUse } from '~/effect/page-use.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import { MessagesNote } from '~/message/messages-note';
import { messagesNote } from '~/message/settings.server';
import type { Language } from '~/model/language';
import type { PageHandle } from '~/ui/page-handle';
import { Trouble } from '~/ui/trouble';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const waiting = waitingOf(request);
  const opened = await openCase(viewer, params.case, 'wait', knownCases(viewer, waiting));
  const title = titleOf(viewer.language, opened);
  if ('why' in opened) return { title, why: opened.why, view: null, note: null, messages: null };
  const [view, note, messages] = await Promise.all([
    caseView(viewer, opened, { waiting }),
    watchNoteOf(viewer, opened.theCase),
    messagesNote(viewer),
  ]);
  countUse('case', viewer.language, view);
  return { title, why: null, view, note, messages, asked: askedAbout('case', view.procedure, view.stage) };
}

/**
 * Tells the tabs of several cases apart. No stage, procedure or whole number: titles show up in tab lists and in histories of
 * shared devices.
 */
function titleOf(language: Language, opened: Awaited<ReturnType<typeof openCase>>): string {
  const t = translatorOf(language);
  if ('why' in opened) return t('case:facts.title');
  return `${t('case:list.reference')} …${opened.theCase.reference.slice(-4)}`;
}

export const handle: PageHandle = { touches: true };

export default function Case() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  if (loaded.view === null) {
    return (
      <>
        <h1>{t('case:list.couldNotAsk')}</h1>
        <Trouble why={loaded.why ?? 'failed'} />
        <p>{t('case:list.couldNotAskMore')}</p>
      </>
    );
  }
  return (
    <>
      <MessagesNote note={loaded.messages === 'bounced' ? loaded.messages : null} />
      <WatchNote note={loaded.note} />
      <CaseBody view={loaded.view} />
      <MessagesNote note={loaded.messages === 'ask' ? loaded.messages : null} />
    </>
  );
}
