import type { AuditEvent } from '../audit-event';
import { bulkLists, filesInARow } from './advisor-rules';
import {
  aroundOwnCase,
  callReused,
  manyAtOne,
  manyInAnHour,
  noCall,
  outOfProportion,
  outsideHours,
  relatedTo,
  samePersonAgain,
} from './look-rules';
import {
  codeGuessing,
  delayedDisclosures,
  emergencyOften,
  emergencyUnconfirmed,
  fishing,
  quickApproval,
  sameApprover,
} from './request-rules';
import { type Facts, type Finding, type Rule, streamOf } from './stream';

export interface Alert extends Finding {
  readonly pattern: Pattern;
}

/** Patterns of misuse in the audit log, each with the rule that finds it. */
const RULES = {
  'no-call': noCall,
  'call-reused': callReused,
  'out-of-proportion': outOfProportion,
  'many-in-an-hour': manyInAnHour,
  'same-person-again': samePersonAgain,
  'many-at-one-person': manyAtOne,
  'own-file': relatedTo(['self']),
  'related-person': relatedTo(['family', 'address', 'name']),
  'colleague-file': relatedTo(['colleague']),
  'around-own-case': aroundOwnCase,
  'outside-hours': outsideHours,
  'emergency-unconfirmed': emergencyUnconfirmed,
  'emergency-often': emergencyOften,
  'held-looks': delayedDisclosures,
  fishing,
  'code-guessing': codeGuessing,
  'same-approver': sameApprover,
  'quick-approval': quickApproval,
  'bulk-lists': bulkLists,
  'files-in-a-row': filesInARow,
} satisfies Record<string, Rule>;

export type Pattern = keyof typeof RULES;

export const PATTERNS: readonly Pattern[] = Object.keys(RULES).filter((name): name is Pattern => name in RULES);

/**
 * Finds every pattern in part of the audit log, sorted by week. Four weeks is a good length: some patterns show over a
 * month only. @param events in any order
 */
export function alertsIn(events: readonly AuditEvent[], facts: Facts): Alert[] {
  const stream = streamOf(events, facts.zone);
  return PATTERNS.flatMap((pattern) => RULES[pattern](stream, facts).map((found) => ({ pattern, ...found }))).sort(
    (a, b) => (a.week === b.week ? 0 : a.week < b.week ? -1 : 1),
  );
}
