import { date, integer, pgTable, primaryKey, real, smallint, text } from 'drizzle-orm/pg-core';

/** The mean wait of half hours, at a line (`phone:<id>`) or desk (`desk:<key>`). */
export const queueWait = pgTable(
  'queue_wait',
  {
    queue: text('queue').notNull(),
    /** Local date of the line or desk. */
    day: date('day', { mode: 'string' }).notNull(),
    /** 0 (00:00) to 47 (23:30). */
    half: smallint('half').notNull(),
    minutes: real('minutes').notNull(),
    samples: integer('samples').notNull(),
  },
  ({ queue, day, half }) => [primaryKey({ columns: [queue, day, half] })],
);
