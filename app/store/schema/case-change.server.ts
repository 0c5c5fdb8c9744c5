import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../columns.server';

export const caseChange = pgTable('case_change', {
  caseHash: text('case_hash').primaryKey(),
  /** The newest notification's own time, by the registry's clock. */
  toldAt: instant('told_at').notNull(),
  /** When the portal got it. */
  noticedAt: instant('noticed_at').notNull(),
});
