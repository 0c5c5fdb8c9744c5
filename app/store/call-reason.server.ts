import { randomUUID } from 'node:crypto';
import { asc, type InferSelectModel, sql } from 'drizzle-orm';
import { callReason } from './schema/helpdesk.server';
import { db } from './store.server';

export type CallReason = Readonly<Omit<InferSelectModel<typeof callReason>, 'id'>>;

export async function addCallReason(reason: CallReason): Promise<void> {
  await db()
    .insert(callReason)
    .values({ ...reason, id: randomUUID() });
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
