import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Language } from '~/model/language';
import { bytes, instant } from '../columns.server';

export type MailKind = 'watch-set' | 'earlier-slot' | 'draw-offer' | 'draw-lost' | 'emergency-report';

export const outbox = pgTable('outbox', {
  id: uuid('id').primaryKey(),
  /** Both null for mail that belongs to no person. */
  watchId: uuid('watch_id'),
  ticketId: uuid('ticket_id'),
  kind: text('kind').$type<MailKind>().notNull(),
  language: text('language').$type<Language>().notNull(),
  address: bytes('address').notNull(),
  notBefore: instant('not_before').notNull(),
  attempts: integer('attempts').notNull().default(0),
  createdAt: instant('created_at').notNull(),
});
