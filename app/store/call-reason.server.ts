import { randomUUID } from 'node:crypto';
import { asc, type InferSelectModel, sql } from 'drizzle-orm';
import type { Temporal } from 'temporal-polyfill';
import type { ContactMoment } from '~/model/contact-moment';
import { putContact } from './contact-moment.server';
import { callReason } from './schema/helpdesk.server';
import { db } from './store.server';
import { noteReasonOnce } from './view-grant.server';

type CallReason = Readonly<Omit<InferSelectModel<typeof callReason>, 'id'>>;

type NewCallReason = CallReason & { readonly id?: string };

/** The look of a call, and what the register of contacts is to learn of the call; null: nothing. */
export interface NotedCall {
  readonly look: string;
  readonly notedAt: Temporal.Instant;
  readonly contact: (Pick<ContactMoment, 'person' | 'caseId' | 'language'> & { readonly at: Temporal.Instant }) | null;
}

/**
 * Counts the reason of a call, once for each form and for each look. That the call must be written to the register is noted
 * in the same transaction, so that neither exists without the other.
 *
 * @param reason with the id of the form
 */
export async function addCallReason(
  { id = randomUUID(), ...reason }: NewCallReason,
  call: NotedCall | null = null,
): Promise<void> {
  await db().transaction(async (transaction) => {
    if (call && !(await noteReasonOnce(call.look, transaction))) return;
    await transaction
      .insert(callReason)
      .values({ ...reason, id })
      .onConflictDoNothing();
    if (!call?.contact) return;
    const { reason: about, answered, page, procedure } = reason;
    await putContact(
      { ...call.contact, id: call.look, reason: about, answered, page, procedure },
      call.notedAt,
      transaction,
    );
  });
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
