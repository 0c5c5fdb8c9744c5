import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { request } from 'undici';
import { type Agency, startAgency } from '../../mocks/agency';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startPortalProcess } from '../../mocks/processes';
import { canariesOf } from './canaries';
import { databaseOf, NOW } from './cluster';
import { createSessions, type SessionCookie } from './sessions';

/** Environment variables of the portal beside those of every test. */
export type Settings = Readonly<Record<string, string>>;

/** A portal built for production, with an agency, a sign-in provider and a database of its own. */
export interface Stack {
  readonly origin: string;
  readonly agency: Agency;
  /** The portal's database, for a proxy before it. */
  readonly databaseUrl: string;
  /**
   * Restores the start: the agency's world, clock and faults, empty tables, and a portal with these settings and empty
   * caches.
   */
  reset(settings: Settings): Promise<void>;
  /** Clears what the portal keeps in memory: breakers, shared answers, the estimate, the clock. Its rows stay. */
  clearCaches(): Promise<void>;
  /** Signs in one of the agency's people by forms. Each call in one test gives another session. */
  sessionOf(person: string): Promise<SessionCookie>;
  /** Ends every session, as their expiry would. */
  forgetSessions(): Promise<void>;
  /** Queries the portal's database, for what only time or other portals would bring about. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Starts a new portal process, with other settings until the end of the test. */
  restartPortal(settings?: Settings): Promise<void>;
  /** Stops the portal (SIGTERM) and returns its exit code. The next test starts one again. */
  stopPortal(): Promise<number | null>;
  /** Runs `npm run mandate:state` with these arguments, as the agency's operator does beside the portal. */
  mandateState(...args: readonly string[]): Promise<void>;
  /** Starts a second process of the same portal on the same database, as behind a balancer. */
  anotherPortal(settings?: Settings): Promise<AnotherPortal>;
  stop(): Promise<void>;
}

export interface AnotherPortal {
  /** Fetches a page from this very process, under the portal's one name. */
  get(path: string, cookie: string): Promise<{ readonly status: number; readonly text: string }>;
  stop(): Promise<number | null>;
}

/**
 * Empties every table but those of the migrations and of the running portal's leases, past the triggers that protect
 * the audit log. Restores the trained estimate. Leaves empty tables alone: PostgreSQL makes a new file for each table
 * that it truncates, which takes longer than most tests' own queries.
 */
const EMPTIED = `do $$
declare
  name text;
  is_filled boolean;
  filled text;
begin
  for name in select quote_ident(tablename) from pg_tables
    where schemaname = 'public' and tablename not in ('migration', 'lease') loop
    execute 'select exists (select from ' || name || ')' into is_filled;
    if is_filled then filled := concat_ws(', ', filled, name); end if;
  end loop;
  if filled is not null then execute 'truncate ' || filled || ' cascade'; end if;
  insert into estimate select * from kept.estimate;
end $$`;

let ofWorker: Stack | undefined;

/** The stack of this worker, which its fixture has started. */
export function stackOfWorker(): Stack {
  if (!ofWorker) throw new Error('no stack was started in this worker');
  return ofWorker;
}

export async function startStack(): Promise<Stack> {
  const origin = `http://localhost:${await freePort()}`;
  const [database, agency] = await Promise.all([
    databaseOf(`e2e_${randomBytes(6).toString('hex')}`),
    startAgency({
      now: NOW,
      redirectUris: [`${origin}/auth/callback`],
      plannersRequireToken: true,
      // `npm run test:deep` runs the main job against backends with the manners of real ones.
      ...(process.env.AS_IN_THE_FIELD ? { fieldSeed: process.env.AS_IN_THE_FIELD } : {}),
    }),
  ]);
  const environment = {
    ...demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer }),
    DATABASE_URL: database.url,
    ZICHT_NOW: NOW,
    LOG_LEVEL: 'warn',
    // Two portals, two browsers and PostgreSQL share two cores: the usual deadlines would count that as a fault.
    DATABASE_SECONDS: '4',
    // A test must see at once what it does to the planner.
    PLANNER_FRESH_SECONDS: '1',
  };
  const rows = new pg.Pool({ connectionString: database.url, max: 1 });
  // `end` resolves before its idle connection has closed, so stopping the database breaks that off.
  rows.on('error', () => {});
  const sessions = createSessions(origin, rows);
  let portal = await startPortalProcess(environment);
  /** The settings of the running portal. Null when none runs. */
  let running: Settings | null = {};
  /** What all portals of this worker have written. */
  let written = '';
  const watch = (one: typeof portal) => {
    one.onOutput((piece) => {
      written += piece;
    });
    one.ended.then((code) => {
      if (portal !== one) return;
      running = null;
      // Otherwise a test would only tell that it could not connect.
      if (code !== 0) console.error(`The portal ended with ${code}:\n${one.recentOutput()}`);
    });
  };
  watch(portal);

  async function restart(settings: Settings): Promise<void> {
    await portal.stop();
    // A killed portal left its leases, and the next one would wait until they expire.
    await rows.query('truncate lease');
    portal = await startPortalProcess({ ...environment, ...settings });
    running = settings;
    watch(portal);
  }

  ofWorker = {
    origin,
    agency,
    databaseUrl: database.url,
    async reset(settings) {
      agency.reset();
      sessions.reset();
      if (running === null || JSON.stringify(running) !== JSON.stringify(settings)) {
        await portal.stop();
        await rows.query(EMPTIED);
        await restart(settings);
      } else {
        // A portal that remembers an audit entry takes an emptied database for an older one.
        await portal.clearCaches();
        await rows.query(EMPTIED);
        await portal.clearCaches();
      }
    },
    clearCaches: () => portal.clearCaches(),
    sessionOf: sessions.cookieOf,
    async query(sql, values = []) {
      return (await rows.query(sql, [...values])).rows;
    },
    async forgetSessions() {
      await rows.query('truncate session cascade');
    },
    restartPortal: (settings = {}) => restart(settings),
    stopPortal: () => portal.stop(),
    async mandateState(...args) {
      const command = ['build/server/mandate-state.js', ...args];
      await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...environment } });
    },
    async anotherPortal(settings = {}) {
      const port = await freePort();
      const other = await startPortalProcess({ ...environment, ...settings, PORT: `${port}` });
      other.onOutput((piece) => {
        written += piece;
      });
      return {
        async get(path, cookie) {
          const headers = { host: new URL(origin).host, cookie };
          const answer = await request(`http://127.0.0.1:${port}${path}`, { headers });
          return { status: answer.statusCode, text: await answer.body.text() };
        },
        stop: other.stop,
      };
    },
    async stop() {
      await portal.stop();
      await rows.end();
      const people = canariesOf(agency, {}).strangersIn(written, new Set());
      await Promise.all([agency.stop(), database.drop()]);
      // The log of every test that this worker has run.
      if (people.length > 0) throw new Error(`The portal’s output names people: ${people.join(', ')}`);
    },
  };
  return ofWorker;
}
