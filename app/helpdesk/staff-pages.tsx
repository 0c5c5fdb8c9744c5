import { useWords } from '~/i18n/use-t';

/** The pages of employees, each under its path. */
const PAGES = {
  helpdesk: 'helpdesk:desk.title',
  'helpdesk/call-back': 'helpdesk:callBack.title',
  'helpdesk/emergency': 'helpdesk:emergency.title',
  'helpdesk/reason': 'helpdesk:reason.title',
  'helpdesk/requests': 'helpdesk:requests.title',
  'staff/locked': 'helpdesk:locked.title',
  'staff/releases': 'appointment:release.title',
  'staff/wait': 'wait:staff.title',
  'helpdesk/insight': 'helpdesk:desk.insight',
  'staff/effect': 'helpdesk:effect.title',
} as const;
export type StaffPage = keyof typeof PAGES;
export const STAFF_PAGES = Object.keys(PAGES) as StaffPage[];

export const staffPageName = (page: StaffPage): (typeof PAGES)[StaffPage] => PAGES[page];

/** Links to the employee's other pages. */
export function StaffPages({ pages, here }: { readonly pages: readonly StaffPage[]; readonly here: StaffPage | null }) {
  const { language, t } = useWords();
  return (
    <ul>
      {here === null ? null : (
        <li>
          <a href={`/${language}/staff`}>{t('helpdesk:start.title')}</a>
        </li>
      )}
      {pages
        .filter((path) => path !== here)
        .map((path) => (
          <li key={path}>
            <a href={`/${language}/${path}`}>{t(PAGES[path])}</a>
          </li>
        ))}
    </ul>
  );
}
