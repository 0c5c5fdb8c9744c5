import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { config } from '~/config/config.server';
import { lookedAt } from '~/store/audit.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { type Answers, listening, portalOptions, stop } from '../../tests/portal/portal-options';
import { createPortal } from '../server/portal.server';
import { addAuditEntry } from './audit-entry.server';
import { verifyStored } from './verify-chain.server';

// I3: every logged look is an answer that was sent, or has exactly one mark that it was not.

/** More than the sockets buffer, so that a client that hangs up leaves the rest unsent. */
const LONG = new Uint8Array(randomBytes(16 * 1024 * 1024));
const gates = new Map<string, { reached: () => void; open: Promise<void> }>();

const look = (subject: string) =>
  addAuditEntry(
    { id: 'sub-7', role: 'staff' },
    {
      action: 'view-case',
      objectType: 'case',
      subjects: [subject],
      ground: 'consent-by-code',
      grantId: `g ${subject}`,
    },
  );

const answers: Answers = {
  'shown/:who': async ({ params }) => {
    await look(params.who ?? '');
    return new Response('the page');
  },
  'long/:who': async ({ params }) => {
    await look(params.who ?? '');
    return new Response(LONG, { headers: { 'content-type': 'application/octet-stream' } });
  },
  'stopped/:who': async ({ params }) => {
    await look(params.who ?? '');
    return new Response(null, { status: 302, headers: { location: '/' } });
  },
  'failing/:who': async ({ params }) => {
    await look(params.who ?? '');
    throw new Error('broken');
  },
  'waiting/:who': async ({ params }) => {
    const gate = gates.get(params.who ?? '');
    gate?.reached();
    await gate?.open;
    await look(params.who ?? '');
    return new Response('the page');
  },
  'own/:who': async ({ params }) => {
    const own = { action: 'view-case', objectType: 'case', subjects: [params.who ?? ''] } as const;
    await addAuditEntry({ id: 'sub-1', role: 'applicant' }, own);
    throw new Error('his own');
  },
};

let store: Awaited<ReturnType<typeof openTestStore>>;
const portal = createPortal(portalOptions(answers));
/** By path: when the portal knows that the request's connection has ended. */
const ended = new Map<string | undefined, Promise<unknown>>();
portal.on('request', ({ url }, response) => ended.set(url, once(response, 'close')));
let port = 0;
beforeAll(async () => {
  store = await openTestStore();
  port = await listening(portal);
});
afterAll(async () => {
  stop(portal);
  await store.close();
});

/** A kind of request, and what the audit log must then say about the look. */
const WAYS = {
  shown: { path: 'shown', mark: null },
  whole: { path: 'long', mark: null },
  'only its head': { path: 'shown', method: 'HEAD', mark: 'not-sent' },
  'stopped in between': { path: 'stopped', mark: 'not-sent' },
  'failing after the record': { path: 'failing', mark: 'not-sent' },
  'gone before the record': { path: 'waiting', leave: 'before', mark: 'not-sent' },
  'gone half way': { path: 'long', leave: 'half', mark: 'broken-off' },
} as const;
type Way = (typeof WAYS)[keyof typeof WAYS];

const markOf = ({ mark }: Way): string[] => (mark === null ? [] : [mark]);

/** Requests a page about a new person. Returns the person and how many bytes arrived. */
async function asked(way: Way): Promise<{ readonly who: string; readonly got: number }> {
  const { path, method, leave } = { method: 'GET', leave: undefined, ...way };
  const who = randomUUID();
  let opened = () => {};
  const reached = new Promise<void>((resolve) => {
    gates.set(who, { reached: resolve, open: new Promise((open) => (opened = open)) });
  });
  const headers = { host: new URL(config().ORIGIN).host };
  const got = await new Promise<number>((resolve) => {
    let bytes = 0;
    const sent = request({ port, host: '127.0.0.1', path: `/${path}/${who}`, method, headers }, (answer) => {
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (leave === 'half') sent.destroy();
      });
      answer.on('close', () => resolve(bytes));
      answer.on('error', () => {});
    });
    sent.on('error', () => resolve(bytes));
    sent.end();
    if (leave === 'before') reached.then(() => sent.destroy());
  });
  // Otherwise the portal may still send the answer to the closed connection.
  if (leave === 'before') await ended.get(`/${path}/${who}`);
  opened();
  return { who, got };
}

/** The mark is written after the connection closes, on a busy machine somewhat later. */
const logged = (see: () => Promise<void>) => vi.waitFor(see, { timeout: 15_000, interval: 100 });

const marksOf = async (who: string) =>
  (
    await rowsOf(
      store.url,
      `select mark.body::jsonb ->> 'reason' as reason from audit_event mark join audit_event look
         on mark.body::jsonb ->> 'objectRef' = look.operation_id::text
       where mark.action = 'view-aborted' and look.action = 'view-case' and look.grant_id = 'g ${who}'`,
    )
  ).map(({ reason }) => reason);

const lookOf = async (who: string) =>
  (await lookedAt(who, { daily: [], zone: 'Europe/Amsterdam' })).map(({ notSent }) => notSent);

test.each(Object.entries(WAYS))('I3: a look that is %s', async (_name, way) => {
  const { who, got } = await asked(way);
  const wanted = markOf(way);
  await logged(async () => {
    expect(await lookOf(who)).toEqual([wanted[0] === 'not-sent']);
    expect(await marksOf(who)).toEqual(wanted);
  });
  // A broken answer may have been seen, so the person's page lists it like any look.
  if (way.mark === 'broken-off') expect(got).toBeGreaterThan(0);
});

test('I3: under concurrency every logged look is sent or marked', async () => {
  const ways = fc.array(fc.constantFrom(...Object.values(WAYS)), { minLength: 4, maxLength: 8 });
  const runs = fc.asyncProperty(ways, async (all) => {
    const people = await Promise.all(all.map(asked));
    await logged(async () => {
      for (const [n, { who }] of people.entries()) {
        const way = all[n] ?? WAYS.shown;
        expect(await lookOf(who)).toHaveLength(1);
        expect(await marksOf(who)).toEqual(markOf(way));
      }
    });
  });
  await fc.assert(runs, { numRuns: Number(process.env.STORIES ?? 500) / 50, endOnFailure: true });
  expect((await verifyStored(store.url, config().OWNER_SECRET)).faults).toEqual([]);
});

test("a look at one's own data needs no mark", async () => {
  const who = randomUUID();
  await new Promise<void>((resolve) => {
    request({ port, host: '127.0.0.1', path: `/own/${who}`, headers: { host: 'localhost:3000' } }, (answer) => {
      answer.resume();
      answer.on('close', resolve);
    }).end();
  });
  // A later look's mark is there, so this one's would be too.
  const { who: other } = await asked(WAYS['failing after the record']);
  await logged(async () => expect(await marksOf(other)).toHaveLength(1));
  expect(await lookOf(who)).toEqual([false]);
});
