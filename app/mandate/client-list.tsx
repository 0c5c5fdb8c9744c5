import { ProcedureName, StageName } from '~/case/case-page';
import { useWords } from '~/i18n/use-t';
import { PROCEDURES, STAGES } from '~/model/case';
import { SORTS } from '~/model/mandate-clients';
import { Submit } from '~/ui/buttons';
import styles from './client-list.css?url';
import type { ClientLine, WishView } from './client-list.server';

const WITHIN = [7, 14, 30] as const;

/** Search, filter and order: a plain GET form. */
export function ListForm({ wish }: { readonly wish: WishView }) {
  const { t } = useWords();
  const all = <option value="">{t('mandate:advisor.all')}</option>;
  return (
    <form method="get" className="client-form">
      <link rel="stylesheet" href={styles} />
      <div>
        <label htmlFor="q">{t('mandate:advisor.search')}</label>
        <input id="q" name="q" type="search" dir="auto" defaultValue={wish.search} autoComplete="off" />
      </div>
      <div>
        <label htmlFor="procedure">{t('mandate:advisor.procedure')}</label>
        <select id="procedure" name="procedure" defaultValue={wish.procedure}>
          {all}
          {PROCEDURES.map((procedure) => (
            <option key={procedure} value={procedure}>
              {t(`case:procedure.${procedure}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="stage">{t('mandate:advisor.stage')}</label>
        <select id="stage" name="stage" defaultValue={wish.stage}>
          {all}
          {STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {t(`case:stage.${stage}.name`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="within">{t('mandate:advisor.within')}</label>
        <select id="within" name="within" defaultValue={wish.within}>
          {all}
          {WITHIN.map((count) => (
            <option key={count} value={count}>
              {t('mandate:advisor.days', { count })}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="sort">{t('mandate:advisor.sort')}</label>
        <select id="sort" name="sort" defaultValue={wish.sort}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`mandate:advisor.by.${sort}`)}
            </option>
          ))}
        </select>
      </div>
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
            </td>
            <td>{line.due ?? '–'}</td>
            <td>
              <bdi translate="no">{line.reference}</bdi>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
