import { createHash, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeMandates, moveMandate, offerMandate } from '~/store/mandate.server';
import { createSession } from '~/store/session.server';
import { createCode } from '~/store/spoken-code.server';
import { giveSub } from '~/store/sub-mandate.server';
import { endBySubject, locateGrant, openGrant, touchGrant } from '~/store/view-grant.server';
import { openTestStore } from '../database';
import { STORIES, STORIES_MS } from './stories';

// I4: once an end is committed nothing that it ended opens anything, however reads and ends fall between each other.

let store: Awaited<ReturnType<typeof openTestStore>>;
let callers: string;
beforeAll(async () => {
  store = await openTestStore();
  const session = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  callers = createHash('sha256').update(session).digest('hex');
});
afterAll(() => store.close());

/** What can be read until somebody ends it. */
interface Standing {
  /** Whether a read that begins now opens it. */
  opens(): Promise<boolean>;
  end(): Promise<unknown>;
}

async function mandated(): Promise<{ readonly id: string; readonly client: string; readonly advisor: string }> {
  const [client, advisor] = [randomUUID(), randomUUID()];
  const { id } = await offerMandate({
    client,
    advisor,
    firm: '1',
    caseIds: [randomUUID()],
    actions: ['see'],
    offeredBy: 'advisor',
    maySub: true,
    months: 12,
    textHash: 'h',
    language: 'nl',
    names: { client: 'c', advisor: 'a', firm: 'f', references: ['r'] },
  });
  await moveMandate(id, { client }, { do: 'accept', by: 'client' }, { maySub: true });
  return { id, client, advisor };
}

const KINDS: Readonly<Record<string, () => Promise<Standing>>> = {
  'a mandate': async () => {
    const { id, client, advisor } = await mandated();
    return {
      opens: async () => (await activeMandates(advisor)).length > 0,
      end: () => moveMandate(id, { client }, { do: 'revoke' }),
    };
  },
  'a colleague’s, with the mandate above it': async () => {
    const { id, client, advisor } = await mandated();
    const colleague = randomUUID();
    const given = await giveSub(id, advisor, { advisor: colleague, name: 'b', cases: [0], lasts: 'P1W' });
    expect(given).not.toBeNull();
    return {
      opens: async () => (await activeMandates(colleague)).length > 0,
      end: () => moveMandate(id, { client }, { do: 'revoke' }),
    };
  },
  'a look': async () => {
    const [agent, owner] = [randomUUID(), randomUUID()];
    const seal = () => Buffer.from('sealed');
    const code = {
      purpose: 'view',
      owner,
      sessionHash: callers,
      refs: ['r'],
      seal,
      language: 'ar',
      minutes: 10,
    } as const;
    const { id: codeId } = await createCode(code);
    const { id } = await locateGrant({
      ...{ agent, owner, codeId, agentNumber: 1, agentSession: 'here', callId: 'c1', language: 'ar' },
      purpose: 'question-page',
      pageWidth: null,
    });
    await openGrant(id, agent, seal());
    return {
      opens: async () => (await touchGrant(id, agent, 'here')) !== null,
      end: () => endBySubject(owner),
    };
  },
};

/** Gives way so many times, so that what runs beside it comes at another moment each time. */
async function later(turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

test.each(Object.keys(KINDS))(
  'I4: %s that was ended opens nothing to a read that began after it',
  async (kind) => {
    const make = KINDS[kind];
    let opened = 0;
    let refused = 0;
    const one = async (n: number) => {
      const standing = await make?.();
      if (!standing) throw new Error(kind);
      let ended = false;
      const reader = async (turns: number) => {
        await later(turns);
        for (let read = 0; read < 4; read += 1) {
          const beganAfter = ended;
          const opens = await standing.opens();
          if (beganAfter) expect(opens).toBe(false);
          if (opens) opened += 1;
          else refused += 1;
        }
      };
      const ender = later(n % 23)
        .then(() => standing.end())
        .then(() => (ended = true));
      await Promise.all([ender, reader(n % 7), reader(n % 13), reader(n % 29)]);
      expect(await standing.opens()).toBe(false);
    };
    // Each is some twelve reads around one end.
    const all = Math.ceil(STORIES / 6);
    for (let n = 0; n < all; n += 8) await Promise.all(Array.from({ length: 8 }, (_, lane) => one(n + lane)));
    // Reads came before and after.
    expect(Math.min(opened, refused)).toBeGreaterThan(all / 4);
  },
  STORIES_MS,
);
