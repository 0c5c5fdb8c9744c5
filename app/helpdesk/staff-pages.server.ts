import { hasPlanner } from '~/agency/planner.server';
import { hasStatistics } from '~/agency/statistics.server';
import { config } from '~/config/config.server';
import { isAllowed, RULES } from '~/model/policy';
import { permitFor } from '~/model/route-policy';
import type { StaffRole } from '~/model/staff-role';
import { STAFF_PAGES, type StaffPage } from './staff-pages';

/** Whether this portal lets employees open a case in an emergency. */
export const allowsEmergencies = (): boolean => config().EMERGENCIES === 'on';

/** The pages that an employee with these roles may open; the first is their start. */
export const staffPages = (roles: readonly StaffRole[]): readonly StaffPage[] =>
  STAFF_PAGES.filter((path) => {
    const permit = permitFor('GET', `/nl/${path}`);
    if (path === 'helpdesk/emergency' && !allowsEmergencies()) return false;
    if (path === 'staff/releases' && !hasPlanner()) return false;
    if (path === 'staff/wait' && !hasStatistics()) return false;
    return permit !== null && isAllowed(RULES, ['staff', ...roles], permit);
  });
