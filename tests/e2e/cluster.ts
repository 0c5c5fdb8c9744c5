import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startAgency } from '../../mocks/agency';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';

/** A Monday in winter time, three hours before noon UTC. The agency's and the portal's clocks start then. */
export const NOW = '2026-03-02T09:00:00Z';

const TRAINED_MS = 120_000;

/**
 * Starts one PostgreSQL for a run of the browser tests, whose database has all tables and the trained estimate. Every
 * worker's portal starts on a copy of it, since training takes more than ten seconds of CPU.
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const database = await startDatabaseProcess();
  const stop = async () => {
    await database.stop();
  };
  try {
    await train(database.url);
  } catch (error) {
    await stop();
    throw error;
  }
  process.env.TEST_DATABASE = database.url;
  return stop;
}

async function train(url: string): Promise<void> {
  const origin = `http://localhost:${await freePort()}`;
  const agency = await startAgency({ now: NOW });
  const environment = demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer });
  const portal = await startPortalProcess({ ...environment, DATABASE_URL: url, ZICHT_NOW: NOW, LOG_LEVEL: 'warn' });
  const until = performance.now() + TRAINED_MS;
  while ((await fetch(`${origin}/en/wait/figures.json`)).status !== 200) {
    if (performance.now() > until) throw new Error(`The portal has not trained in time:\n${portal.recentOutput()}`);
    await delay(250);
  }
  await portal.stop();
  await agency.stop();
  await onDatabase(url, 'create schema kept; create table kept.estimate as table estimate');
}

async function onDatabase(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

interface Database {
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates a database: a copy of the template, or without a table. */
export async function databaseOf(name: string, { isEmpty = false } = {}): Promise<Database> {
  const template = process.env.TEST_DATABASE ?? '';
  const url = new URL(template);
  url.pathname = name;
  const cluster = new URL(template);
  cluster.pathname = 'postgres';
  const run = (sql: string) => onDatabase(cluster.href, sql);
  await run(`create database ${name}${isEmpty ? '' : ' template zicht'}`);
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}
