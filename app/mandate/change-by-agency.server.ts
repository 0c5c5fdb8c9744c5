import { addOperatorEntryIn } from '~/audit/operator.server';
import { type MandateState, nextMandateState } from '~/model/mandate';
import { type AgencyEvent, blocksNewMandates, mandateEventOf } from '~/model/mandate-agency';
import type { CommandDatabase } from '~/store/command-database.server';
import { type AdvisorStop, type Choice, chosenMandates, stopAdvisor } from '~/store/mandate-agency.server';
import { applyTransition } from '~/store/mandate-transition.server';
import { actsOf, type TransitionAction } from './mandate-acts.server';

/** A mandate before and after; `version` is null when nothing was done yet. */
export interface ChangedMandate {
  readonly id: string;
  readonly from: MandateState;
  readonly to: MandateState;
  readonly version: number | null;
}

export interface ChangeOutcome {
  readonly changed: readonly ChangedMandate[];
  /** How many of the selected mandates the event does not apply to. */
  readonly left: number;
}

const ACTIONS = {
  suspend: 'suspend-mandate',
  resume: 'resume-mandate',
  'end-by-law': 'end-mandate-by-law',
  'end-for-client': 'revoke-mandate',
} as const satisfies Record<AgencyEvent['name'], TransitionAction>;

/** What `changeByAgency` would do now. */
export async function previewChange(
  database: CommandDatabase,
  choice: Choice,
  change: AgencyEvent,
): Promise<ChangeOutcome> {
  const chosen = await chosenMandates(database, choice);
  const changed = chosen.flatMap(({ id, state, suspendedFor }) => {
    const to = nextMandateState(state, mandateEventOf(change), suspendedFor);
    return to ? [{ id, from: state, to, version: null }] : [];
  });
  return { changed, left: chosen.length - changed.length };
}

/**
 * Applies an event from the agency's registers to every selected mandate, each in one transaction with its audit entry.
 * Blocks an advisor before ending their mandates, so no new one can begin. A second pass covers mandates that began
 * just before the block. Once resolved the change applies in every process.
 */
export async function changeByAgency(
  database: CommandDatabase,
  choice: Choice,
  change: AgencyEvent,
): Promise<ChangeOutcome> {
  const stop = stopOf(choice, change);
  if (stop) {
    const { advisor: objectRef, reason, stopped } = stop;
    const action = stopped ? 'stop-advisor' : 'readmit-advisor';
    await stopAdvisor(database, stop, (transaction) =>
      addOperatorEntryIn(transaction, { action, objectType: 'advisor', objectRef, reason }),
    );
  }
  const changed = new Map<string, ChangedMandate>();
  const refused = new Set<string>();
  let due = await previewChange(database, choice, change);
  const { left } = due;
  while (due.changed.length > 0) {
    for (const { id, from } of due.changed) {
      const applied = await applyTransition(
        database,
        id,
        'agency',
        mandateEventOf(change),
        {},
        async (transaction, { client, ...transition }) => {
          const entry = { reason: change.reason, onBehalfOf: change.name === 'end-for-client' ? client : null };
          for (const act of actsOf(ACTIONS[change.name], transition, entry)) await addOperatorEntryIn(transaction, act);
        },
      );
      if (applied) changed.set(id, { id, from, to: applied.state, version: applied.version });
      else refused.add(id);
    }
    const again = await previewChange(database, choice, change);
    due = { ...again, changed: again.changed.filter(({ id }) => !changed.has(id) && !refused.has(id)) };
  }
  return { changed: [...changed.values()], left: left + refused.size };
}

/** Blocks or unblocks the advisor beside their mandates; null when the event is not about an advisor. */
export function stopOf(choice: Choice, change: AgencyEvent): AdvisorStop | null {
  if (!('advisor' in choice) || (change.name !== 'suspend' && change.name !== 'resume')) return null;
  if (!blocksNewMandates(change.reason)) return null;
  return { advisor: choice.advisor, reason: change.reason, stopped: change.name === 'suspend' };
}
