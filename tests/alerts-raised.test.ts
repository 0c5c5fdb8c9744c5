import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { keepAuditHead } from '~/audit/anchor.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { writeContacts } from '~/helpdesk/contact-moments.server';
import { sendDue } from '~/notification/outbox.server';
import { clearCaches } from '~/platform/caches.server';
import { now } from '~/platform/clock.server';
import { alarm } from '~/platform/log.server';
import { buildInfo, estimateAsOf, register } from '~/platform/metrics.server';
import { action as startSignIn } from '~/routes/sign-in';
import { startBackground } from '~/server/background.server';
import { measure } from '~/server/measure.server';
import { createPortal } from '~/server/portal.server';
import { putReportInOutbox } from '~/store/outbox.server';
import { closeStore, db, openStore } from '~/store/store.server';
import { answering, backend, closeBackends, schema } from './agency/gate-backend';
import { openTestStore, rowsOf, TEST_SECRET } from './database';
import { ROOT } from './imports';
import { askAt, listening, portalOptions, stop } from './portal/portal-options';
import { createPrometheus } from './promql';
import { routeArgs } from './route-args';

interface Fault {
  /** Produces it. Returns the figures of the moment when they would be gone afterwards. */
  readonly make: () => Promise<unknown>;
  /** Ends it. */
  readonly end?: () => Promise<unknown>;
  /** It lasts, so that its series are there before it goes on. */
  readonly lasts?: true;
  /** After how many seconds the alert looks. */
  readonly after?: number;
}

const rules: readonly { readonly alert: string; readonly expr: string }[] = parse(
  readFileSync(join(ROOT, 'deploy/prometheus/alerts.yml'), 'utf8'),
).groups.flatMap(({ rules: all }: { rules: object[] }) => all);

const HOUR = 3_600;
const anchor = join(mkdtempSync(join(tmpdir(), 'anchor-')), 'heads');
process.env.AUDIT_ANCHOR_FILE = anchor;
// Nothing listens there.
process.env.SMTP_URL = 'smtp://127.0.0.1:1';
process.env.MAIL_FROM = 'no-reply@agency.example';
const portal = createPortal(
  portalOptions({
    broken: () => {
      throw new Error('broken');
    },
    slow: async () => {
      await new Promise((resume) => setTimeout(resume, 1_100));
      return new Response('slow');
    },
  }),
);
let store: Awaited<ReturnType<typeof openTestStore>>;
let port = 0;
beforeAll(async () => {
  buildInfo.set({ version: '1', build: 'test', node: process.versions.node }, 1);
  store = await openTestStore();
  port = await listening(portal);
});
afterAll(async () => {
  stop(portal);
  await closeBackends();
  await store.close();
});
beforeEach(clearCaches);

const asked = (path: string, times: number) => Promise.all(Array.from({ length: times }, () => askAt(port, path)));
const reopened = () => openStore({ DATABASE_URL: store.url, SESSION_SECRET: [TEST_SECRET] });

async function failing(answer: Parameters<typeof backend>[0]): Promise<void> {
  const { ask } = await backend(answer);
  for (let call = 0; call < 10; call += 1) await ask({ method: 'POST', body: {} });
}

async function mailThatCantBeSent(): Promise<void> {
  await putReportInOutbox({ address: 'privacy@agency.example', language: 'nl', notBefore: now() }, now());
  await sendDue(new AbortController().signal, async () => 'yes');
  await measure();
}

