import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isEnded, type MandateEvent, type MandateState, nextState } from '~/model/mandate';
import { activeMandates, mandatesOf, moveMandate, offerMandate, readMandate, type Whose } from '~/store/mandate.server';
import { db } from '~/store/store.server';
import { openTestStore, rowsOf } from '../database';
import { STORIES_MS, stories } from './stories';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

interface Mandate {
  readonly id: string;
  readonly client: number;
  /** Null until somebody of the office said yes. */
  advisor: number | null;
  readonly firm: number;
  readonly caseId: string;
  state: MandateState;
}

interface World {
  readonly clients: readonly string[];
  readonly advisors: readonly string[];
  readonly firms: readonly string[];
  readonly mandates: Mandate[];
}

type Step = (world: World) => Promise<void>;
const command = (name: string, run: Step): fc.AsyncCommand<World, World> => ({
  check: () => true,
  run: (world) => run(world),
  toString: () => name,
});
const of = <Thing>(things: readonly Thing[], n: number): Thing => {
  const thing = things[n];
  if (thing === undefined) throw new Error(`There is no ${n}`);
  return thing;
};

const side = fc.nat({ max: 1 });
/** The last one, mostly: what is old is over. */
const which = fc.nat({ max: 2 });
const chosen = ({ mandates }: World, n: number): Mandate | undefined => mandates.at(-1 - n);

const whose = (world: World, by: 'client' | 'advisor', n: number): Whose =>
  by === 'client' ? { client: of(world.clients, n) } : { advisor: of(world.advisors, n), firm: of(world.firms, n) };

/** Whether the one who asks is of the mandate, by the model. */
const isTheirs = (mandate: Mandate, by: 'client' | 'advisor', n: number): boolean =>
  by === 'client'
    ? mandate.client === n
    : mandate.advisor === n || (mandate.advisor === null && mandate.firm === n && mandate.state === 'pending-advisor');

/** The cases that an advisor may open: what the model says, and nothing but what the store says. */
async function opens(world: World, advisor: number): Promise<Set<string>> {
  const found = (await activeMandates(of(world.advisors, advisor))).flatMap(({ caseIds }) => caseIds);
  const wanted = world.mandates.filter((mandate) => mandate.advisor === advisor && mandate.state === 'active');
  expect(found.toSorted()).toEqual(wanted.map(({ caseId }) => caseId).toSorted());
  return new Set(found);
}

const offer = fc
  .tuple(side, side, fc.constantFrom('client' as const, 'advisor' as const))
  .map(([client, advisor, by]) =>
    command(`an offer by ${by}, client ${client}, advisor ${advisor}`, async (world) => {
      const before = await opens(world, advisor);
      const caseId = randomUUID();
      const { id, state } = await offerMandate({
        client: of(world.clients, client),
        advisor: by === 'advisor' ? of(world.advisors, advisor) : null,
        firm: of(world.firms, advisor),
        caseIds: [caseId],
        actions: ['see'],
        offeredBy: by,
        maySub: false,
        months: 12,
        textHash: 'hash',
        language: 'ar',
        names: { client: 'C', advisor: 'A', firm: 'F', references: ['Z1'] },
      });
      expect(state).toBe(by === 'client' ? 'pending-advisor' : 'pending-client');
      world.mandates.push({ id, client, advisor: by === 'advisor' ? advisor : null, firm: advisor, caseId, state });
      // An offer opens nothing, and takes nothing away.
      expect(await opens(world, advisor)).toEqual(before);
    }),
  );

const EVENTS = [
  'accept',
  'accept',
  'accept',
  'decline',
  'revoke',
  'withdraw',
  'suspend',
  'resume',
  'supersede',
  'end-by-law',
] as const;

/** Who a thing is for in the portal: a client ends, an advisor gives back, the rest is an office's work. */
function eventOf(name: (typeof EVENTS)[number], by: 'client' | 'advisor'): MandateEvent {
  if (name === 'accept' || name === 'decline') return { do: name, by };
  return { do: name };
}

const move = fc
  .tuple(which, fc.constantFrom(...EVENTS), fc.constantFrom('client' as const, 'advisor' as const), side)
  .map(([n, name, by, who]) =>
    command(`${by} ${who}: ${name} of the ${n}. from the end`, async (world) => {
      const mandate = chosen(world, n);
      if (!mandate) return;
      const event = eventOf(name, by);
      const before = await Promise.all([opens(world, 0), opens(world, 1)]);
      const wanted = isTheirs(mandate, by, who) ? nextState(mandate.state, event) : null;
      const signer = by === 'advisor' && name === 'accept' ? { advisor: of(world.advisors, who) } : {};
      const moved = await moveMandate(mandate.id, whose(world, by, who), event, signer);
      expect(moved?.state ?? null).toBe(wanted);
      if (!wanted) return;
      mandate.state = wanted;
      if (by === 'advisor' && name === 'accept') mandate.advisor = who;
      // One more permission takes nothing away; one less gives nothing; nobody else's changes.
      for (const [advisor, had] of before.entries()) {
        const has = await opens(world, advisor);
        const changed = [...had, ...has].filter((id) => had.has(id) !== has.has(id));
        expect(changed.filter((id) => id !== mandate.caseId)).toEqual([]);
        if (isEnded(wanted)) expect(has.has(mandate.caseId)).toBe(false);
      }
    }),
  );

