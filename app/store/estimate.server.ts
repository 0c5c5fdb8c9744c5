import { sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import { db } from './store.server';

/** A trained estimate as it is shared between portals. What is in `body` is the estimate room's affair. */
export interface StoredEstimate {
  /** ISO Monday of the counts. */
  readonly asOf: string;
  /** False while the past is still being replayed: the ranges stand, the track record is to come. */
  readonly complete: boolean;
  readonly body: unknown;
}

/** Whether there is one that is newer than, or more complete than, what the caller has. */
export async function newerEstimate(than: { asOf: string; complete: boolean } | null): Promise<StoredEstimate | null> {
  const known = than?.asOf ?? '0001-01-01';
  const { rows } = await db().execute<{ as_of: string; complete: boolean; body: unknown }>(sql`
    select to_char(as_of, 'YYYY-MM-DD') as as_of, complete, body from estimate
    where as_of > ${known}::date or (as_of = ${known}::date and complete and not ${than?.complete ?? false}::boolean)
    order by as_of desc limit 1`);
  const [row] = rows;
  return row ? { asOf: row.as_of, complete: row.complete, body: row.body } : null;
}

/** Keeps an estimate for all, and clears those that no portal shows any more. A complete one is not overwritten. */
export async function keepEstimate(estimate: StoredEstimate, now: Temporal.Instant): Promise<void> {
  await db().execute(sql`
    insert into estimate (as_of, complete, body, trained_at)
    values (${estimate.asOf}::date, ${estimate.complete}, ${JSON.stringify(estimate.body)}::jsonb, ${now.toString()}::timestamptz)
    on conflict (as_of) do update set complete = excluded.complete, body = excluded.body, trained_at = excluded.trained_at
    where not estimate.complete`);
  await db().execute(sql`delete from estimate where as_of < ${estimate.asOf}::date - 28`);
}

/** True for the one portal that is to train for this week. Whoever claimed it and was not heard of for five minutes lost it. */
export async function claimTraining(asOf: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await db().execute(sql`
    insert into estimate_claim (as_of, claimed_at) values (${asOf}::date, ${now.toString()}::timestamptz)
    on conflict (as_of) do update set claimed_at = excluded.claimed_at
    where estimate_claim.claimed_at < excluded.claimed_at - interval '5 minutes'
    returning as_of`);
  return rows.length === 1;
}

/** Gives the claim back, for the next who can. */
export async function dropClaim(asOf: string): Promise<void> {
  await db().execute(sql`delete from estimate_claim where as_of = ${asOf}::date`);
}

export interface Switched {
  readonly procedure: string;
  readonly trust: 'unsettled' | 'none' | null;
  readonly reason: 'new-law' | 'decision-stop' | 'other' | null;
}

/** What is in force for each procedure that was ever switched. */
export async function switches(): Promise<Switched[]> {
  const { rows } = await db().execute<Switched & Record<string, unknown>>(sql`
    select distinct on (procedure) procedure, trust, reason from estimate_switch order by procedure, id desc`);
  return rows.map(({ procedure, trust, reason }) => ({ procedure, trust, reason }));
}

/** Writes a change down. @param setBy the employee, as the sign-in provider names him */
export async function setSwitch(change: Switched, setBy: string, now: Temporal.Instant): Promise<void> {
  await db().execute(sql`
    insert into estimate_switch (procedure, trust, reason, set_by, set_at)
    values (${change.procedure}, ${change.trust}, ${change.reason}, ${setBy}, ${now.toString()}::timestamptz)`);
}
