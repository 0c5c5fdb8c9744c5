import { sql } from 'drizzle-orm';
import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.server';

export const session = pgTable('session', {
  idHash: text('id_hash').primaryKey(),
  /** Keyed hash of the sign-in's id. */
  subject: text('subject'),
  /** Keyed hash of an applicant's number, as in other tables. */
  owner: text('owner'),
  /** Keyed hash of the number of whom the person acts for. */
  represented: text('represented'),
  /** Kind of device. */
  device: text('device'),
  /** Keyed hash of the provider's id of its session. */
  providerSession: text('provider_session'),
  payload: bytes('payload').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  idleExpiresAt: instant('idle_expires_at').notNull(),
  absoluteExpiresAt: instant('absolute_expires_at').notNull(),
});

/** What is left of a session after its end; a trigger writes it. */
export const endedSession = pgTable('ended_session', {
  id: uuid('id').primaryKey().default(sql`gen_random_uuid()`),
  subject: text('subject'),
  owner: text('owner'),
  device: text('device'),
  createdAt: instant('created_at').notNull(),
  endedAt: instant('ended_at').notNull(),
});

/** The logout tokens that were used. */
export const logoutToken = pgTable('logout_token', {
  jtiHash: text('jti_hash').primaryKey(),
  expiresAt: instant('expires_at').notNull(),
});

export const keptAnswer = pgTable(
  'kept_answer',
  {
    session: text('session')
      .notNull()
      .references(() => session.idHash, { onDelete: 'cascade' }),
    /** A hash of what was asked, with the session's id. */
    about: text('about').notNull(),
    content: bytes('content').notNull(),
    keptAt: instant('kept_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.session, table.about] })],
);
