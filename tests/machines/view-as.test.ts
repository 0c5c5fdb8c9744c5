import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStored } from '~/audit/verify-chain.server';
import type { Professional } from '~/identity/session.server';
import { db } from '~/store/store.server';
import { config } from '../../app/config/config.server';
import { openTestStore, rowsOf } from '../database';
import * as calls from './calls';
import { STORIES_MS, stories } from './stories';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

interface Code {
  readonly id: string;
  readonly digits: string;
  readonly session: Session;
  tries: number;
  dead: boolean;
}
interface Session {
  readonly id: string;
  over: boolean;
}
interface Grant {
  readonly id: string;
  readonly agent: number;
  readonly caller: number;
  readonly code: Code | null;
  state: 'located' | 'active' | 'over';
  looks: number;
}
interface Request {
  readonly id: string;
  readonly caller: number;
  readonly kind: 'alt' | 'glass';
  readonly grant: Grant | null;
  state: 'pending' | 'approved' | 'over';
}

/** What should be so; the store is compared with it. */
class Model {
  readonly sessions: (Session | null)[] = [null, null];
  readonly codes: (Code | null)[] = [null, null];
  readonly grants: Grant[] = [];
  readonly requests: (Request | null)[] = [null, null, null];
  readonly wrong = [0, 0, 0];

  grantOf = (agent: number) => this.grants.findLast((grant) => grant.agent === agent);
  isAlive = (code: Code | null): code is Code => code !== null && !code.dead && code.tries < 3 && !code.session.over;
  isActive = (grant: Grant) => grant.state === 'active' && !grant.code?.session.over;
  over(isMeant: (grant: Grant) => boolean) {
    for (const grant of this.grants) if (isMeant(grant)) grant.state = 'over';
  }
  opened(grant: Grant) {
    this.over((each) => each !== grant && each.caller === grant.caller && each.state === 'active');
    grant.state = 'active';
  }
  uncoded(id: string, agent: number, caller: number): Grant {
    this.over((each) => each.agent === agent);
    const grant: Grant = { id, agent, caller, code: null, state: 'located', looks: 0 };
    this.grants.push(grant);
    this.opened(grant);
    return grant;
  }
}

interface Real {
  readonly agents: readonly Professional[];
  readonly callers: readonly calls.Caller[];
}

type Step = (model: Model, real: Real) => Promise<void>;
const command = (name: string, run: Step): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  run,
  toString: () => name,
});
const of = <Thing>(things: readonly Thing[], n: number): Thing => {
  const thing = things[n];
  if (thing === undefined) throw new Error(`There is no ${n}`);
  return thing;
};

const agent = fc.nat({ max: 2 });
const caller = fc.nat({ max: 1 });

const makeCode = caller.map((who) =>
  command(`caller ${who} makes a code`, async (model, { callers }) => {
    const session = model.sessions[who] ?? { id: await calls.signIn(), over: false };
    model.sessions[who] = session;
    const before = model.codes[who];
    if (before) before.dead = true;
    const { id, digits } = await calls.makeCode(of(callers, who), session.id);
    model.codes[who] = { id, digits, session, tries: 0, dead: false };
  }),
);

const locate = fc.tuple(agent, caller).map(([who, at]) =>
  command(`agent ${who} locates caller ${at}`, async (model, { agents, callers }) => {
    const code = model.codes[at] ?? null;
    const id = await calls.locate(of(agents, who), of(callers, at));
    expect(id !== null).toBe(model.isAlive(code));
    if (id === null) return;
    model.over((grant) => grant.agent === who);
    model.grants.push({ id, agent: who, caller: at, code, state: 'located', looks: 0 });
  }),
);

const typeCode = fc
  .tuple(
    agent,
    fc.nat({ max: 3 }).map((n) => n > 0),
  )
  .map(([who, right]) =>
    command(`agent ${who} types ${right ? 'the' : 'a wrong'} code`, async (model, { agents }) => {
      const grant = model.grantOf(who);
      if (!grant?.code) return;
      const { code } = grant;
      const isLocated = grant.state === 'located' && !code.session.over;
      const digits = right ? code.digits : String((Number(code.digits) + 1) % 1e8).padStart(8, '0');
      const opens = right && isLocated && model.isAlive(code);
      const said = await calls.typeCode(of(agents, who), grant.id, digits);
      if (!isLocated) expect(said).toBe('wrong');
      else if (of(model.wrong, who) >= 5) expect(said).toBe('too-often');
      else {
        expect(said).toBe(opens ? 'open' : 'wrong');
        if (model.isAlive(code)) code.tries += 1;
        if (!opens) model.wrong[who] = of(model.wrong, who) + 1;
        else {
          code.dead = true;
          model.opened(grant);
        }
      }
    }),
  );

