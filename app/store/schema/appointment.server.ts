import { boolean, customType, date, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Language } from '~/model/language';
import type { BookingState, MoveState } from '~/model/move';
import type { EndedWhy } from '~/model/right-ended';
import type { PartOfDay } from '~/model/watch';
import { bytes, instant } from '../columns.server';
import { sealedText, sealText, unsealText } from '../sealed-column.server';

/** The slot as the planner named it, with its desk's zone. */
export interface StoredSlot {
  readonly key: string;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly zone: string;
  readonly deskName: string;
  /** The planner's handle of the hold, where there is one; sealed in the row. */
  readonly hold?: string;
}

const storedSlot = customType<{ data: StoredSlot; driverData: StoredSlot | string }>({
  dataType: () => 'jsonb',
  toDriver: (slot) => JSON.stringify(withHold(slot, sealText)),
  fromDriver: (row) => withHold(typeof row === 'string' ? JSON.parse(row) : row, unsealText),
});

const withHold = ({ hold: handle, ...slot }: StoredSlot, change: (handle: string) => string): StoredSlot =>
  handle === undefined ? slot : { ...slot, hold: change(handle) };

/** The desk's address at the time of booking. */
export interface StoredPlace {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

/** A visit's wall time and desk. */
export interface StoredWhen {
  readonly localDate: string;
  readonly localTime: string;
  readonly deskName: string;
}

export type HoldState = 'held' | 'used' | 'released';

/** The slot offered to a watcher: its id, time and desk. */
export interface StoredOffer {
  readonly slotId: string;
  readonly date: string;
  readonly time: string;
  readonly deskName: string;
}

export const hold = pgTable('hold', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  caseId: text('case_id').notNull(),
  product: text('product').notNull(),
  desk: text('desk').notNull(),
  slot: storedSlot('slot').notNull(),
  partySize: integer('party_size').notNull(),
  expiresAt: instant('expires_at').notNull(),
  backendUntil: instant('backend_until').notNull(),
  state: text('state').$type<HoldState>().notNull(),
  moves: uuid('moves'),
  createdAt: instant('created_at').notNull(),
});

export const booking = pgTable('booking', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  caseId: text('case_id').notNull(),
  product: text('product').notNull(),
  desk: text('desk').notNull(),
  deskName: text('desk_name').notNull(),
  place: jsonb('place').$type<StoredPlace>().notNull(),
  zone: text('zone').notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  localDate: date('local_date', { mode: 'string' }).notNull(),
  localTime: text('local_time').notNull(),
  partySize: integer('party_size').notNull(),
  state: text('state').$type<BookingState>().notNull(),
  idempotencyKey: text('idempotency_key').notNull(),
  backendKey: sealedText('backend_key'),
  code: text('code'),
  sequence: integer('sequence').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  inMove: boolean('in_move').notNull().default(false),
  calendarId: uuid('calendar_id').notNull(),
  attempts: integer('attempts').notNull().default(0),
  retryAt: instant('retry_at'),
  details: bytes('details'),
  /** Who made it; `owner` is the person whom it is for. */
  madeBy: text('made_by').notNull(),
  /** All whom it is for, where the agency knows their numbers. */
  visitors: text('visitors').array().notNull().default([]),
  /** When its planner was last asked how it stands, and when it last answered. */
  askedAt: instant('asked_at'),
  checkedAt: instant('checked_at'),
  /** `told`: the person said that it was cancelled elsewhere. */
  changed: text('changed').$type<'cancelled' | 'moved' | 'told'>(),
  /** Where and when it was before others moved it. */
  was: jsonb('was').$type<StoredWhen>(),
});

export const move = pgTable('move', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  oldId: uuid('old_id').notNull(),
  newId: uuid('new_id').notNull(),
  goesFirst: text('goes_first').$type<'new' | 'old'>().notNull(),
  state: text('state').$type<MoveState>().notNull(),
  attempts: integer('attempts').notNull().default(0),
  retryAt: instant('retry_at').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const watch = pgTable('watch', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  caseId: text('case_id').notNull(),
  product: text('product').notNull(),
  desks: jsonb('desks').$type<readonly string[]>().notNull(),
  before: date('before', { mode: 'string' }).notNull(),
  weekdays: jsonb('weekdays').$type<readonly number[]>().notNull(),
  part: text('part').$type<PartOfDay>().notNull(),
  partySize: integer('party_size').notNull(),
  moves: uuid('moves'),
  quietFrom: text('quiet_from').notNull(),
  quietUntil: text('quiet_until').notNull(),
  language: text('language').$type<Language>().notNull(),
  sealed: bytes('sealed').notNull(),
  /** Where mail goes, once it is confirmed; null for no mail. */
  addressId: uuid('address_id'),
  state: text('state').$type<'waiting' | 'offered' | 'ended'>().notNull(),
  endedWhy: text('ended_why').$type<EndedWhy>(),
  /** Keyed hash of who set it; `owner` is whom it is for. */
  setBy: text('set_by').notNull(),
  offer: jsonb('offer').$type<StoredOffer>(),
  offerHoldId: uuid('offer_hold_id'),
  offerUntil: instant('offer_until'),
  seen: jsonb('seen').$type<readonly string[]>().notNull().default([]),
  waitingSince: instant('waiting_since').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

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
  state: text('state').$type<'prepared' | 'planned' | 'drawn' | 'over' | 'withdrawn'>().notNull(),
  /** Pseudonyms of employees. Null for a release of before two of them were needed. */
  preparedBy: text('prepared_by'),
  confirmedBy: text('confirmed_by'),
  undoneBy: text('undone_by'),
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
  /** Where mail goes, once it is confirmed; null for no mail. */
  addressId: uuid('address_id'),
  state: text('state')
    .$type<'waiting' | 'offered' | 'missed' | 'booked' | 'lost' | 'returned' | 'ended' | 'withdrawn'>()
    .notNull(),
  endedWhy: text('ended_why').$type<EndedWhy>(),
  /** Keyed hash of who took it, and who that is, sealed; `owner` is whom it is for. */
  takenBy: text('taken_by'),
  taker: bytes('taker'),
  place: integer('place'),
  offer: jsonb('offer').$type<StoredOffer>(),
  offerUntil: instant('offer_until'),
  createdAt: instant('created_at').notNull(),
});
