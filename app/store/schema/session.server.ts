import { pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.server';

export const session = pgTable('session', {
  idHash: text('id_hash').primaryKey(),
  payload: bytes('payload').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  idleExpiresAt: instant('idle_expires_at').notNull(),
  absoluteExpiresAt: instant('absolute_expires_at').notNull(),
});
