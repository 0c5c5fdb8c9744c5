import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.server';

export const draft = pgTable(
  'draft',
  {
    /** Keyed hash of the sign-in's id. */
    subject: text('subject').notNull(),
    /** The form's address without its language and query. */
    page: text('page').notNull(),
    fields: bytes('fields').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.page] })],
);
