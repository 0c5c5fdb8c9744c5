import type { CaseLine } from '~/case/case-view.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { knownValue, type Loaded } from '~/model/loaded';
import { VIEW_AS_IDLE_MINUTES } from '~/model/view-as';
import type { ViewGrant } from '~/store/view-grant.server';

/**
 * @param page the key that `logViewedPage` returned for this page; null when it shows no data of the caller
 * @param lines the caller's cases; null where the page did not load them
 */
export function callBarView(
  grant: ViewGrant,
  language: Language,
  page: string | null,
  lines: Loaded<CaseLine[]> | null = null,
) {
  const { AGENCY_ZONE } = config();
  const clock = (at: { toString(): string }) => formatsOf(language).clock(at.toString(), AGENCY_ZONE);
  // Rendering the page counts as use, by the database's clock.
  const now = grant.lastSeenAt;
  const idleAt = now.add({ minutes: VIEW_AS_IDLE_MINUTES });
  return {
    id: grant.id,
    page,
    callId: grant.callId,
    agentNumber: grant.agentNumber,
    until: clock(grant.expiresAt),
    /** When the view ends without use; null when it ends earlier anyway. */
    idleAt: idleAt.since(grant.expiresAt).sign < 0 ? clock(idleAt) : null,
    now: { time: clock(now), milliseconds: now.epochMilliseconds, zone: AGENCY_ZONE },
    secondsLeft: Math.max(0, Math.floor(grant.expiresAt.since(now).total('seconds'))),
    /** False after a call-back: then only one case is open, and of it the stage and the appointment. */
    whole: grant.onlyCase === null,
    cases: (lines === null ? [] : (knownValue(lines) ?? []))
      .filter(({ ref }) => grant.onlyCase === null || ref === grant.onlyCase)
      .map(({ ref, reference }) => ({ ref, reference })),
  };
}

export type CallBarView = ReturnType<typeof callBarView>;
