import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { request } from 'undici';
import { type Agency, startAgency } from '../../mocks/agency';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';

/** A Monday in winter time, nine hours before noon UTC, at which the agency's and the portal's clocks start. */
export const NOW = '2026-03-02T09:00:00Z';

/** A portal of its own, built for production, with its own agency, sign-in provider and database behind it. */
export interface Stack {
  readonly origin: string;
  readonly agency: Agency;
  /** Everything as at the start: the agency's world, clock and faults, and no rows in the portal's tables. */
  reset(): Promise<void>;
  /** Ends every session, as their time would. */
  forgetSessions(): Promise<void>;
  /** Straight to the portal's database: for what only time or other portals would bring about. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** A new portal process: nothing remembered, no breaker open. Optionally with other settings. */
  restartPortal(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Asks the portal to end (SIGTERM) and gives its exit code; `restartPortal` brings it back. */
  stopPortal(): Promise<number | null>;
  /** `npm run mandate:state` with these arguments, as the agency's operator gives it beside the portal. */
  mandateState(...args: readonly string[]): Promise<void>;
  /** A second process of the same portal on the same database, as behind a balancer. */
  anotherPortal(): Promise<AnotherPortal>;
  stop(): Promise<void>;
}

export interface AnotherPortal {
  /** A page from this very process, under the portal's one name. */
  get(path: string, cookie: string): Promise<{ readonly status: number; readonly text: string }>;
  stop(): Promise<number | null>;
}

/**
 * Every table but that of the migrations and the trained estimate, which is nobody's and takes long; what is on record is
 * emptied past the triggers that keep it as it is.
 */
const EMPTIED = `do $$ begin
  execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') from pg_tables
    where schemaname = 'public' and tablename not in ('migration', 'estimate', 'lease'));
end $$`;

export async function startStack(): Promise<Stack> {
  const origin = `http://localhost:${await freePort()}`;
  const [database, agency] = await Promise.all([
    startDatabaseProcess(),
    startAgency({ now: NOW, redirectUris: [`${origin}/auth/callback`], plannersRequireToken: true }),
  ]);
  const environment = {
    ...demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer }),
    DATABASE_URL: database.url,
    ZICHT_NOW: NOW,
    LOG_LEVEL: 'warn',
    // A test sees what the one before it did to the planner.
    PLANNER_FRESH_SECONDS: '1',
  };
  let portal = await startPortalProcess(environment);
  const rows = new pg.Pool({ connectionString: database.url, max: 1 });
  // `end` resolves before its idle connection has closed, which the database's stop then breaks off.
  rows.on('error', () => {});

  return {
    origin,
    agency,
    async reset() {
      agency.reset();
      await rows.query(EMPTIED);
    },
    async query(sql, values = []) {
      return (await rows.query(sql, [...values])).rows;
    },
    async forgetSessions() {
      await rows.query('truncate session');
    },
    async restartPortal(settings = {}) {
      await portal.stop();
      portal = await startPortalProcess({ ...environment, ...settings });
    },
    stopPortal: () => portal.stop(),
    async mandateState(...args) {
      const command = ['--import', 'tsx', 'app/commands/mandate-state.ts', ...args];
      await promisify(execFile)(process.execPath, command, { env: { ...process.env, ...environment } });
    },
    async anotherPortal() {
      const port = await freePort();
      const { stop } = await startPortalProcess({ ...environment, PORT: `${port}` });
      return {
        async get(path, cookie) {
          const headers = { host: new URL(origin).host, cookie };
          const answer = await request(`http://127.0.0.1:${port}${path}`, { headers });
          return { status: answer.statusCode, text: await answer.body.text() };
        },
        stop,
      };
    },
    async stop() {
      await portal.stop();
      await rows.end();
      await Promise.all([agency.stop(), database.stop()]);
    },
  };
}
