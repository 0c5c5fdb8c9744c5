import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.server';

/** Which process runs a background job, and until when by the database's clock. */
export const lease = pgTable('lease', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  until: instant('until').notNull(),
});
