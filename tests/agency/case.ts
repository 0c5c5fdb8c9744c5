import type { Case, Stage } from '../../app/model/case';
import { standingOf } from '../../app/model/case-state';
import type { Outcome } from '../../app/model/meaning';
import { DUTCH_LAW, reachedIn } from './agency';

/** The day on which cases of `caseIn` are looked at. */
export const TODAY = '2026-03-02';

interface Ending {
  readonly ended?: string | null;
  readonly result?: string | null;
  readonly outcome?: Outcome | null;
}

/** A family case received on 5 January 2026, in a stage since 1 February. */
export function caseIn(stage: Stage | null, given: Partial<Case> = {}, ending: Ending = {}): Case {
  const { ended = null, result = null, outcome = null } = ending;
  const current = stage === null ? null : reachedIn(stage, '2026-02-01');
  return {
    id: 'id',
    address: '',
    reference: 'Z1-1000-0001',
    procedure: 'family',
    procedureVersion: 'v',
    procedureName: 'Gezin',
    received: '2026-01-05',
    decideBy: '2026-06-30',
    law: DUTCH_LAW,
    statutoryTerm: 'P6M',
    extension: null,
    suspension: null,
    ...standingOf({ received: '2026-01-05', ended, current, result, outcome }, TODAY),
    decision: { made: null, notified: null, reactBy: null },
    parties: [],
    vNumber: null,
    request: { until: null, papers: [] },
    invitation: null,
    ...given,
  };
}
