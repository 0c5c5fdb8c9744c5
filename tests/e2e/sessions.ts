import type { Pool } from 'pg';
import { signInByHttp, Visitor } from '../load/visitor';
import { NOW } from './cluster';

/** The session cookie of a portal, as `name` and `value`. */
export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

interface KeptSession {
  readonly cookie: SessionCookie;
  /** Table → the rows that the sign-in wrote, as JSON. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** The tables that a sign-in writes to. */
const TABLES = ['session', 'employee', 'colleague'] as const;

/** The portal's clock was put back since the sign-in, and a session must begin with its test. */
const BEGUN_NOW = `update session set created_at = $1::timestamptz, last_seen_at = $1::timestamptz,
  idle_expires_at = $1::timestamptz + (idle_expires_at - created_at),
  absolute_expires_at = $1::timestamptz + (absolute_expires_at - created_at) where created_at > $1::timestamptz`;

/**
 * Signs people in to one portal. Each person signs in once, through the portal's and the provider's forms. Keeps the
 * rows that this wrote, and inserts them again for later tests.
 */
export function createSessions(origin: string, rows: Pool) {
  const kept = new Map<string, KeptSession>();
  const given = new Set<string>();

  async function cookieOf(person: string): Promise<SessionCookie> {
    const known = kept.get(person);
    // Two sessions of a person in one test must differ.
    if (!known || given.has(person)) return signIn(person);
    given.add(person);
    await putBack(known);
    return known.cookie;
  }

  async function signIn(person: string): Promise<SessionCookie> {
    const before = await written();
    const visitor = new Visitor();
    await signInByHttp(visitor, origin, person, '/en/accessibility');
    const cookie = cookieFrom(visitor.cookiesFor(origin));
    if (!kept.has(person)) {
      const after = await written();
      const added = TABLES.map((table) => [table, after[table].filter((row) => !before[table].includes(row))] as const);
      kept.set(person, { cookie, rows: Object.fromEntries(added) });
      given.add(person);
    }
    return cookie;
  }

  async function written(): Promise<Record<(typeof TABLES)[number], string[]>> {
    const [session, employee, colleague] = await Promise.all(
      TABLES.map(async (table) => {
        const found = await rows.query<{ row: string }>(`select to_jsonb(t)::text as row from ${table} t`);
        return found.rows.map(({ row }) => row);
      }),
    );
    return { session: session ?? [], employee: employee ?? [], colleague: colleague ?? [] };
  }

  async function putBack({ rows: own }: KeptSession): Promise<void> {
    for (const [table, lines] of Object.entries(own))
      for (const line of lines)
        await rows.query(
          `insert into ${table} select * from jsonb_populate_record(null::${table}, $1) on conflict do nothing`,
          [line],
        );
    await rows.query(BEGUN_NOW, [NOW]);
  }

  return {
    cookieOf,
    /** Starts another test, in which nobody has a session. */
    reset: () => given.clear(),
  };
}

function cookieFrom(header: string): SessionCookie {
  const [, name = '', value = ''] = /(__Host-zicht)=([^;]+)/.exec(header) ?? [];
  if (value === '') throw new Error(`no session in the cookies "${header}"`);
  return { name, value };
}
