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
  emergencyOften,
  emergencyUnconfirmed,
  fishing,
  heldLooks,
  quickApproval,
  sameApprover,
} from './request-rules';
import { type Facts, type Found, type Rule, streamOf } from './stream';

export interface Alert extends Found {
  readonly pattern: Pattern;
}

/** What misuse looks like on record, each by the rule that finds it. */
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
  'held-looks': heldLooks,
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
 * Every pattern in a stretch of the record, by week. Give it four weeks or so: some patterns show over a month only.
 *
 * @param events in any order
 */
export function alertsIn(events: readonly AuditEvent[], facts: Facts): Alert[] {
  const stream = streamOf(events, facts.zone);
  return PATTERNS.flatMap((pattern) => RULES[pattern](stream, facts).map((found) => ({ pattern, ...found }))).sort(
    (a, b) => (a.week === b.week ? 0 : a.week < b.week ? -1 : 1),
  );
}
