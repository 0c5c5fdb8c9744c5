import { date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.server';

/** A run that counts the registry's cases, up to a Monday. */
export const collection = pgTable('collection', {
  asOf: date('as_of', { mode: 'string' }).primaryKey(),
  firstWeek: date('first_week', { mode: 'string' }).notNull(),
  /** Digest of the rules by which cases were read: under others the run begins anew. */
  rules: text('rules').notNull(),
  /** Cases received before this day are counted. */
  cursorOn: date('cursor_on', { mode: 'string' }).notNull(),
  gaps: integer('gaps').notNull(),
  finishedAt: instant('finished_at'),
});

export const collectedCounts = pgTable(
  'collected_counts',
  {
    asOf: date('as_of', { mode: 'string' }).notNull(),
    procedure: text('procedure').notNull(),
    counted: integer('counted').notNull(),
    /** Cases that could not be read whole. */
    skipped: integer('skipped').notNull(),
    termDays: integer('term_days'),
    /** Sums while the run goes on, then the count tables. */
    body: jsonb('body').notNull(),
  },
  ({ asOf, procedure }) => [primaryKey({ columns: [asOf, procedure] })],
);