/** The client ends it while the advisor asks over and over: no answer that was asked for after the end has it. */
const race = which.map((n) =>
  command(`the ${n}. from the end is ended while it is read`, async (world) => {
    const mandate = chosen(world, n);
    if (!mandate || mandate.advisor === null) return;
    const advisor = of(world.advisors, mandate.advisor);
    let over = false;
    const ending = moveMandate(mandate.id, whose(world, 'client', mandate.client), { do: 'revoke' }).then(() => {
      over = true;
    });
    const wanted = nextState(mandate.state, { do: 'revoke' });
    for (let round = 0; round < 4 || !over; round += 1) {
      const isAfter = over;
      const found = await activeMandates(advisor);
      if (isAfter) expect(found.map(({ id }) => id)).not.toContain(mandate.id);
    }
    await ending;
    mandate.state = wanted ?? mandate.state;
  }),
);

/** Two yeses, or a yes and a no, at once: one of them counts. */
const atOnce = fc.tuple(which, fc.boolean()).map(([n, both]) =>
  command(`two answers at once to the ${n}. from the end`, async (world) => {
    const mandate = chosen(world, n);
    if (mandate?.state !== 'pending-client') return;
    const client = whose(world, 'client', mandate.client);
    const events: MandateEvent[] = [
      { do: 'accept', by: 'client' },
      { do: both ? 'accept' : 'decline', by: 'client' },
    ];
    const moved = await Promise.all(events.map((event) => moveMandate(mandate.id, client, event)));
    const counted = moved.flatMap((each) => (each ? [each.state] : []));
    expect(counted).toHaveLength(1);
    mandate.state = counted[0] ?? mandate.state;
  }),
);

const lapse = which.map((n) =>
  command(`the time of the ${n}. from the end is over`, async (world) => {
    const mandate = chosen(world, n);
    if (!mandate || isEnded(mandate.state)) return;
    const pending = mandate.state.startsWith('pending');
    const column = sql.identifier(pending ? 'answer_before' : 'valid_until');
    await db().execute(sql`update mandate set ${column} = now() where id = ${mandate.id}`);
    mandate.state = pending ? 'lapsed' : 'expired';
  }),
);

/** What is another's, nobody's or no mandate at all reads alike, and lists hold what is one's own. */
const read = fc.tuple(which, side).map(([n, who]) =>
  command(`everybody reads the ${n}. from the end`, async (world) => {
    const mandate = chosen(world, n);
    if (!mandate) return;
    for (const by of ['client', 'advisor'] as const) {
      const asker = whose(world, by, who);
      const own = isTheirs(mandate, by, who);
      expect((await readMandate(mandate.id, asker))?.state).toBe(own ? mandate.state : undefined);
      expect((await mandatesOf(asker)).some(({ id }) => id === mandate.id)).toBe(own);
      expect(await readMandate(randomUUID(), asker)).toBeNull();
      expect(await readMandate("x' or 1=1", asker)).toBeNull();
    }
  }),
);

/** What no row may say. */
const NEVER = {
  'good, and not signed by both': `select id from mandate where valid_from is not null
    and (client_signed_at is null or advisor_signed_at is null or advisor is null)`,
  'ended without a time, or running with one': `select id from mandate where (state in
    ('active', 'suspended', 'pending-client', 'pending-advisor')) <> (ended_at is null)`,
  'ended before it began': 'select id from mandate where ended_at < valid_from or ended_at < offered_at',
};

test(
  'whatever clients, advisors and time do, in whatever order, an advisor opens what both said yes to, and no more',
  async () => {
    await stories([offer, move, move, move, move, race, atOnce, lapse, read], 40, async (run) => {
      const ids = () => [randomUUID(), randomUUID()];
      const world: World = { clients: ids(), advisors: ids(), firms: ids(), mandates: [] };
      await run({ model: world, real: world });
      for (const advisor of [0, 1]) await opens(world, advisor);
    });
    for (const [never, query] of Object.entries(NEVER)) expect(await rowsOf(store.url, query), never).toEqual([]);
  },
  STORIES_MS,
);
