import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AskingPage, PageAnswer } from '~/model/page-answer';
import { instant } from '../columns.server';

export const pageAnswer = pgTable(
  'page_answer',
  {
    day: date('day', { mode: 'string' }).notNull(),
    page: text('page').$type<AskingPage>().notNull(),
    /** "" for none, since a key has no null. */
    procedure: text('procedure').notNull(),
    stage: text('stage').notNull(),
    language: text('language').notNull(),
    answer: text('answer').$type<PageAnswer>().notNull(),
    count: integer('count').notNull(),
  },
  ({ day, page, procedure, stage, language, answer }) => [
    primaryKey({ columns: [day, page, procedure, stage, language, answer] }),
  ],
);

/** Forms that were counted, by a hash of the random number that each has. */
export const countedForm = pgTable('counted_form', {
  formHash: text('form_hash').primaryKey(),
  countedAt: instant('counted_at').notNull(),
});
