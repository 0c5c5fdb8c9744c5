import { useWords } from '~/i18n/use-t';
import { isAllowed, permitFor, RULES } from '~/model/policy';
import type { StaffRole } from '~/model/staff-role';

/** The pages of employees, each under its path. */
const PAGES = {
  helpdesk: 'helpdesk:desk.title',
  'helpdesk/call-back': 'helpdesk:callBack.title',
  'helpdesk/emergency': 'helpdesk:emergency.title',
  'helpdesk/requests': 'helpdesk:requests.title',
  'staff/releases': 'appointment:release.title',
  'staff/wait': 'wait:staff.title',
  'helpdesk/insight': 'helpdesk:desk.insight',
} as const;
type StaffPage = keyof typeof PAGES;
const PATHS = Object.keys(PAGES) as StaffPage[];

/** The pages that an employee with these roles may open; the first is their start. */
export const staffPages = (roles: readonly StaffRole[]): readonly StaffPage[] =>
  PATHS.filter((path) => {
    const permit = permitFor('GET', `/nl/${path}`);
    return permit !== null && isAllowed(RULES, ['staff', ...roles], permit);
  });

/** Links to the employee's other pages. */
export function StaffPages({ pages, here }: { readonly pages: readonly StaffPage[]; readonly here: StaffPage }) {
  const { language, t } = useWords();
  return (
    <ul>
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
