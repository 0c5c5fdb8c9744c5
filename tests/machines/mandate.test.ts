import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStored } from '~/audit/verify-chain.server';
import {
  isEnded,
  type MandateState,
  nextMandateState,
  type OwnEvent,
  type SuspendReason,
  suspendReasonsAfter,
} from '~/model/mandate';
import { AGENCY_EVENTS, type AgencyEvent, CHANNELS, LAW_REASONS, mandateEventOf } from '~/model/mandate-agency';
import {
  activeMandates,
  type MandateSide,
  mandatesOf,
  offerMandate,
  readMandate,
  transitionMandate,
} from '~/store/mandate.server';
import type { Choice } from '~/store/mandate-agency.server';
import { db } from '~/store/store.server';
import { config } from '../../app/config/config.server';
import { changeByAgency } from '../../app/mandate/change-by-agency.server';
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
  /** Null until an advisor of the office accepts. */
  advisor: number | null;
  readonly firm: number;
  caseIds: readonly string[];
  state: MandateState;
  suspendedFor: readonly SuspendReason[];
}

interface World {
  readonly clients: readonly string[];
  readonly advisors: readonly string[];
  readonly firms: readonly string[];
  /** Case ids by client. */
  readonly cases: readonly (readonly string[])[];
  readonly mandates: Mandate[];
  /** Reasons why the agency suspended each advisor. */
  readonly stops: readonly Set<SuspendReason>[];
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
/** Counted from the newest mandate, since old ones are mostly over. */
const which = fc.nat({ max: 2 });
const chosen = ({ mandates }: World, n: number): Mandate | undefined => mandates.at(-1 - n);

const whose = (world: World, by: 'client' | 'advisor', n: number): MandateSide =>
  by === 'client' ? { client: of(world.clients, n) } : { advisor: of(world.advisors, n), firm: of(world.firms, n) };

/** Whether the party may act on the mandate, by the model. */
const isTheirs = (mandate: Mandate, by: 'client' | 'advisor', n: number): boolean =>
  by === 'client'
    ? mandate.client === n
    : mandate.advisor === n || (mandate.advisor === null && mandate.firm === n && mandate.state === 'pending-advisor');

/** The cases that an advisor may open. Asserts that model and store agree and that no case is there twice. */
async function opens(world: World, advisor: number): Promise<Set<string>> {
  const found = (await activeMandates(of(world.advisors, advisor))).flatMap(({ caseIds }) => caseIds);
  const wanted = world.mandates.filter((mandate) => mandate.advisor === advisor && mandate.state === 'active');
  expect(found.toSorted()).toEqual(wanted.flatMap(({ caseIds }) => caseIds).toSorted());
  expect(new Set(found).size).toBe(found.length);
  return new Set(found);
}

const offer = fc
  .tuple(side, side, fc.constantFrom('client' as const, 'advisor' as const), fc.subarray([0, 1, 2], { minLength: 1 }))
  .map(([client, advisor, by, chosen]) =>
    command(`an offer by ${by}, client ${client}, advisor ${advisor}, cases ${chosen}`, async (world) => {
      const before = await opens(world, advisor);
      const caseIds = chosen.map((n) => of(of(world.cases, client), n));
      const { id, state } = await offerMandate({
        client: of(world.clients, client),
        advisor: by === 'advisor' ? of(world.advisors, advisor) : null,
        firm: of(world.firms, advisor),
        caseIds,
        actions: ['see'],
        offeredBy: by,
        maySub: false,
        months: 12,
        textHash: 'hash',
        language: 'ar',
        names: { client: 'C', advisor: 'A', firm: 'F', references: caseIds },
      });
      expect(state).toBe(by === 'client' ? 'pending-advisor' : 'pending-client');
      const offered = { id, client, advisor: by === 'advisor' ? advisor : null, firm: advisor, caseIds, state };
      const waiting = world.mandates.find((each) => isSameOffer(each, offered));
      // The same offer again is the one that waits.
      expect(id === waiting?.id).toBe(waiting !== undefined);
      if (!waiting) world.mandates.push({ ...offered, suspendedFor: [] });
      // An offer neither opens nor closes a case.
      expect(await opens(world, advisor)).toEqual(before);
    }),
  );

const isSameOffer = (one: Mandate, other: Omit<Mandate, 'suspendedFor'>): boolean =>
  (['client', 'advisor', 'firm', 'state'] as const).every((name) => one[name] === other[name]) &&
  one.caseIds.toSorted().join() === other.caseIds.toSorted().join();

const overlaps = (one: Mandate, other: Mandate): boolean => one.caseIds.some((id) => other.caseIds.includes(id));

/** Whether a mandate may start, by the model. A new offer must not bypass a suspension. */
function mayBegin(world: World, mandate: Mandate, advisor: number): boolean {
  const still = world.mandates.filter((each) => each.advisor === advisor && each.state === 'suspended');
  return (
    of(world.stops, advisor).size === 0 &&
    !still.some(({ suspendedFor }) => suspendedFor.includes('bar-register')) &&
    !still.some((each) => each.client === mandate.client && overlaps(each, mandate))
  );
}

/** Accepts a mandate in the model: older ones of the same parties lose the cases of this one. */
function begin(world: World, mandate: Mandate, advisor: number): void {
  for (const older of world.mandates) {
    if (older.client !== mandate.client || older.advisor !== advisor || older.state !== 'active') continue;
    const rest = older.caseIds.filter((id) => !mandate.caseIds.includes(id));
    if (rest.length === 0) older.state = 'superseded';
    else older.caseIds = rest;
  }
  mandate.advisor = advisor;
  mandate.state = 'active';
}

const EVENTS = ['accept', 'accept', 'accept', 'decline', 'revoke', 'withdraw'] as const;

const ownEvent = (name: (typeof EVENTS)[number], by: 'client' | 'advisor'): OwnEvent =>
  name === 'accept' || name === 'decline' ? { do: name, by } : { do: name };

const move = fc
  .tuple(which, fc.constantFrom(...EVENTS), fc.constantFrom('client' as const, 'advisor' as const), side)
  .map(([n, name, by, who]) =>
    command(`${by} ${who}: ${name} of the ${n}. from the end`, async (world) => {
      const mandate = chosen(world, n);
      if (!mandate) return;
      const event = ownEvent(name, by);
      const before = await Promise.all([opens(world, 0), opens(world, 1)]);
      const advisor = mandate.advisor ?? who;
      const next = isTheirs(mandate, by, who) ? nextMandateState(mandate.state, event) : null;
      const wanted = name === 'accept' && !mayBegin(world, mandate, advisor) ? null : next;
      const signer = by === 'advisor' && name === 'accept' ? { advisor: of(world.advisors, who) } : {};
      const moved = await transitionMandate(mandate.id, whose(world, by, who), event, signer);
      expect(moved?.state ?? null).toBe(wanted);
      if (!wanted) return;
      if (name === 'accept') begin(world, mandate, advisor);
      mandate.state = wanted;
      // Accepting closes no case, ending opens none, and no other mandate's cases change.
      for (const [advisor, had] of before.entries()) {
        const has = await opens(world, advisor);
        const changed = [...had, ...has].filter((id) => had.has(id) !== has.has(id));
        expect(changed.filter((id) => !mandate.caseIds.includes(id))).toEqual([]);
        if (name === 'accept') expect([...had].filter((id) => !has.has(id))).toEqual([]);
        if (isEnded(wanted)) expect([...has].filter((id) => !had.has(id))).toEqual([]);
      }
    }),
  );

const agencyEvent: fc.Arbitrary<AgencyEvent> = fc.oneof(
  fc.record({
    name: fc.constantFrom('suspend' as const, 'resume' as const, 'resume' as const),
    reason: fc.constantFrom<SuspendReason>('bar-register', 'compromise', 'dispute'),
  }),
  fc.record({ name: fc.constant('end-by-law' as const), reason: fc.constantFrom(...LAW_REASONS) }),
  fc.record({ name: fc.constant('end-for-client' as const), reason: fc.constantFrom(...CHANNELS) }),
);

/** Applies an agency event to the model's mandates. Returns the ids of the changed ones. */
function changeModel(
  world: World,
  advisor: number | null,
  mandates: readonly Mandate[],
  change: AgencyEvent,
): string[] {
  const stop = advisor !== null && change.name !== 'end-by-law' && change.name !== 'end-for-client';
  if (stop && change.name === 'suspend' && change.reason !== 'dispute') world.stops[advisor]?.add(change.reason);
  if (stop && change.name === 'resume') world.stops[advisor]?.delete(change.reason);
  return mandates.flatMap((mandate) => {
    const event = mandateEventOf(change);
    const state = nextMandateState(mandate.state, event, mandate.suspendedFor);
    const stopped = event.do === 'resume' && world.stops[mandate.advisor ?? -1]?.has(event.reason);
    if (!state || stopped) return [];
    mandate.state = state;
    mandate.suspendedFor = suspendReasonsAfter(mandate.suspendedFor, event);
    return [mandate.id];
  });
}

/** Runs the agency's own command. At the next read every advisor opens what the model says. */
const agency = fc
  .tuple(fc.constantFrom('mandate' as const, 'advisor' as const, 'client' as const), which, side, agencyEvent)
  .filter(([by, , , { name }]) => AGENCY_EVENTS[name].whose.some((kind) => kind === by))
  .map(([by, n, who, change]) =>
    command(
      `the agency: ${change.name} for ${change.reason}, by ${by} ${by === 'mandate' ? n : who}`,
      async (world) => {
        const one = chosen(world, n);
        if (by === 'mandate' && !one) return;
        const choices: Record<typeof by, Choice> = {
          mandate: { mandate: one?.id ?? '' },
          advisor: { advisor: of(world.advisors, who) },
          client: { clients: [of(world.clients, who)] },
        };
        const mandates = world.mandates.filter((each) => (by === 'mandate' ? each === one : each[by] === who));
        const running = mandates.filter(({ state }) => !isEnded(state)).length;
        const wanted = changeModel(world, by === 'advisor' ? who : null, mandates, change);
        const { changed, left } = await changeByAgency(db(), choices[by], change);
        expect(changed.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
        expect(left).toBe(running - wanted.length);
        for (const advisor of [0, 1]) await opens(world, advisor);
      },
    ),
  );

/** An advisor is struck off while a client accepts. In either order they can open nothing. */
const slip = which.map((n) =>
  command(`the advisor of the ${n}. from the end is struck off at the client's yes`, async (world) => {
    const mandate = chosen(world, n);
    if (mandate?.state !== 'pending-client' || mandate.advisor === null) return;
    const advisor = of(world.advisors, mandate.advisor);
    const change = { name: 'suspend', reason: 'bar-register' } as const;
    const [accepted] = await Promise.all([
      transitionMandate(mandate.id, whose(world, 'client', mandate.client), { do: 'accept', by: 'client' }),
      changeByAgency(db(), { advisor }, change),
    ]);
    expect(await activeMandates(advisor)).toEqual([]);
    if (accepted) begin(world, mandate, mandate.advisor);
    const theirs = world.mandates.filter((each) => each.advisor === mandate.advisor);
    changeModel(world, mandate.advisor, theirs, change);
  }),
);

/** The client revokes while the advisor keeps reading. No read that began after the end has the mandate. */
const race = which.map((n) =>
  command(`the ${n}. from the end is ended while it is read`, async (world) => {
    const mandate = chosen(world, n);
    if (!mandate || mandate.advisor === null) return;
    const advisor = of(world.advisors, mandate.advisor);
    let over = false;
    const ending = transitionMandate(mandate.id, whose(world, 'client', mandate.client), { do: 'revoke' }).then(() => {
      over = true;
    });
    const wanted = nextMandateState(mandate.state, { do: 'revoke' });
    for (let round = 0; round < 4 || !over; round += 1) {
      const isAfter = over;
      const found = await activeMandates(advisor);
      if (isAfter) expect(found.map(({ id }) => id)).not.toContain(mandate.id);
    }
    await ending;
    mandate.state = wanted ?? mandate.state;
  }),
);

/** Two acceptances, or an acceptance and a refusal, at once: one of them takes effect. */
const atOnce = fc.tuple(which, fc.boolean()).map(([n, both]) =>
  command(`two answers at once to the ${n}. from the end`, async (world) => {
    const mandate = chosen(world, n);
    if (mandate?.state !== 'pending-client' || mandate.advisor === null) return;
    if (!mayBegin(world, mandate, mandate.advisor)) return;
    const client = whose(world, 'client', mandate.client);
    const events: OwnEvent[] = [
      { do: 'accept', by: 'client' },
      { do: both ? 'accept' : 'decline', by: 'client' },
    ];
    const moved = await Promise.all(events.map((event) => transitionMandate(mandate.id, client, event)));
    const counted = moved.flatMap((each) => (each ? [each.state] : []));
    expect(counted).toHaveLength(1);
    if (counted[0] === 'active') begin(world, mandate, mandate.advisor);
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

/** Another party's mandate and an unknown one look the same, and lists hold only the party's own. */
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

/** Queries that must return no row. */
const NEVER = {
  'valid but not signed by both': `select id from mandate where valid_from is not null
    and (client_signed_at is null or advisor_signed_at is null or advisor is null)`,
  'ended without a time, or open with one': `select id from mandate where (state in
    ('active', 'suspended', 'pending-client', 'pending-advisor')) <> (ended_at is null)`,
  'ended before it began': 'select id from mandate where ended_at < valid_from or ended_at < offered_at',
  'superseded by one that is not newer': `select older.id from mandate older left join mandate newer on newer.id = older.successor
    where older.state = 'superseded' and not coalesce(newer.valid_from > older.valid_from
      and newer.valid_from <= older.ended_at and newer.client = older.client and newer.case_ids && older.case_ids, false)`,
  'its own successor, directly or not': `with recursive way (id, next) as (
    select id, successor from mandate where successor is not null union
    select way.id, after.successor from way join mandate after on after.id = way.next where after.successor is not null)
    select id from way where id = next`,
  'open twice for one case': `select min(id::text) from mandate, unnest(case_ids) as one
    where parent is null and state = 'active' and valid_until > now() group by client, advisor, one having count(*) > 1`,
  'changed by the agency but not audited, or the reverse': `
    select id::text from mandate where state = 'ended-law' except select grant_id from audit_event where action = 'end-mandate-by-law'
    union (select grant_id from audit_event where action = 'end-mandate-by-law' except select id::text from mandate where state = 'ended-law')
    union (select id::text from mandate where state = 'suspended' except select grant_id from audit_event where action = 'suspend-mandate')`,
};

test(
  'an advisor opens only what both accepted, in any order of events',
  async () => {
    await stories([offer, move, move, move, move, agency, agency, slip, race, atOnce, lapse, read], 40, async (run) => {
      const ids = () => [randomUUID(), randomUUID()];
      const world: World = {
        ...{ clients: ids(), advisors: ids(), firms: ids(), mandates: [] },
        cases: [1, 2].map(() => [randomUUID(), ...ids()]),
        stops: [new Set(), new Set()],
      };
      await run({ model: world, real: world });
      for (const advisor of [0, 1]) await opens(world, advisor);
    });
    for (const [never, query] of Object.entries(NEVER)) expect(await rowsOf(store.url, query), never).toEqual([]);
    expect((await verifyStored(store.url, config().OWNER_SECRET)).faults).toEqual([]);
  },
  STORIES_MS,
);