const FAULTS: Readonly<Record<string, Fault>> = {
  ZichtDown: { make: async () => '' },
  ZichtDatabaseUnusable: {
    make: async () => {
      await closeStore();
      await measure();
    },
    end: reopened,
  },
  ZichtDatabaseOlder: {
    make: async () => {
      writeFileSync(anchor, `999999:${'a'.repeat(64)} 2026-03-02T09:00:00Z\n`);
      await keepAuditHead();
    },
    end: async () => {
      writeFileSync(anchor, '');
      await keepAuditHead();
    },
  },
  ZichtErrors: { lasts: true, make: async () => void (await asked('/broken', 3)) },
  ZichtSlow: { lasts: true, make: async () => void (await asked('/slow', 5)) },
  ZichtBackendFails: { lasts: true, make: () => failing(answering(500)) },
  ZichtBreakerOpen: { make: () => failing(answering(500)) },
  ZichtBackendMalformed: { make: () => failing(answering(200, 'x')) },
  ZichtPoolExhausted: {
    make: async () => {
      const queries = Array.from({ length: 15 }, () => db().execute(sql`select pg_sleep(0.5)`));
      const all = Promise.all(queries.map(async (query) => query));
      await new Promise((resume) => setTimeout(resume, 50));
      const figures = await register.metrics();
      await all;
      return figures;
    },
  },
  ZichtEventLoopBusy: {
    make: async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        await new Promise((resume) => setTimeout(resume, 20));
        for (const until = performance.now() + 400; performance.now() < until; );
      }
      await new Promise((resume) => setTimeout(resume, 20));
    },
  },
  ZichtMailWaits: { make: mailThatCantBeSent, after: HOUR },
  ZichtMailParked: {
    make: async () => {
      await mailThatCantBeSent();
      await rowsOf(store.url, 'update outbox set attempts = 30, not_before = created_at');
      await sendDue(new AbortController().signal, async () => 'yes');
      await measure();
    },
  },
  ZichtCallParked: {
    make: async () => {
      await rowsOf(
        store.url,
        `insert into contact_moment values (gen_random_uuid(), 'p', null, now(), 'nl', 'other', 'yes', 'none', null, now(),
          '2000-01-01', 30)`,
      );
      await writeContacts(new AbortController().signal);
      await measure();
    },
    end: () => rowsOf(store.url, 'delete from contact_moment'),
  },
  ZichtMailSealed: {
    make: async () => {
      await mailThatCantBeSent();
      await rowsOf(
        store.url,
        `update outbox set address = set_byte(address, 0, 255 - get_byte(address, 0)), not_before = created_at`,
      );
      await sendDue(new AbortController().signal, async () => 'yes');
    },
  },
  ZichtAuditUnavailable: {
    make: async () => {
      await closeStore();
      const entry = addAuditEntry({ id: 'portal', role: 'system' }, { action: 'end-watch', objectType: 'watch' });
      await expect(entry).rejects.toThrow();
    },
    end: reopened,
  },
  ZichtAuditNotAnchored: { make: keepAuditHead, after: HOUR },
  ZichtSignInsFail: {
    lasts: true,
    make: async () => {
      const body = new URLSearchParams({ to: '/nl/cases' });
      await startSignIn(routeArgs(new Request('http://localhost:3000/nl/sign-in', { method: 'POST', body })));
    },
  },
  ZichtEstimateOld: { make: async () => estimateAsOf.setToCurrentTime(), after: 15 * 24 * HOUR },
  ZichtJobFails: {
    lasts: true,
    make: async () => {
      let rounds = 0;
      const run = async () => {
        rounds += 1;
        throw new Error('broken');
      };
      const background = startBackground([{ name: 'broken', everySeconds: 0.01, run, inEveryProcess: true }]);
      await vi.waitUntil(() => rounds > 2, { timeout: 10_000 });
      await background.stop();
    },
  },
  ZichtMeasuringStands: { make: measure, after: HOUR },
  ZichtWakeSomebody: {
    make: async () => {
      const { gate } = await backend(answering(200));
      // The types forbid a write without somebody who may write.
      const looking: unknown = { path: '/x', method: 'POST', schema, by: null };
      await gate.ask(looking as Parameters<typeof gate.ask>[0]);
    },
  },
  ZichtErrorLines: {
    lasts: true,
    make: async () => {
      for (let line = 0; line < 4; line += 1) alarm('error', {});
    },
  },
};

test('every alert rule has a fault here', () => {
  expect(Object.keys(FAULTS).sort()).toEqual(rules.map(({ alert }) => alert).sort());
});

test.each(Object.entries(FAULTS))('%s is raised by its fault, and not before', async (name, fault) => {
  const expression = rules.find(({ alert }) => alert === name)?.expr ?? '';
  const prometheus = createPrometheus();
  const begin = Date.now() / 1_000;
  await measure();
  await keepAuditHead();
  for (const at of [begin - 60, begin]) prometheus.scrape(await register.metrics(), at);
  expect(prometheus.fires(expression, begin)).toBe(false);
  for (const at of fault.lasts ? [begin + 60, begin + 120] : [begin + 60]) {
    const figures = await fault.make();
    prometheus.scrape(typeof figures === 'string' ? figures : await register.metrics(), at);
  }
  const raised = prometheus.fires(expression, begin + (fault.after ?? 120));
  await fault.end?.();
  expect(raised).toBe(true);
});
