import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { register } from '~/platform/metrics.server';
import { takeLease } from '~/store/lease.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { type Background, type Job, startBackground } from './background.server';

const OFTEN = 0.005;
const SHORT_LEASE = 0.3;
let store: Awaited<ReturnType<typeof openTestStore>>;
const running: Background[] = [];

beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((background) => background.stop()));
  await rowsOf(store.url, 'delete from lease');
});
afterAll(() => store.close());

/** One process's jobs; the processes share only the database. */
function start(jobs: readonly Job[], leaseSeconds?: number): Background {
  const background = startBackground(jobs, leaseSeconds);
  running.push(background);
  return background;
}

/** A job that counts its rounds. */
function counting(name: string, everySeconds = OFTEN) {
  let rounds = 0;
  const run = async () => {
    rounds += 1;
  };
  return { name, everySeconds, run, rounds: () => rounds };
}

/** A job whose rounds last until they are ended. */
function lasting(name: string) {
  let begin: (signal: AbortSignal) => void;
  let end = () => {};
  const begun = new Promise<AbortSignal>((resolve) => {
    begin = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async (signal: AbortSignal) => {
    begin(signal);
    await ended;
  };
  return { name, everySeconds: OFTEN, run, begun, end };
}

const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 2 });
const aborted = (signal: AbortSignal) => until(() => signal.aborted);

test('one process at a time runs a job', async () => {
  let [atWork, most, rounds] = [0, 0, 0];
  const job: Job = {
    name: 'alone',
    everySeconds: 0,
    async run() {
      atWork += 1;
      most = Math.max(most, atWork);
      await rowsOf(store.url, 'select pg_sleep(0.01)');
      atWork -= 1;
      rounds += 1;
    },
  };
  for (let count = 0; count < 3; count += 1) start([job]);
  await until(() => rounds >= 20);
  expect(most).toBe(1);
});

test('a round runs once a period, with any number of processes', async () => {
  const seldom = counting('seldom', 60);
  start([seldom]);
  await until(() => seldom.rounds() === 1);
  const tick = counting('tick');
  start([tick]);
  const other = counting('seldom', OFTEN);
  start([other]);
  await until(() => tick.rounds() >= 5);
  expect([seldom.rounds(), other.rounds()]).toEqual([1, 0]);
});

test('a job that runs in each process needs no lease', async () => {
  const jobs = [counting('own'), counting('own')];
  for (const job of jobs) start([{ ...job, inEveryProcess: true }]);
  await until(() => jobs.every(({ rounds }) => rounds() > 1));
  expect(await rowsOf(store.url, 'select name from lease')).toEqual([]);
});

test('another process takes over when the holder has died', async () => {
  await takeLease('orphan', 'a process that died', SHORT_LEASE);
  const job = counting('orphan');
  const started = performance.now();
  start([job]);
  await until(() => job.rounds() > 0);
  expect(performance.now() - started).toBeGreaterThan(SHORT_LEASE * 900);
});

test('a round longer than its lease keeps it', async () => {
  const long = lasting('long');
  // Long enough for a busy machine to renew it in time.
  const lease = 2;
  start([long], lease);
  const signal = await long.begun;
  const other = counting('long');
  const tick = counting('tick', lease / 2);
  start([other, tick]);
  await until(() => tick.rounds() > 3);
  expect([signal.aborted, other.rounds()]).toEqual([false, 0]);
  long.end();
});

test('a round is aborted when another process takes its lease', async () => {
  const job = lasting('taken');
  start([job], SHORT_LEASE);
  const signal = await job.begun;
  await rowsOf(store.url, `update lease set holder = 'another', until = now() + interval '1 minute'`);
  await aborted(signal);
  job.end();
});

test('a round is aborted when the lease can no longer be renewed', async () => {
  const job = lasting('cut-off');
  start([job], SHORT_LEASE);
  const signal = await job.begun;
  await rowsOf(store.url, 'alter table lease rename to lease_away');
  try {
    await aborted(signal);
  } finally {
    await rowsOf(store.url, 'alter table lease_away rename to lease');
  }
  job.end();
});

test('stopping aborts the round, waits for its end and starts no other', async () => {
  const job = lasting('stopped');
  const idle = counting('idle');
  const background = start([job, idle]);
  const signal = await job.begun;
  let ended = false;
  const stopped = background.stop().then(() => {
    ended = true;
  });
  expect(signal.aborted).toBe(true);
  const tick = counting('tick');
  start([tick]);
  await until(() => tick.rounds() > 2);
  expect(ended).toBe(false);
  job.end();
  await stopped;
  const rounds = idle.rounds();
  const before = tick.rounds();
  await until(() => tick.rounds() > before + 5);
  expect(idle.rounds()).toBe(rounds);
});

test('a stopping process releases its leases at once', async () => {
  const [first, next] = [counting('handed-on', 60), counting('handed-on', 60)];
  const background = start([first]);
  await until(() => first.rounds() === 1);
  await background.stop();
  start([next]);
  await until(() => next.rounds() === 1);
});

test('a failed round is counted, and the next one comes', async () => {
  let rounds = 0;
  const failing: Job = {
    name: 'failing',
    everySeconds: OFTEN,
    async run() {
      rounds += 1;
      if (rounds === 1) throw new Error('broken');
    },
  };
  start([failing]);
  await until(() => rounds > 2);
  const metrics = await register.metrics();
  expect(metrics).toContain('zicht_job_seconds_count{job="failing",outcome="failed"} 1');
  expect(metrics).toMatch(/zicht_job_seconds_count\{job="failing",outcome="done"\} \d/);
});

test('jobs that call out hold no connection', async () => {
  const jobs = Array.from({ length: 8 }, (_, index) => lasting(`caller-${index}`));
  start(jobs);
  await Promise.all(jobs.map(({ begun }) => begun));
  const busy = `select count(*)::int as busy from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`;
  await vi.waitFor(async () => expect(await rowsOf(store.url, busy)).toEqual([{ busy: 0 }]));
  for (const { end } of jobs) end();
});
