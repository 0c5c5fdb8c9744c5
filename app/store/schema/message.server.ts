import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Language } from '~/model/language';
import type { Kind } from '~/model/message';
import type { Topic } from '~/model/message-topic';
import { bytes, instant } from '../columns.server';

/** Who gets messages about changes, and what they chose. */
export const messageSubscription = pgTable('message_subscription', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  addressId: uuid('address_id'),
  /** Of a phone number; null for none. */
  numberId: uuid('number_id'),
  topics: text('topics').array().$type<Topic[]>().notNull(),
  language: text('language').$type<Language>().notNull(),
  zone: text('zone').notNull(),
  quietFrom: text('quiet_from').notNull(),
  quietUntil: text('quiet_until').notNull(),
  state: text('state').$type<'on' | 'stopped' | 'skipped'>().notNull(),
  /** `gone`: the agency has no case of the person any more. */
  stoppedWhy: text('stopped_why').$type<'wished' | 'restored' | 'gone'>(),
  /** Who asks the agency. */
  sealed: bytes('sealed'),
  /** What the person read last. */
  picture: bytes('picture'),
  /** Keyed hashes of the cases. */
  caseHashes: text('case_hashes').array().notNull().default([]),
  lookAt: instant('look_at').notNull(),
  lookedAt: instant('looked_at'),
  failures: integer('failures').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** `dropped`: it would have come too late, or the person stopped messages. */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'failed' | 'dropped';

export const message = pgTable('message', {
  id: uuid('id').primaryKey(),
  subscriptionId: uuid('subscription_id').notNull(),
  kinds: text('kinds').array().$type<Kind[]>().notNull(),
  target: bytes('target').notNull(),
  state: text('state').$type<MessageState>().notNull(),
  createdAt: instant('created_at').notNull(),
  sendAt: instant('send_at').notNull(),
  useUntil: instant('use_until'),
  settledAt: instant('settled_at'),
});

export const messageEvent = pgTable(
  'message_event',
  {
    subscriptionId: uuid('subscription_id').notNull(),
    event: text('event').notNull(),
    kind: text('kind').$type<Kind>().notNull(),
    messageId: uuid('message_id').notNull(),
  },
  ({ subscriptionId, event }) => [primaryKey({ columns: [subscriptionId, event] })],
);
