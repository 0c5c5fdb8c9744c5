import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

export const pageUse = pgTable(
  'page_use',
  {
    /** ISO Monday. */
    week: date('week', { mode: 'string' }).notNull(),
    use: text('use').$type<'case' | 'contact' | 'wait' | 'booked'>().notNull(),
    /** "" for none, since a key has no null. */
    procedure: text('procedure').notNull(),
    stage: text('stage').notNull(),
    language: text('language').notNull(),
    count: integer('count').notNull(),
  },
  ({ week, use, procedure, stage, language }) => [primaryKey({ columns: [week, use, procedure, stage, language] })],
);
