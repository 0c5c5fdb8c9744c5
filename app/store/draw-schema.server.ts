import { date, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Language } from '~/model/language';
import { bytes, instant } from './columns.server';
import type { StoredOffer } from './schema.server';

export const release = pgTable('release', {
  id: uuid('id').primaryKey(),
  product: text('product').notNull(),
  desks: jsonb('desks').$type<readonly string[]>().notNull(),
  fromDate: date('from_date', { mode: 'string' }).notNull(),
  untilDate: date('until_date', { mode: 'string' }).notNull(),
  opensAt: instant('opens_at').notNull(),
  windowMinutes: integer('window_minutes').notNull(),
  confirmHours: integer('confirm_hours').notNull(),
  seed: bytes('seed').notNull(),
  seedHash: text('seed_hash').notNull(),
  seedShown: text('seed_shown'),
  state: text('state').$type<'planned' | 'drawn' | 'over'>().notNull(),
  createdAt: instant('created_at').notNull(),
});

export const ticket = pgTable('ticket', {
  id: uuid('id').primaryKey(),
  releaseId: uuid('release_id').notNull(),
  number: text('number').notNull(),
  owner: text('owner').notNull(),
  caseId: text('case_id').notNull(),
  partySize: integer('party_size').notNull(),
  desks: jsonb('desks').$type<readonly string[]>().notNull().default([]),
  weekdays: jsonb('weekdays').$type<readonly number[]>().notNull().default([]),
  language: text('language').$type<Language>().notNull(),
  sealed: bytes('sealed').notNull(),
  state: text('state').$type<'waiting' | 'offered' | 'missed' | 'booked' | 'lost' | 'returned'>().notNull(),
  place: integer('place'),
  offer: jsonb('offer').$type<StoredOffer>(),
  offerUntil: instant('offer_until'),
  createdAt: instant('created_at').notNull(),
});