/** All employees who may type the right digits, at once. At most one succeeds. */
const allTypeCode = caller.map((at) =>
  command(`all type the code of caller ${at} at once`, async (model, { agents }) => {
    const code = model.codes[at] ?? null;
    const tryers = [0, 1, 2].flatMap((who) => {
      const grant = model.grantOf(who);
      return grant?.code === code && grant?.state === 'located' && of(model.wrong, who) < 5 ? [grant] : [];
    });
    if (!code || !model.isAlive(code) || tryers.length < 2) return;
    const said = await Promise.all(
      tryers.map((grant) => calls.typeCode(of(agents, grant.agent), grant.id, code.digits)),
    );
    expect(said.filter((word) => word === 'open')).toHaveLength(1);
    code.dead = true;
    for (const [n, grant] of tryers.entries())
      if (said[n] === 'open') model.opened(grant);
      else model.wrong[grant.agent] = of(model.wrong, grant.agent) + 1;
  }),
);

async function looks(model: Model, { agents, callers }: Real, who: number): Promise<void> {
  const grant = model.grantOf(who);
  if (!grant) return;
  const viewer = await calls.look(of(agents, who), grant.id);
  expect(viewer !== null).toBe(model.isActive(grant));
  if (!viewer) return;
  grant.looks += 1;
  // Exactly that person, read-only.
  expect(viewer).toMatchObject({ basis: 'view-as', scope: 'read', subject: of(callers, grant.caller).subject });
}
const look = agent.map((who) => command(`agent ${who} looks`, (model, real) => looks(model, real, who)));

const stop = caller.map((who) =>
  command(`caller ${who} stops it, while it is looked`, async (model, real) => {
    const looking = model.grants.filter((grant) => grant.caller === who && model.isActive(grant));
    const during = looking.map((grant) => calls.look(of(real.agents, grant.agent), grant.id));
    await Promise.all([calls.stop(of(real.callers, who)), ...during]);
    model.over((grant) => grant.caller === who);
    for (const grant of looking) expect(await calls.look(of(real.agents, grant.agent), grant.id)).toBeNull();
  }),
);

const end = agent.map((who) =>
  command(`agent ${who} ends`, async (model, { agents }) => {
    const grant = model.grantOf(who);
    if (!grant) return;
    const ended = await calls.end(of(agents, who), grant.id);
    if (ended === null) expect(grant.state).toBe('over');
    grant.state = 'over';
  }),
);

const signOut = caller.map((who) =>
  command(`caller ${who} signs out`, async (model) => {
    const session = model.sessions[who];
    if (!session) return;
    await calls.signOut(session.id);
    session.over = true;
    model.sessions[who] = null;
  }),
);

const lapse = fc.tuple(agent, fc.constantFrom('end', 'idle')).map(([who, which]) =>
  command(`time passes for agent ${who}: ${which}`, async (model) => {
    const grant = model.grantOf(who);
    if (!grant) return;
    const change = which === 'end' ? sql`expires_at = now()` : sql`last_seen_at = now() - interval '5 minutes'`;
    await db().execute(sql`update view_grant set ${change} where id = ${grant.id}`);
    if (which === 'end' || grant.state === 'active') grant.state = 'over';
  }),
);

const ask = fc.tuple(agent, caller).map(([who, at]) =>
  command(`agent ${who} asks to look at caller ${at}`, async (model, { agents, callers }) => {
    const id = await calls.ask(of(agents, who), of(callers, at));
    model.requests[who] = { id, caller: at, kind: 'alt', grant: null, state: 'pending' };
  }),
);

const glass = fc.tuple(agent, caller).map(([who, at]) =>
  command(`agent ${who} opens caller ${at} in an emergency`, async (model, { agents, callers }) => {
    const { request, grant } = await calls.breakGlass(of(agents, who), of(callers, at));
    const made = model.uncoded(grant, who, at);
    model.requests[who] = { id: request, caller: at, kind: 'glass', grant: made, state: 'pending' };
  }),
);

const answer = fc.tuple(agent, agent, fc.boolean()).map(([by, whose, yes]) =>
  command(`agent ${by} says ${yes ? 'yes' : 'no'} to agent ${whose}`, async (model, { agents }) => {
    const request = model.requests[whose];
    if (!request) return;
    // The last two teams share a lead, so neither can approve for the other.
    const may = [by, whose].includes(0) && by !== whose && request.state === 'pending';
    expect(await calls.answerTo(of(agents, by), request.id, yes)).toBe(may ? (yes ? 'yes' : 'no') : 'cannot');
    if (!may) return;
    request.state = yes ? 'approved' : 'over';
    if (!yes && request.grant) request.grant.state = 'over';
  }),
);

