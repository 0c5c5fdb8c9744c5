import { sql } from 'drizzle-orm';
import { bigint, boolean, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../columns.server';

export const auditEvent = pgTable('audit_event', {
  seq: bigint('seq', { mode: 'number' }).primaryKey(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  keyId: text('key_id').notNull(),
  operationId: uuid('operation_id').notNull(),
  action: text('action').notNull(),
  result: text('result').notNull(),
  actor: text('actor').notNull(),
  actorRole: text('actor_role').notNull(),
  grantId: text('grant_id'),
  body: text('body').notNull(),
  recordedAt: instant('recorded_at').notNull().default(sql`now()`),
});

export const auditHead = pgTable('audit_head', {
  single: boolean('single').primaryKey().default(true),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
});

export const auditGap = pgTable('audit_gap', {
  from: bigint('from_seq', { mode: 'number' }).primaryKey(),
  until: bigint('until_seq', { mode: 'number' }).notNull(),
  prevHash: text('prev_hash').notNull(),
  hash: text('hash').notNull(),
  mac: text('mac').notNull(),
});

export const processingLine = pgTable('processing_line', {
  id: uuid('id').primaryKey(),
  operationId: uuid('operation_id').notNull(),
  traceId: text('trace_id').notNull(),
  name: text('name').notNull(),
  status: text('status').notNull(),
  startedAt: instant('started_at').notNull(),
  endedAt: instant('ended_at').notNull(),
  processingActivityId: text('processing_activity_id').notNull(),
  dataSubject: text('data_subject').notNull(),
  resource: text('resource').notNull(),
  shownAfter: instant('shown_after'),
});
