import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Language } from '~/model/language';
import type { Channel } from '~/model/next-way';
import { bytes, instant } from '../columns.server';

export type MailKind =
  | 'confirm-address'
  | 'watch-set'
  | 'earlier-slot'
  | 'draw-offer'
  | 'draw-lost'
  | 'emergency-report'
  | 'change';

export const outbox = pgTable('outbox', {
  id: uuid('id').primaryKey(),
  /** All null for mail that belongs to none. */
  watchId: uuid('watch_id'),
  ticketId: uuid('ticket_id'),
  messageId: uuid('message_id'),
  kind: text('kind').$type<MailKind>().notNull(),
  language: text('language').$type<Language>().notNull(),
  /** Of a person; null for mail to an employee, whose `address` stands in the row. */
  addressId: uuid('address_id'),
  address: bytes('address'),
  /** Sealed; only in a mail that asks to confirm an address. */
  code: bytes('code'),
  /** 1 for a person's only unsent mail, 2 for their second, and so on. */
  turn: integer('turn').notNull().default(1),
  notBefore: instant('not_before').notNull(),
  attempts: integer('attempts').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  /** The smallest leaves first. */
  priority: integer('priority').notNull().default(1),
  /** Since when it waits for somebody to look at it. */
  parkedAt: instant('parked_at'),
});

/** An address or a phone number that a person left for later messages. */
export const mailAddress = pgTable('mail_address', {
  id: uuid('id').primaryKey(),
  /** Who left it. */
  owner: text('owner').notNull(),
  /** What it is an address of: `sms` for a phone number. */
  channel: text('channel').$type<Channel>().notNull().default('email'),
  addressHash: text('address_hash').notNull(),
  /** Sealed. Null once neither a watch nor a ticket needs it. */
  address: bytes('address'),
  codeHash: text('code_hash'),
  /** Wrong codes since the last one was sent. */
  tries: integer('tries').notNull().default(0),
  /** Codes sent within a day of the first. */
  sends: integer('sends').notNull().default(0),
  firstSentAt: instant('first_sent_at'),
  sentAt: instant('sent_at'),
  leftAt: instant('left_at').notNull(),
  confirmedAt: instant('confirmed_at'),
  /** Since when the mail server refuses it for good. */
  bouncedAt: instant('bounced_at'),
  /** Since when the last code could not be delivered. */
  codeFailedAt: instant('code_failed_at'),
});

/** `refused`: the provider never takes this mail. `bounced`: it never takes anything for this address. */
export type DeliveryState = 'handing' | 'sent' | 'delivered' | 'failed' | 'refused' | 'bounced';

/** An attempt to bring a mail to a person, under the id of its row in the outbox. */
export const delivery = pgTable('delivery', {
  id: uuid('id').primaryKey(),
  messageId: uuid('message_id'),
  addressId: uuid('address_id'),
  channel: text('channel').$type<Channel>().notNull().default('email'),
  kind: text('kind').$type<MailKind>().notNull(),
  state: text('state').$type<DeliveryState>().notNull(),
  createdAt: instant('created_at').notNull(),
  settledAt: instant('settled_at'),
});
