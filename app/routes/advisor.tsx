import { askedAt, waitingOf } from '~/case/case-view.server';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { AccessGuard } from '~/mandate/access-guard';
import { ClientTable, Counts, ListForm } from '~/mandate/client-list';
import { dayOfList, partsOf, wishView } from '~/mandate/client-list.server';
import { clientRows, isStopped, listMark, noteAllSeen } from '~/mandate/clients.server';
import { addressAfterForm, carried, wishOf } from '~/mandate/list-address.server';
import { mapLoaded } from '~/model/loaded';
import { Submit } from '~/ui/buttons';
import { FormOwner } from '~/ui/form-owner';
import { Notice } from '~/ui/notice';
import { Caveat, Trouble } from '~/ui/trouble';

/** All clients in one page: what needs action today first. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const { searchParams } = new URL(request.url);
  const address = addressAfterForm(searchParams, advisor.actor.id, advisor.language);
  if (address) throw redirect(address);
  const wish = wishOf(searchParams, advisor.actor.id);
  // Before the list: what changes in between is a change to it.
  const mark = await listMark(advisor);
  const rows = await clientRows(advisor, 'list-clients', waitingOf(request).patience);
  return {
    title: translatorOf(advisor.language)('mandate:advisor.title'),
    wish: wishView(wish, rows.state === 'unavailable' ? [] : rows.value),
    query: carried(searchParams, advisor.language),
    alive: `/${advisor.language}/advisor/alive?mark=${mark}`,
    asOf: askedAt(rows, advisor.language),
    hasClients: rows.state !== 'unavailable' && rows.value.length > 0,
    isStopped: await isStopped(advisor.actor),
    day: dayOfList(advisor.language),
    parts: mapLoaded(rows, (list) => partsOf(advisor.actor.id, list, wish, advisor.language)),
  };
}

/** The advisor has seen all changes. */
export async function action({ request }: ActionFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  await noteAllSeen(advisor);
  return redirect(`/${advisor.language}/advisor`);
}

export default function Advisor() {
  const { language, t } = useWords();
  const { wish, query, parts, hasClients, isStopped, alive, asOf, day } = useLoaderData<typeof loader>();
  const count = parts.state === 'unavailable' ? 0 : parts.value.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <>
      <div className="client-list__head">
        <h1>{t('mandate:advisor.title')}</h1>
        <p className="client-list__printed">{day}</p>
        <ListForm wish={wish} />
        <p className="buttons">
          <a href={`/${language}/advisor/mandates`}>{t('mandate:advisor.toMandates')}</a>
          <a href={`/${language}/advisor/feed`}>{t('mandate:advisor.toFeed')}</a>
          <a href={`/${language}/advisor/deadlines`}>{t('mandate:advisor.csv')}</a>
        </p>
      </div>
      {isStopped ? <Notice tone="plain" text={t('mandate:advisor.stopped')} /> : null}
      {parts.state === 'unavailable' ? (
        <Trouble why={parts.why} title={t('mandate:advisor.couldNotAsk')} />
      ) : (
        <>
          <Caveat loaded={parts} time={asOf} />
          <div className="client-list__head">
            <p role="status">{t('mandate:advisor.count', { count })}</p>
            <Counts parts={parts.value} />
          </div>
          {wish.onlyChanged && count > 0 ? (
            <form method="post">
              <FormOwner />
              <Submit label={t('mandate:advisor.allSeen')} quiet />
            </form>
          ) : null}
          {count > 0 ? <ClientTable parts={parts.value} query={query} /> : null}
          {count === 0 && parts.state === 'fresh' && !isStopped ? (
            <p>{t(hasClients ? 'mandate:advisor.noneFound' : 'mandate:advisor.none')}</p>
          ) : null}
        </>
      )}
      <AccessGuard alive={alive} list />
    </>
  );
}
