import { customType, date, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { Temporal } from 'temporal-polyfill';

/** A `timestamptz` is a `Temporal.Instant` everywhere in the code (microseconds: the server keeps no more). */
const instant = customType<{ data: Temporal.Instant; driverData: string }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (value) => value.toString(),
  fromDriver: (value) => Temporal.Instant.from(value),
});

const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' });

/** The slot as the planner named it, with its desk's zone. */
export interface StoredSlot {
  readonly key: string;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly zone: string;
  readonly deskName: string;
}

/** Where the counter is, as it was when the visit was booked. */
export interface StoredPlace {
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
}

export type HoldState = 'held' | 'used' | 'released';

/** `unknown`: asked of the planner, and its answer never came. `refused`: the planner said no. */
export type BookingState = 'confirming' | 'booked' | 'cancelling' | 'cancelled' | 'unknown' | 'refused';

export const session = pgTable('session', {
  idHash: text('id_hash').primaryKey(),
  payload: bytes('payload').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  idleExpiresAt: instant('idle_expires_at').notNull(),
  absoluteExpiresAt: instant('absolute_expires_at').notNull(),
});

export const hold = pgTable('hold', {
  id: uuid('id').primaryKey(),
  owner: text('owner').notNull(),
  caseId: text('case_id').notNull(),
  product: text('product').notNull(),
  desk: text('desk').notNull(),
  slot: jsonb('slot').$type<StoredSlot>().notNull(),
  partySize: integer('party_size').notNull(),
  expiresAt: instant('expires_at').notNull(),
  backendUntil: instant('backend_until').notNull(),
  state: text('state').$type<HoldState>().notNull(),
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
  backendKey: text('backend_key'),
  code: text('code'),
  sequence: integer('sequence').notNull().default(0),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** Asked with anything else PostgreSQL answers with an error instead of no row. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
