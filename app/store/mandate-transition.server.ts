import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { config } from '~/config/config.server';
import {
  type MandateAction,
  type MandateEvent,
  nextMandateState,
  suspendReasonsAfter,
  UNDO_HOURS,
} from '~/model/mandate';
import type { OfficeScope } from '~/model/office';
import type { Transacting } from './audit-append.server';
import { forgetKeptUnder } from './mandate-kept.server';
import { isStopped, mayBegin, oneAtATime, type Replaced, replaceOlder } from './mandate-replace.server';
import { COLUMNS, type Mandate, type MandateNames, NOW, read, sealNames } from './mandate-row.server';
import { mandate } from './schema/mandate.server';

/** Writes the audit entry in the same transaction: when it throws, nothing has changed. */
export type Witness = (transaction: Transacting, transition: MandateTransition) => Promise<unknown>;

/**
 * Who asks: the client, or an advisor. An advisor also sees mandates of their sub-advisors, and requests to their firm
 * that nobody has answered.
 */
export type MandateSide = { readonly client: string } | { readonly advisor: string; readonly firm: string | null };

/** What the accepting side adds to the row. */
export interface Signer {
  readonly advisor?: string;
  readonly names?: (names: MandateNames) => MandateNames;
  /** Hash of the list that the client was shown, by whether a colleague may stand in. */
  readonly textHash?: (maySub: boolean) => string;
  readonly language?: string;
  readonly maySub?: boolean;
  readonly actions?: MandateAction[];
  readonly office?: OfficeScope;
}

/** A mandate after an event, with the sub-mandates that ended with it and the older ones that it replaces. */
export type MandateTransition = Mandate & {
  readonly withIt: readonly string[];
  readonly replaced: readonly Replaced[];
};

/** Events that a caller may trigger; a mandate is superseded only through another's acceptance. */
export type MandateCommand = Exclude<MandateEvent, { readonly do: 'supersede' }>;

/**
 * Applies an event to a mandate, if its state at this moment by the database's clock allows it. The row is locked
 * meanwhile, so of two concurrent events the second sees the first. Null when there is no such mandate, or the event
 * does not apply.
 */
export async function applyTransition(
  database: Transacting,
  id: string,
  whose: MandateSide | 'agency',
  event: MandateCommand,
  signer: Signer = {},
  witness?: Witness,
): Promise<MandateTransition | null> {
  return database.transaction(async (transaction) => {
    if (event.do === 'accept' || whose === 'agency') await oneAtATime(transaction);
    const [row] = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.id, id), whose === 'agency' ? undefined : isOf(whose)))
      .for('update');
    const found = row && read(row);
    const state = found && nextMandateState(found.state, event, found.suspendedFor);
    if (!found || !state) return null;
    const advisor = signer.advisor ?? found.advisor ?? '';
    if (event.do === 'accept' && !(await mayBegin(transaction, { ...found, advisor }))) return null;
    if (event.do === 'resume' && (await isStopped(transaction, advisor, event.reason))) return null;
    const signed =
      event.do === 'accept' && (event.by === 'client' ? { clientSignedAt: NOW } : { advisorSignedAt: NOW });
    const begun = event.do === 'accept' && {
      validFrom: NOW,
      // Months end on the agency's day, whatever the zone of the database.
      validUntil: sql`(now() at time zone ${config().AGENCY_ZONE} + make_interval(months => ${mandate.months}))
        at time zone ${config().AGENCY_ZONE}`,
    };
    const isGivenBack = event.do === 'withdraw' && found.state === 'active' && found.parent === null;
    const undo = isGivenBack ? { undoUntil: sql`now() + make_interval(hours => ${UNDO_HOURS})` } : {};
    const over = state !== 'active' && state !== 'suspended' ? { endedAt: NOW } : {};
    const { names, textHash, ...rest } = signer;
    const bySigner = {
      ...rest,
      ...(textHash ? { textHash: textHash(signer.maySub ?? found.maySub) } : {}),
      ...(names ? { names: sealNames(id, names(found.names)) } : {}),
    };
    const suspendedFor = suspendReasonsAfter(found.suspendedFor, event);
    const [after] = await transaction
      .update(mandate)
      .set({
        state,
        suspendedFor,
        version: sql`${mandate.version} + 1`,
        ...signed,
        ...begun,
        ...over,
        ...undo,
        ...bySigner,
      })
      .where(eq(mandate.id, id))
      .returning(COLUMNS);
    if (!after) return null;
    // Sub-mandates end in the same instant.
    const withIt = after.endedAt
      ? await transaction
          .update(mandate)
          .set({ state, version: sql`${mandate.version} + 1`, endedAt: NOW })
          .where(and(eq(mandate.parent, id), inArray(mandate.state, ['active', 'suspended'])))
          .returning({ id: mandate.id })
      : [];
    const replaced = event.do === 'accept' ? await replaceOlder(transaction, { ...found, advisor }) : [];
    const ended = [...withIt, ...replaced].map((each) => each.id);
    if (state !== 'active' || ended.length > 0)
      await forgetKeptUnder(transaction, [...(state === 'active' ? [] : [id]), ...ended]);
    const transition = { ...read(after), withIt: withIt.map((each) => each.id), replaced };
    await witness?.(transaction, transition);
    return transition;
  });
}

export function isOf(whose: MandateSide): SQL | undefined {
  if ('client' in whose) return eq(mandate.client, whose.client);
  const mine = or(
    eq(mandate.advisor, whose.advisor),
    sql`mandate.parent in (select above.id from mandate above where above.advisor = ${whose.advisor})`,
  );
  if (whose.firm === null) return mine;
  return or(
    mine,
    and(eq(mandate.firm, whose.firm), eq(mandate.state, 'pending-advisor'), sql`${mandate.answerBefore} > now()`),
  );
}