const openApproved = agent.map((who) =>
  command(`agent ${who} opens what was approved`, async (model, { agents, callers }) => {
    const request = model.requests[who];
    if (!request) return;
    const id = await calls.openApproved(of(agents, who), request.id, of(callers, request.caller));
    expect(id !== null).toBe(request.kind === 'alt' && request.state === 'approved');
    if (id === null) return;
    request.state = 'over';
    model.uncoded(id, who, request.caller);
  }),
);

/** Another employee's grant, an unknown grant and an invalid id. */
const peek = fc.tuple(agent, agent).map(([who, whose]) =>
  command(`agent ${who} asks for the grant of agent ${whose}`, async (model, { agents }) => {
    const theirs = model.grantOf(whose);
    if (!theirs || who === whose) return;
    const [foreign, ...others] = await Promise.all(
      [theirs.id, randomUUID(), "x' or 1=1"].map((id) => calls.refusal(of(agents, who), id)),
    );
    expect(foreign).toContain('404');
    for (const other of others) expect(other).toBe(foreign);
  }),
);

/** Steps of a call are more frequent than what interrupts it. */
const ALL = [
  ...[makeCode, locate, typeCode, look, makeCode, locate, typeCode, look, answer, openApproved],
  ...[makeCode, locate, typeCode, allTypeCode, look, stop, end, signOut, lapse, ask, glass, answer, openApproved, peek],
];

async function auditedLooks(grant: string): Promise<number> {
  const query = sql`select 1 from audit_event where grant_id = ${grant} and action = 'view-cases'`;
  return (await db().execute(query)).rows.length;
}

/** Queries that must return no row. */
const NEVER = {
  'active without a code that was used, two people, or a report': `select id from view_grant g where active_at is not null and not (
    method = 'code' and exists (select 1 from spoken_code c where c.id = g.code_id and c.used_at is not null and c.owner = g.owner)
    or method = 'alt' and exists (select 1 from view_request r where r.grant_id = g.id and r.state = 'used'
      and r.answered_by = g.second_approver and r.answered_by <> g.agent)
    or method = 'glass' and exists (select 1 from view_request r where r.grant_id = g.id and r.report is not null))`,
  'answered by the requester, their team or under the same lead': `select r.id from view_request r
    join employee one on one.actor = r.agent join employee other on other.actor = r.answered_by
    where one.actor = other.actor or one.team = other.team or one.leads[1] = other.leads[1]`,
  'a code used for two grants': `select code_id from view_grant where active_at is not null and code_id is not null
    group by code_id having count(*) > 1`,
  'an employee with two open grants': `select agent from view_grant where state in ('located', 'active') group by agent having count(*) > 1`,
  'ended but can still be opened': `select id from view_grant where state not in ('located', 'active')
    and (subject is not null or page_width is not null or ended_at is null)`,
  'a code with more than three tries': 'select id from spoken_code where tries > 3',
};

const HOUSE = [
  ['north', 'lead of north'],
  ['south', 'lead of south and east'],
  ['east', 'lead of south and east'],
] as const;

test(
  'I7: every look is authorised, of one person, read-only and audited',
  async () => {
    await stories(ALL, 60, async (run) => {
      const model = new Model();
      const agents = await Promise.all(HOUSE.map(([team, lead]) => calls.employed(team, [lead, 'head'])));
      const real = { agents, callers: [0, 1].map(calls.newCaller) };
      await run({ model, real });
      const audited = await Promise.all(model.grants.map(({ id }) => auditedLooks(id)));
      for (const [n, grant] of model.grants.entries()) expect(audited[n]).toBeGreaterThanOrEqual(grant.looks);
    });
    for (const [never, query] of Object.entries(NEVER)) expect(await rowsOf(store.url, query), never).toEqual([]);
    expect((await verifyStored(store.url, config().OWNER_SECRET)).faults).toEqual([]);
  },
  STORIES_MS,
);

test('a code typed into an ended call still works in the next', async () => {
  const [one, other] = [calls.newAgent(), calls.newAgent()];
  const caller = calls.newCaller();
  const { digits } = await calls.makeCode(caller, await calls.signIn());
  const over = (await calls.locate(one, caller)) ?? '';
  await calls.end(one, over);
  expect(await calls.typeCode(one, over, digits)).toBe('wrong');
  const next = (await calls.locate(other, caller)) ?? '';
  expect(await calls.typeCode(other, next, digits)).toBe('open');
});
