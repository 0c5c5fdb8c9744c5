import { randomUUID } from 'node:crypto';
import { asc, type InferSelectModel, sql } from 'drizzle-orm';
import { date, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { db } from './store.server';

const callReason = pgTable('call_reason', {
  id: uuid('id').primaryKey(),
  /** The Monday of the week: nearer than that would point at a call. */
  week: date('week', { mode: 'string' }).notNull(),
  procedure: text('procedure'),
  stage: text('stage'),
  page: text('page').notNull(),
  reason: text('reason').notNull(),
  answered: text('answered').$type<'yes' | 'not-understood' | 'no'>().notNull(),
});

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

/** How often each reason was given, by week, procedure, stage and page. */
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
