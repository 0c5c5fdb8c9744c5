import { ProcedureName, StageName } from '~/case/case-page';
import { useWords } from '~/i18n/use-t';
import { SORTS } from '~/model/mandate-clients';
import { Submit } from '~/ui/buttons';
import { Field, Select } from '~/ui/field';
import { Whole } from '~/ui/whole';
import styles from './client-list.css?url';
import type { ClientLine, WishView } from './client-list.server';

const WITHIN = [7, 14, 30] as const;

/** Search, filter and order: a plain GET form. */
export function ListForm({ wish }: { readonly wish: WishView }) {
  const { t } = useWords();
  const all = ['', t('mandate:advisor.all')] as const;
  return (
    <form method="get" className="client-form">
      <link rel="stylesheet" href={styles} />
      <Field name="q" type="search" label={t('mandate:advisor.search')} value={wish.search} autoComplete="off" />
      <Select
        name="procedure"
        label={t('mandate:advisor.procedure')}
        value={wish.procedure}
        options={[all, ...wish.procedures.map((procedure) => [procedure, t(`case:procedure.${procedure}`)] as const)]}
      />
      <Select
        name="stage"
        label={t('mandate:advisor.stage')}
        value={wish.stage}
        options={[all, ...wish.stages.map((stage) => [stage, t(`case:stage.${stage}.name`)] as const)]}
      />
      <Select
        name="within"
        label={t('mandate:advisor.within')}
        value={wish.within}
        options={[all, ...WITHIN.map((count) => [count, t('mandate:advisor.days', { count })] as const)]}
      />
      <Select
        name="sort"
        label={t('mandate:advisor.sort')}
        value={wish.sort}
        options={SORTS.map((sort) => [sort, t(`mandate:advisor.by.${sort}`)] as const)}
      />
      <Submit label={t('mandate:advisor.show')} />
    </form>
  );
}

export function ClientTable({ lines }: { readonly lines: readonly ClientLine[] }) {
  const { language, t } = useWords();
  return (
    <table className="client-table">
      <caption className="hidden">{t('mandate:advisor.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('mandate:advisor.todo')}</th>
          <th scope="col">{t('mandate:advisor.client')}</th>
          <th scope="col">{t('mandate:advisor.stage')}</th>
          <th scope="col">{t('mandate:advisor.due')}</th>
          <th scope="col">{t('mandate:advisor.reference')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.ref} className={`need--${line.need}`}>
            <td>
              <strong>{t(`mandate:advisor.need.${line.need}`)}</strong>
            </td>
            <th scope="row">
              <a href={`/${language}/advisor/clients/${line.ref}`}>
                <bdi translate="no">{line.name}</bdi>
              </a>
              <small>
                <ProcedureName procedure={line.procedure} name={line.procedureName} />
              </small>
            </th>
            <td>
              <StageName stage={line.stage} name={line.stageName} />
              {line.decided ? <small>{line.decided}</small> : null}
              {line.visit ? (
                <small>
                  {line.visit.moment} · <bdi>{line.visit.desk}</bdi>
                  {line.visit.since ? ` ${line.visit.since}` : null}
                </small>
              ) : null}
            </td>
            <td>{line.due ?? '–'}</td>
            <td>
              <Whole text={line.reference} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
