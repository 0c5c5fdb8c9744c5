import { pgTable, text } from 'drizzle-orm/pg-core';

/** A value that only the right secret gives. */
export const secretCheck = pgTable('secret_check', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
