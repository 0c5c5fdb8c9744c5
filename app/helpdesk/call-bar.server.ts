import type { CaseLine } from '~/case/case-view.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Language } from '~/model/language';
import { knownValue, type Loaded } from '~/model/loaded';
import type { ViewGrant } from '~/store/view-grant.server';

/** @param page the key that `logViewedPage` returned for this page; null when it shows no data of the caller */
export function callBarView(grant: ViewGrant, lines: Loaded<CaseLine[]>, language: Language, page: string | null) {
  return {
    id: grant.id,
    page,
    agentNumber: grant.agentNumber,
    until: formatsOf(language).clock(grant.expiresAt.toString(), config().AGENCY_ZONE),
    /** False after a call-back: then only one case is open, and of it the stage and the appointment. */
    whole: grant.onlyCase === null,
    cases: (knownValue(lines) ?? [])
      .filter(({ ref }) => grant.onlyCase === null || ref === grant.onlyCase)
      .map(({ ref, reference }) => ({ ref, reference })),
  };
}

export type CallBarView = ReturnType<typeof callBarView>;
