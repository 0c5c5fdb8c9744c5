import { bigint, boolean, date, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.server';

export const estimate = pgTable('estimate', {
  /** The Monday of the counts. */
  asOf: date('as_of', { mode: 'string' }).primaryKey(),
  /** False while the past is still being replayed: the ranges are final, the track record is missing. */
  complete: boolean('complete').notNull(),
  body: jsonb('body').notNull(),
  trainedAt: instant('trained_at').notNull(),
});

export const estimateSwitch = pgTable('estimate_switch', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  procedure: text('procedure').notNull(),
  trust: text('trust').$type<'unsettled' | 'none'>(),
  reason: text('reason').$type<'new-law' | 'decision-stop' | 'other'>(),
  /** The employee's pseudonym; in lines of older portals their name. */
  setBy: text('set_by').notNull(),
  setAt: instant('set_at').notNull(),
  /** When it ends by itself; null for one that is off. */
  endsAt: instant('ends_at'),
  confirmedBy: text('confirmed_by'),
  /** Null until another employee confirms it. One that is off counts at once. */
  confirmedAt: instant('confirmed_at'),
});

export const rangeShown = pgTable(
  'range_shown',
  {
    owner: text('owner').notNull(),
    caseId: text('case_id').notNull(),
    shownOn: date('shown_on', { mode: 'string' }).notNull(),
    stage: text('stage').notNull(),
    paused: boolean('paused').notNull(),
    trust: text('trust').notNull(),
    lowOn: date('low_on', { mode: 'string' }),
    highOn: date('high_on', { mode: 'string' }),
    asOf: date('as_of', { mode: 'string' }).notNull(),
  },
  ({ owner, caseId, shownOn }) => [primaryKey({ columns: [owner, caseId, shownOn] })],
);
