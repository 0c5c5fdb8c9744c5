import { type MandateEvent, SUSPEND_REASONS, type SuspendReason } from './mandate';

/** Why the law ends a mandate, and how a client asked the agency to end one. */
export const LAW_REASONS = ['majority', 'death', 'guardianship'] as const;
export const CHANNELS = ['phone', 'counter', 'letter'] as const;

/** What the agency does to mandates outside the pages: reasons, and whose mandates it may concern. */
export const AGENCY_EVENTS = {
  suspend: { reasons: SUSPEND_REASONS, whose: ['mandate', 'advisor', 'client'] },
  resume: { reasons: SUSPEND_REASONS, whose: ['mandate', 'advisor', 'client'] },
  'end-by-law': { reasons: LAW_REASONS, whose: ['mandate', 'client'] },
  'end-for-client': { reasons: CHANNELS, whose: ['mandate', 'client'] },
} as const;

export type AgencyEvent =
  | { readonly name: 'suspend' | 'resume'; readonly reason: SuspendReason }
  | { readonly name: 'end-by-law'; readonly reason: (typeof LAW_REASONS)[number] }
  | { readonly name: 'end-for-client'; readonly reason: (typeof CHANNELS)[number] };

/** The corresponding event of the mandate. */
export function mandateEventOf(
  change: AgencyEvent,
): Extract<MandateEvent, { do: 'suspend' | 'resume' | 'revoke' | 'end-by-law' }> {
  switch (change.name) {
    case 'suspend':
    case 'resume':
      return { do: change.name, reason: change.reason };
    case 'end-by-law':
      return { do: 'end-by-law' };
    case 'end-for-client':
      return { do: 'revoke' };
  }
}

/** These reasons concern the advisor: while one holds, no client's new mandate with that advisor may begin. */
export const blocksNewMandates = (reason: SuspendReason): boolean => reason !== 'dispute';
