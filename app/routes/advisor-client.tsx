import { watchNoteOf } from '~/appointment/watch/watch.server';
import { WatchNote } from '~/appointment/watch/watch-note';
import { CasePage } from '~/case/case-page';
import { caseView, waitingOf } from '~/case/case-view.server';
import { config } from '~/config/config.server';
import { durationWords } from '~/estimate/duration-words.server';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useT } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { AccessGuard } from '~/mandate/access-guard';
import { askToArrange, waitsForAnswer } from '~/mandate/advisor.server';
import { clientNow, lawyerOf, logClientView, openClientCase, withNotedNotice } from '~/mandate/clients.server';
import { legalView } from '~/mandate/deadlines.server';
import { hasOpenedTooMany, mustPause } from '~/mandate/file-limit.server';
import { Legal } from '~/mandate/legal';
import { listBefore } from '~/mandate/list-address.server';
import { OwnFile } from '~/mandate/own-file';
import { ownFileView, writeOwnFile } from '~/mandate/own-file.server';
import { dayWords } from '~/platform/moment-words.server';
import { clientReference } from '~/platform/pseudonym.server';
import { LinkLine, Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import type { PageHandle } from '~/ui/page-handle';
import { Trouble } from '~/ui/trouble';

/** The client's own page, and what only an advisor asks. The mandate is read before, and once more after it was loaded. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const title = translatorOf(advisor.language)('mandate:advisor.title');
  const list = listBefore(request, advisor.language);
  const now = await clientNow(advisor, params.ref ?? '');
  if (!now) throw data(null, { status: 404 });
  if (await mustPause(advisor, now)) return paused(title, list);
  const waiting = waitingOf(request);
  const opened = await openClientCase(advisor, params.ref ?? '', now.mandate, waiting.patience);
  if (opened.state === 'unavailable') return { title, list, why: opened.why, shown: null, paused: false };
  const found = opened.value;
  if (!found) throw data(null, { status: 404 });
  const { viewer, theCase, mandate } = found;
  const kept = opened.state === 'kept' ? { asOf: opened.asOf, why: opened.why } : null;
  const [view, note] = await Promise.all([
    caseView(viewer, { theCase, kept }, { waiting }),
    watchNoteOf(viewer, theCase),
  ]);
  const ownFile = await ownFileView(advisor, theCase.id);
  const shown = {
    view,
    note,
    alive: `/${advisor.language}/advisor/clients/${params.ref}/alive`,
    legal: legalView(withNotedNotice(theCase, ownFile.received || null), advisor.language),
    client: viewer.subject.name,
    ownFile,
    keptFor: durationWords(config().RETENTION.ownFiles, advisor.language),
    lawyer: await lawyerOf(mandate),
    mayArrange: mandate.actions.includes('arrange'),
    isAsking: !mandate.actions.includes('arrange') && (await waitsForAnswer(advisor, mandate)),
    until: mandate.validUntil && dayWords(mandate.validUntil, advisor.language),
  };
  if (!(await logClientView(advisor, found, shown))) throw data(null, { status: 404 });
  // Once more, now that this look counts too: many at once must not slip through.
  if (await hasOpenedTooMany(advisor, now)) return paused(title, list);
  // Advisors have many tabs open: a case's number tells them apart and names nobody.
  const { reference } = shown.ownFile;
  return { title: reference || theCase.reference, list, why: null, shown, paused: false };
}

/** Asks the client to let the advisor arrange visits, or writes into the office's own file. */
export async function action({ request, params }: ActionFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const now = await clientNow(advisor, params.ref ?? '');
  if (!now) throw data(null, { status: 404 });
  const { pathname, search } = new URL(request.url);
  const form = await request.formData();
  const caseId = now.mandate.caseIds.find((id) => clientReference(advisor.actor.id, id) === params.ref) ?? '';
  if (form.get('do') === 'ask') await askToArrange(advisor, now.mandate.id);
  else await writeOwnFile(advisor, now.mandate, caseId, form);
  return redirect(pathname + search);
}

export const handle: PageHandle = { touches: true };

const paused = (title: string, list: string) =>
  data({ title, list, why: null, shown: null, paused: true }, { status: 429 });

/** How an advisor gets what the mandate does not allow yet. */
function AskToArrange({ isAsking }: { readonly isAsking: boolean }) {
  const t = useT();
  if (isAsking) return <p>{t('mandate:advisor.askedToArrange')}</p>;
  return (
    <form method="post">
      <FormOwner />
      <Submit name="do" value="ask" label={t('mandate:advisor.askToArrange')} quiet />
    </form>
  );
}

export default function AdvisorClient() {
  const t = useT();
  const { list, why, shown, paused } = useLoaderData<typeof loader>();
  if (paused) {
    return (
      <>
        <h1>{t('mandate:advisor.brake.title')}</h1>
        <p>{t('mandate:advisor.brake.text')}</p>
        <LinkLine href={list} label={t('mandate:advisor.title')} />
      </>
    );
  }
  if (!shown) {
    return (
      <>
        <h1>{t('mandate:advisor.couldNotAsk')}</h1>
        <Trouble why={why ?? 'failed'} />
      </>
    );
  }
  return (
    <>
      <LinkLine href={list} label={t('mandate:advisor.title')} />
      <p className="lead">
        <strong>
          <bdi translate="no">{shown.client}</bdi>
        </strong>
      </p>
      <p>
        {t(shown.mayArrange ? 'mandate:advisor.mayArrange' : 'mandate:advisor.asClient', { client: shown.client })}{' '}
        {shown.until ? t('mandate:advisor.until', { date: shown.until }) : null}
      </p>
      {shown.lawyer ? <p>{t('mandate:advisor.through', { lawyer: shown.lawyer })}</p> : null}
      {shown.mayArrange || shown.lawyer ? null : <AskToArrange isAsking={shown.isAsking} />}
      <Legal legal={shown.legal} />
      <OwnFile file={shown.ownFile} keptFor={shown.keptFor} />
      <WatchNote note={shown.note} />
      <CasePage view={shown.view} />
      <AccessGuard alive={shown.alive} />
    </>
  );
}
