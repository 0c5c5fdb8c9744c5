import { createHash, randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { activeMandates, offerMandate, transitionMandate } from '~/store/mandate.server';
import { createSession } from '~/store/session.server';
import { createCode } from '~/store/spoken-code.server';
import { giveSub } from '~/store/sub-mandate.server';
import { endBySubject, locateGrant, openGrant, touchGrant } from '~/store/view-grant.server';
import { openTestStore } from '../database';
import { STORIES, STORIES_MS } from './stories';

// I4: once an end is committed, nothing that it ended can be read, in any interleaving of reads and ends.

let store: Awaited<ReturnType<typeof openTestStore>>;
let callers: string;
beforeAll(async () => {
  store = await openTestStore();
  const session = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  callers = createHash('sha256').update(session).digest('hex');
});
afterAll(() => store.close());

/** A permission that can be used until it is ended. */
interface Standing {
  /** Whether a read that begins now succeeds. */
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
  await transitionMandate(id, { client }, { do: 'accept', by: 'client' }, { maySub: true });
  return { id, client, advisor };
}

const KINDS: Readonly<Record<string, () => Promise<Standing>>> = {
  'a mandate': async () => {
    const { id, client, advisor } = await mandated();
    return {
      opens: async () => (await activeMandates(advisor)).length > 0,
      end: () => transitionMandate(id, { client }, { do: 'revoke' }),
    };
  },
  'a sub-mandate': async () => {
    const { id, client, advisor } = await mandated();
    const colleague = randomUUID();
    const given = await giveSub(id, advisor, { advisor: colleague, name: 'b', cases: [0], lasts: 'P1W' });
    expect(given).not.toBeNull();
    return {
      opens: async () => (await activeMandates(colleague)).length > 0,
      end: () => transitionMandate(id, { client }, { do: 'revoke' }),
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

/** Yields to the event loop `turns` times, which varies the interleaving. */
async function later(turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

test.each(Object.keys(KINDS))(
  'I4: %s opens nothing to reads that begin after its end',
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
    // Each round does about twelve reads around one end.
    const all = Math.ceil(STORIES / 6);
    for (let n = 0; n < all; n += 8) await Promise.all(Array.from({ length: 8 }, (_, lane) => one(n + lane)));
    // There were reads before and after the end.
    expect(Math.min(opened, refused)).toBeGreaterThan(all / 4);
  },
  STORIES_MS,
);
