import { askedAt, waitingOf } from '~/case/case-view.server';
import type { LoaderFunctionArgs } from '~/framework/node.server';
import { useLoaderData } from '~/framework/react';
import { translatorOf } from '~/i18n/catalogues.server';
import { useWords } from '~/i18n/use-t';
import { requireProfessional } from '~/identity/session.server';
import { AccessGuard } from '~/mandate/access-guard';
import { ClientTable, ListForm } from '~/mandate/client-list';
import { linesOf, wishOf, wishView } from '~/mandate/client-list.server';
import { clientRows, listMark } from '~/mandate/clients.server';
import { mapLoaded } from '~/model/loaded';
import { Caveat, Trouble } from '~/ui/trouble';

/** All clients in one page: what needs action today first. */
export async function loader({ request }: LoaderFunctionArgs) {
  const advisor = await requireProfessional(request, 'advisor');
  const wish = wishOf(new URL(request.url).searchParams);
  // Before the list: what changes in between is a change to it.
  const mark = await listMark(advisor.actor);
  const rows = await clientRows(advisor, 'list-clients', waitingOf(request).patience);
  return {
    title: translatorOf(advisor.language)('mandate:advisor.title'),
    wish: wishView(wish),
    alive: `/${advisor.language}/advisor/alive?mark=${mark}`,
    asOf: askedAt(rows, advisor.language),
    hasClients: rows.state !== 'unavailable' && rows.value.length > 0,
    lines: mapLoaded(rows, (list) => linesOf(advisor.actor.id, list, wish, advisor.language)),
  };
}

export default function Advisor() {
  const { language, t } = useWords();
  const { wish, lines, hasClients, alive, asOf } = useLoaderData<typeof loader>();
  return (
    <>
      <h1>{t('mandate:advisor.title')}</h1>
      <p className="buttons">
        <a href={`/${language}/advisor/mandates`}>{t('mandate:advisor.toMandates')}</a>
        <a href={`/${language}/advisor/feed`}>{t('mandate:advisor.toFeed')}</a>
        <a href={`/${language}/advisor/deadlines`}>{t('mandate:advisor.csv')}</a>
      </p>
      <ListForm wish={wish} />
      {lines.state === 'unavailable' ? (
        <Trouble why={lines.why} title={t('mandate:advisor.couldNotAsk')} />
      ) : (
        <>
          <Caveat loaded={lines} time={asOf} />
          <p role="status">{t('mandate:advisor.count', { count: lines.value.length })}</p>
          {lines.value.length > 0 ? <ClientTable lines={lines.value} /> : null}
          {lines.value.length === 0 && lines.state === 'fresh' ? (
            <p>{t(hasClients ? 'mandate:advisor.noneFound' : 'mandate:advisor.none')}</p>
          ) : null}
        </>
      )}
      <AccessGuard alive={alive} list />
    </>
  );
}
