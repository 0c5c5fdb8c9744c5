import { randomUUID } from 'node:crypto';
import { asc, type InferSelectModel, sql } from 'drizzle-orm';
import { callReason } from './schema/helpdesk.server';
import { db } from './store.server';

type CallReason = Readonly<Omit<InferSelectModel<typeof callReason>, 'id'>>;

type NewCallReason = CallReason & { readonly id?: string };

/** @param reason with the id of the form: the same one sent again counts once */
export async function addCallReason({ id = randomUUID(), ...reason }: NewCallReason): Promise<void> {
  await db()
    .insert(callReason)
    .values({ ...reason, id })
    .onConflictDoNothing();
}

export interface ReasonCount extends Omit<CallReason, 'answered'> {
  readonly yes: number;
  readonly notUnderstood: number;
  readonly no: number;
}

export async function reasonCounts(): Promise<ReasonCount[]> {
  const count = (answered: CallReason['answered']) =>
    sql<number>`(count(*) filter (where ${callReason.answered} = ${answered}))::int`;
  return db()
    .select({
      week: callReason.week,
      procedure: callReason.procedure,
      stage: callReason.stage,
      page: callReason.page,
      reason: callReason.reason,
      yes: count('yes'),
      notUnderstood: count('not-understood'),
      no: count('no'),
    })
    .from(callReason)
    .groupBy(callReason.week, callReason.procedure, callReason.stage, callReason.page, callReason.reason)
    .orderBy(asc(callReason.week), asc(callReason.reason));
}
