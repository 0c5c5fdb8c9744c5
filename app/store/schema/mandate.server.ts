import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { MandateAction, MandateState, SuspendReason } from '~/model/mandate';
import type { OfficeScope } from '~/model/office';
import { bytes, instant } from '../columns.server';

export const mandate = pgTable('mandate', {
  id: uuid('id').primaryKey(),
  client: text('client').notNull(),
  advisor: text('advisor'),
  firm: text('firm').notNull(),
  caseIds: text('case_ids').array().notNull(),
  actions: text('actions').array().$type<MandateAction[]>().notNull(),
  offeredBy: text('offered_by').$type<'client' | 'advisor'>().notNull(),
  parent: uuid('parent'),
  maySub: boolean('may_sub').notNull().default(false),
  months: integer('months').notNull(),
  state: text('state').$type<MandateState>().notNull(),
  version: integer('version').notNull().default(1),
  textHash: text('text_hash').notNull(),
  language: text('language').notNull(),
  names: bytes('names').notNull(),
  offeredAt: instant('offered_at').notNull(),
  answerBefore: instant('answer_before').notNull(),
  validFrom: instant('valid_from'),
  validUntil: instant('valid_until'),
  clientSignedAt: instant('client_signed_at'),
  advisorSignedAt: instant('advisor_signed_at'),
  endedAt: instant('ended_at'),
  suspendedFor: text('suspended_for').array().$type<SuspendReason[]>().notNull().default([]),
  /** The newer mandate that superseded this one. */
  successor: uuid('successor'),
  /** Until when the advisor can undo that they gave it back. */
  undoUntil: instant('undo_until'),
  /** What everybody else at the advisor's office may do. */
  office: text('office').$type<OfficeScope>().notNull().default('none'),
});

/** Advisors who may begin no new mandate, and why. */
export const advisorStop = pgTable(
  'advisor_stop',
  {
    advisor: text('advisor').notNull(),
    reason: text('reason').$type<SuspendReason>().notNull(),
    stoppedAt: instant('stopped_at').notNull(),
  },
  ({ advisor, reason }) => [primaryKey({ columns: [advisor, reason] })],
);

/** Who belongs to an office, as their last sign-in said. */
export const colleague = pgTable('colleague', {
  advisor: text('advisor').primaryKey(),
  numberHash: text('number_hash'),
  firm: text('firm').notNull(),
  name: bytes('name').notNull(),
  seenAt: instant('seen_at').notNull(),
});

export const deadlineFeed = pgTable('deadline_feed', {
  tokenHash: text('token_hash').primaryKey(),
  advisor: text('advisor').notNull().unique(),
  actor: bytes('actor').notNull(),
  language: text('language').notNull(),
  createdAt: instant('created_at').notNull(),
});
