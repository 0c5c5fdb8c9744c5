import type { MandateAction } from './mandate';

/**
 * What a person is at the office of an advisor, as the sign-in says: a lawyer has a number of their own there, and
 * everybody else is an employee, such as a secretary.
 */
export const OFFICE_ROLES = ['lawyer', 'employee'] as const;
export type OfficeRole = (typeof OFFICE_ROLES)[number];

/** Somebody who acts under the mandate of another of the same office. */
export interface OfficeColleague {
  readonly as: OfficeRole;
  /** The number of the office. */
  readonly office: string;
}

/** What a client lets everybody else at the office of their advisor do; the first is the least. */
export const OFFICE_SCOPES = ['none', 'look', 'arrange'] as const;
export type OfficeScope = (typeof OFFICE_SCOPES)[number];

/**
 * The most that each role may do by what the client chose. Nobody but the advisor gives a mandate back, lets a colleague
 * stand in, or asks the client for more.
 */
export const OFFICE_RIGHTS: Readonly<Record<OfficeScope, Readonly<Record<OfficeRole, readonly MandateAction[]>>>> = {
  none: { lawyer: [], employee: [] },
  look: { lawyer: ['see', 'deadlines'], employee: ['see', 'deadlines'] },
  arrange: { lawyer: ['see', 'deadlines', 'arrange'], employee: ['see', 'deadlines', 'arrange'] },
};

/** What a colleague may do under a mandate: never more than the advisor may. */
export const officeActions = (
  actions: readonly MandateAction[],
  scope: OfficeScope,
  role: OfficeRole,
): MandateAction[] => actions.filter((action) => OFFICE_RIGHTS[scope][role].includes(action));

/** What a client's choice comes to: a colleague can't arrange what the advisor may not. */
export const officeScopeWithin = (actions: readonly MandateAction[], scope: OfficeScope): OfficeScope =>
  scope === 'arrange' && !actions.includes('arrange') ? 'look' : scope;

/** For how many days a calendar, which nobody signs in for, relies on the last sign-in that named the office. */
export const OFFICE_PROOF_DAYS = 7;
