import { watchNoteOf } from '~/appointment/watch/watch.server';
import { WatchNote } from '~/appointment/watch/watch-note';
import { caseView, knownCases, waitingOf } from '~/case/case-view.server';
import { CaseBody } from '~/case/living-case';
import { openCase } from '~/case/open-case.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireViewer } from '~/identity/session.server';
import type { PageHandle } from '~/ui/page-handle';
import { Trouble } from '~/ui/trouble';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  // No stage in the title: titles show up in tab lists and histories of shared devices.
  const title = translatorOf(viewer.language)('case:facts.title');
  const waiting = waitingOf(request);
  const opened = await openCase(viewer, params.case, 'wait', knownCases(viewer, waiting));
  if ('why' in opened) return { title, why: opened.why, view: null, note: null };
  const [view, note] = await Promise.all([caseView(viewer, opened, { waiting }), watchNoteOf(viewer, opened.theCase)]);
  return { title, why: null, view, note };
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
      <WatchNote note={loaded.note} />
      <CaseBody view={loaded.view} />
    </>
  );
}
