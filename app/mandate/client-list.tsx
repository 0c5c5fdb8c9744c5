import { ProcedureName, StageName } from '~/case/case-page';
import { useWords } from '~/i18n/use-t';
import { CLIENT_KINDS, type ClientKind, MINE, SORTS } from '~/model/mandate-clients';
import { Submit } from '~/ui/buttons';
import { Field, Select, Tick } from '~/ui/field';
import { Whole } from '~/ui/whole';
import styles from './client-list.css?url';
import type { ClientLine, ClientPart, WishView } from './client-list.server';

/** Search, filters and order: a plain GET form. The filters are folded, so that the list begins on the first screen. */
export function ListForm({ wish }: { readonly wish: WishView }) {
  const { t } = useWords();
  const all = ['', t('mandate:advisor.all')] as const;
  return (
    <form method="get" className="client-form" aria-label={t('mandate:advisor.title')}>
      <link rel="stylesheet" href={styles} />
      <div className="client-form__search">
        <Field name="q" type="search" label={t('mandate:advisor.search')} value={wish.search} autoComplete="off" />
        <Submit label={t('mandate:advisor.show')} />
      </div>
      <details open={wish.isFiltered}>
        <summary>{t('mandate:advisor.filters')}</summary>
        <div className="client-form__filters">
          <Select
            name="task"
            label={t('mandate:advisor.todo')}
            value={wish.task}
            options={[all, ...CLIENT_KINDS.map((kind) => [kind, t(taskKey(kind))] as const)]}
          />
          <Select
            name="procedure"
            label={t('mandate:advisor.procedure')}
            value={wish.procedure}
            options={[
              all,
              ...wish.procedures.map((procedure) => [procedure, t(`case:procedure.${procedure}`)] as const),
            ]}
          />
          <Select
            name="stage"
            label={t('mandate:advisor.stage')}
            value={wish.stage}
            options={[all, ...wish.stages.map((stage) => [stage, t(`case:stage.${stage}.name`)] as const)]}
          />
          <Select
            name="outcome"
            label={t('mandate:advisor.outcome')}
            value={wish.outcome}
            options={[
              all,
              ...wish.outcomes.map((outcome) => [outcome, t(`case:answer.outcome.${outcome}.title`)] as const),
            ]}
          />
          {wish.colleagues.length > 0 ? (
            <Select
              name="colleague"
              label={t('mandate:advisor.lawyer')}
              value={wish.colleague}
              options={[
                all,
                [MINE, t('mandate:advisor.mine')],
                ...wish.colleagues.map(({ ref, name }) => [ref, name] as const),
              ]}
            />
          ) : null}
          <Select
            name="sort"
            label={t('mandate:advisor.sort')}
            value={wish.sort}
            options={SORTS.map((sort) => [sort, t(`mandate:advisor.by.${sort}`)] as const)}
          />
          <Tick name="changed" value="1" chosen={wish.onlyChanged}>
            {t('mandate:advisor.changed')}
          </Tick>
        </div>
      </details>
    </form>
  );
}

const taskKey = (kind: ClientKind) =>
  kind === 'decision' ? ('mandate:advisor.read' as const) : (`mandate:advisor.deadline.${kind}` as const);

/** How many applications each part of the list has; each count leads to its part. */
export function Counts({ parts }: { readonly parts: readonly ClientPart[] }) {
  const { t } = useWords();
  const named = parts.flatMap(({ group, lines }) => (group ? [{ group, count: lines.length }] : []));
  if (named.length < 2) return null;
  return (
    <nav className="client-counts" aria-label={t('mandate:advisor.todo')}>
      <ul>
        {named.map(({ group, count }) => (
          <li key={group}>
            <a href={`#${group}`}>
              {t(`mandate:advisor.group.${group}`)} <strong>{count}</strong>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** @param query the list's filters, which a client's page carries so that its way back keeps them */
export function ClientTable({ parts, query }: { readonly parts: readonly ClientPart[]; readonly query: string }) {
  const { t } = useWords();
  return (
    <table className="client-table">
      <caption className="hidden">{t('mandate:advisor.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('mandate:advisor.todo')}</th>
          <th scope="col">{t('mandate:advisor.due')}</th>
          <th scope="col">{t('mandate:advisor.client')}</th>
          <th scope="col">{t('mandate:advisor.stage')}</th>
          <th scope="col">{t('mandate:advisor.decideBy')}</th>
          <th scope="col">{t('mandate:advisor.reference')}</th>
        </tr>
      </thead>
      {parts.map(({ group, lines }) => (
        <tbody key={group} className={group ? `group--${group}` : undefined}>
          {group ? (
            <tr className="client-table__part">
              <th scope="rowgroup" colSpan={6} id={group}>
                {t(`mandate:advisor.group.${group}`)} ({lines.length})
              </th>
            </tr>
          ) : null}
          {lines.map((line) => (
            <ClientRow key={line.ref} line={line} query={query} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

function ClientRow({ line, query }: { readonly line: ClientLine; readonly query: string }) {
  const { language, t } = useWords();
  const { task, late, visit } = line;
  return (
    <tr>
      <td>{task ? <strong>{t(taskKey(task.kind))}</strong> : '–'}</td>
      <td className="client-table__day">
        {task?.date ?? '–'}
        {task?.time ? ` ${task.time}` : null}
      </td>
      <th scope="row">
        <a href={`/${language}/advisor/clients/${line.ref}${query}`}>
          <bdi translate="no">{line.name}</bdi>
        </a>
        {line.isChanged ? (
          <>
            <span aria-hidden="true"> ●</span>
            <span className="hidden">{t('mandate:advisor.changed')}</span>
          </>
        ) : null}{' '}
        <small>
          <ProcedureName procedure={line.procedure} name={line.procedureName} />
          {line.lawyer ? (
            <>
              {' · '}
              <bdi translate="no">{line.lawyer}</bdi>
            </>
          ) : null}
        </small>
      </th>
      <td>
        <StageName stage={line.stage} name={line.stageName} />
        {visit ? (
          <small>
            {visit.moment ? ` ${visit.moment}` : null} · <bdi>{visit.desk}</bdi>
            {visit.since ? ` ${visit.since}` : null}
          </small>
        ) : null}
        {task?.place && !visit ? (
          <small>
            {' '}
            · <bdi>{task.place}</bdi>
          </small>
        ) : null}
      </td>
      <td className={late ? 'client-table__late' : 'client-table__day'}>
        {late ? t('mandate:advisor.lateSince', { date: late.since }) : (line.decideBy ?? line.decided ?? '–')}
        {late?.possible ? <small> {t(`mandate:advisor.deadline.${late.possible}`)}</small> : null}
      </td>
      <td className="client-table__day">
        {line.ownReference ? <bdi translate="no">{line.ownReference}</bdi> : null} <Whole text={line.reference} />
      </td>
    </tr>
  );
}
