import { useWords } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { CaseCards } from './case-cards';
import type { CaseLine } from './case-view.server';

/**
 * An applicant's start page: their cases, and the ways to help, mandates and who looked.
 *
 * @param asOf when the cases were loaded, in words
 * @param isOwn false for who represents another: those ways are that person's own
 */
export function CaseListPage({
  cases,
  asOf,
  isOwn = true,
}: {
  readonly cases: Loaded<CaseLine[]>;
  readonly asOf: string;
  readonly isOwn?: boolean;
}) {
  const { language, t } = useWords();
  return (
    <>
      <h1>{t('case:list.title')}</h1>
      <CaseCards cases={cases} asOf={asOf} />
      {isOwn ? (
        <nav aria-label={t('helpdesk:links.title')}>
          <ul>
            <li>
              <a href={`/${language}/messages`}>{t('message:title')}</a>
            </li>
            <li>
              <a href={`/${language}/mandates`}>{t('mandate:title')}</a>
            </li>
            <li>
              <a href={`/${language}/who-looked`}>{t('audit:title')}</a>
            </li>
          </ul>
        </nav>
      ) : null}
    </>
  );
}
