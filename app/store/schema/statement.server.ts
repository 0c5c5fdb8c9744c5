import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.server';

export const statement = pgTable('statement', {
  id: uuid('id').primaryKey(),
  /** Keyed hash of the person who made it. */
  owner: text('owner').notNull(),
  /** The case's name in that person's addresses. */
  caseRef: text('case_ref').notNull(),
  /** Keyed hash of the code. */
  codeHash: text('code_hash').notNull().unique(),
  /** What the statement says, sealed under a key that is made from the code. */
  facts: bytes('facts').notNull(),
  /** How often it was checked. */
  checks: integer('checks').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
});
