import { randomBytes, randomUUID } from 'node:crypto';
import { isAllowed, type Permit, RULES } from '../../app/model/policy';
import { ROUTES } from '../../app/model/route-policy';
import { Actor, type Answer, type Method, signedIn } from './actors';
import { expect, test } from './fixtures';
import { advisorReferences, applicantReferences, type References, staffReferences } from './own-references';
import { DEEP } from './variants';

type Own = readonly [Actor, References];

/**
 * Parts of addresses that belong to nobody: anyone with such an address may read it. Others' letters are tried in
 * `tests/contract/letters.test.ts`, and a statement's code in `audit-entries.spec.ts`.
 */
const NOBODYS = new Set([
  'provider',
  'feed',
  'release',
  'file',
  'hash',
  'language',
  'code',
  'letter',
  'token',
  'message',
]);
/** End the session that every other request needs, so they come last. */
const LAST = ['/:lang/leave', '/:lang/sign-out'];

/** Pages of which no actor here has one: Amal’s case has no letter, and nobody gets messages. */
const NOBODY_HAS = /:(letter|code|token|message)$/;

/** Only lead on, whatever their reference. */
const LEAD_ON = new Set([
  'GET /check/:code',
  'GET /auth/callback/:provider',
  'POST /:lang/check/:code',
  'GET /stop-messages/:token',
  'GET /:lang/stop-messages/:token',
  'GET /:lang/news/:message',
]);

/** Amal's visit is for one person, so this page of theirs does not exist. */
const NOT_THERE = new Set(['/:lang/bookings/:booking/fewer amal']);

const partsOf = (pattern: string): string[] =>
  [...pattern.matchAll(/:(\w+)/g)].map(([, part = '']) => part).filter((part) => part !== 'lang');

const pathOf = (pattern: string, references: References): string =>
  pattern
    .replace('*', 'nowhere/at/all')
    .replace(/:(\w+)/g, (_, part: string) => (part === 'lang' ? 'nl' : (references[part] ?? 'none')));

/** Makes a reference of the same form that does not exist. */
const missing = (reference: string): string =>
  /^[0-9a-f]{8}-/.test(reference) ? randomUUID() : randomBytes(32).toString('base64url').slice(0, reference.length);

const MALFORMED = ['zq9', '1%20or%201=1', 'a'.repeat(200), '%D8%B9-%F0%9F%98%80'];

/** The roles of the employees `desk-1` and `desk-2`. */
const EMPLOYEE = ['staff', 'helpdesk', 'desk-planner', 'wait-publisher'] as const;

const may = ({ role }: Actor, permit: Permit | undefined): boolean =>
  permit !== undefined && isAllowed(RULES, role === 'staff' ? EMPLOYEE : role, permit);
const isForAnyone = (permit: Permit | undefined) => permit !== undefined && isAllowed(RULES, 'anyone', permit);

test.setTimeout(120_000);

test('I8: foreign, missing and malformed references get byte-equal responses', async ({ stack, agency }) => {
  const [amal, garcia] = [await signedIn(stack, 'amal', 'applicant'), await signedIn(stack, 'garcia', 'applicant')];
  const [small, large] = [await signedIn(stack, 'adv-small', 'advisor'), await signedIn(stack, 'adv-large', 'advisor')];
  const [one, two] = [await signedIn(stack, 'desk-1', 'staff'), await signedIn(stack, 'desk-2', 'staff')];
  const nobody = new Actor('nobody', 'anyone', stack.origin, '');
  const applicants: Own[] = [
    [amal, await applicantReferences(amal, small, agency)],
    [garcia, await applicantReferences(garcia, large, agency)],
  ];
  const advisors: Own[] = [
    [small, await advisorReferences(small, applicants[0]?.[1] ?? {})],
    [large, await advisorReferences(large, applicants[1]?.[1] ?? {})],
  ];
  const staff: Own[] = [
    [one, await staffReferences(one, amal, agency, applicants[0]?.[1] ?? {})],
    [two, await staffReferences(two, garcia, agency, applicants[1]?.[1] ?? {})],
  ];
  const pairs = [applicants, advisors, staff];
  const patterns = Object.keys(ROUTES).sort((a, b) => Number(LAST.includes(a)) - Number(LAST.includes(b)));

  await test.step('every actor has an example of each reference that they may request', () => {
    const without = patterns.flatMap((pattern) =>
      pairs.flat().flatMap(([actor, own]) =>
        partsOf(pattern)
          .filter((part) => !own[part] && !NOBODYS.has(part))
          .filter(() => Object.values(ROUTES[pattern] ?? {}).some((permit) => may(actor, permit)))
          .map((part) => `${pattern}: ${actor.name} has no ${part}`),
      ),
    );
    expect(without).toEqual([]);
  });

  for (const method of ['GET', 'POST'] as const)
    await test.step(`${method}: references`, async () => {
      const faults: string[] = [];
      for (const pattern of patterns.filter((one) => !LEAD_ON.has(`${method} ${one}`)))
        for (const part of partsOf(pattern))
          for (const pair of pairs)
            for (const [n, [actor, own]] of pair.entries()) {
              const permit = ROUTES[pattern]?.[method];
              const other = pair[1 - n]?.[1] ?? {};
              if (!may(actor, permit)) continue;
              const ask = async (reference: string) => {
                const path = pathOf(pattern, { ...own, [part]: reference });
                return actor.ask(method, path, {}, [reference, decodeURIComponent(reference)]);
              };
              const model = missing(own[part] ?? randomUUID());
              const foreign = NOBODYS.has(part) ? [] : [other[part] ?? ''];
              // Each pattern has its own half of them, and all in a deep run.
              const malformed = MALFORMED.filter((_, index) => DEEP || (index + patterns.indexOf(pattern)) % 2 === 0);
              const all = [...foreign, ...malformed];
              const [wanted, ...answers] = await Promise.all([model, ...all].map(ask));
              for (const [index, answer] of answers.entries())
                if (!wanted || !isSame(answer, wanted) || !isNotFound(wanted))
                  faults.push(
                    `${method} ${pattern} ${actor.name} ${part} ${all[index]}: ${wanted && differing(answer, wanted)}`,
                  );
            }
      expect(faults).toEqual([]);
    });

  // Another process counts anew: the writes of both steps are more than one person may send in a minute.
  await stack.restartPortal();
  await test.step('roles: each actor gets their own pages and no other role’s', async () => {
    const faults: string[] = [];
    const everybody: Own[] = [...pairs.flat(), [nobody, {}]];
    for (const method of ['GET', 'POST'] as const)
      for (const pattern of patterns) {
        const permit = ROUTES[pattern]?.[method];
        const example: References = Object.fromEntries(pairs.flatMap(([first]) => Object.entries(first?.[1] ?? {})));
        const look = async ([actor, own]: Own) => {
          const references = may(actor, permit) ? own : example;
          const answer = await actor.ask(method, pathOf(pattern, references), {}, Object.values(references));
          const mayLack =
            partsOf(pattern).length === 0 || NOBODY_HAS.test(pattern) || NOT_THERE.has(`${pattern} ${actor.name}`);
          const why = wrong(answer, actor, method, permit, mayLack);
          if (why) faults.push(`${method} ${pattern} by ${actor.name}: ${answer.status} to ${answer.to}, ${why}`);
          if (may(actor, permit) || partsOf(pattern).length === 0) return;
          const none = Object.fromEntries(Object.entries(references).map(([part, each]) => [part, missing(each)]));
          const other = await actor.ask(method, pathOf(pattern, none), {}, Object.values(none));
          if (!isSame(answer, other)) faults.push(`${method} ${pattern} by ${actor.name}: ${differing(answer, other)}`);
        };
        await Promise.all(everybody.map(look));
      }
    expect(faults).toEqual([]);
  });
});

if (DEEP)
  test('foreign, missing and malformed references take equally long', async ({ stack, agency }) => {
    const [amal, garcia] = [await signedIn(stack, 'amal', 'applicant'), await signedIn(stack, 'garcia', 'applicant')];
    const advisor = await signedIn(stack, 'adv-large', 'advisor');
    const other = await applicantReferences(garcia, advisor, agency);
    for (const part of ['case', 'booking', 'mandate'] as const) {
      const foreign = other[part] ?? '';
      const kinds = { foreign: () => foreign, missing: () => missing(foreign), malformed: () => `x${randomUUID()}` };
      const taken = new Map<string, number[]>();
      // In turn, so that a busy machine slows all of them.
      for (let round = 0; round < 50; round += 1)
        for (const [kind, reference] of Object.entries(kinds)) {
          const path = pathOf(`/:lang/${part}s/:${part}`, { [part]: reference() });
          const started = performance.now();
          expect((await amal.ask('GET', path)).status).toBe(404);
          taken.set(kind, [...(taken.get(kind) ?? []), performance.now() - started]);
        }
      const [first = [], ...others] = taken.values();
      for (const times of others) expect(Math.abs(difference(first, times)), `${part}s`).toBeLessThan(4);
    }
  });

/** How many standard deviations two samples are apart, by their ranks (Mann and Whitney). */
function difference(one: readonly number[], other: readonly number[]): number {
  const greater = one.flatMap((each) => other.map((time): number => Number(each > time))).reduce((a, b) => a + b, 0);
  const [n, m] = [one.length, other.length];
  return (greater - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

test('each employee opens and changes what their roles allow, and nothing else', async ({ stack }) => {
  const employees = {
    'desk-5': ['helpdesk'],
    'desk-4': ['helpdesk', 'team-lead'],
    planner: ['desk-planner'],
    publisher: ['wait-publisher'],
    privacy: ['privacy-officer'],
    auditor: ['auditor'],
  } as const;
  const pages = Object.keys(ROUTES).filter(
    (pattern) => /^\/:lang\/(staff|helpdesk)/.test(pattern) && partsOf(pattern).length === 0,
  );
  expect(pages.length).toBeGreaterThan(6);
  const faults: string[] = [];
  for (const [name, roles] of Object.entries(employees)) {
    const actor = await signedIn(stack, name, 'staff');
    const start = await actor.ask('GET', '/nl/cases', {}, []);
    const { status } = await actor.ask('GET', start.to ?? '', {}, []);
    if (status !== 200) faults.push(`${name} starts at ${start.to}: ${status}`);
    for (const pattern of pages)
      for (const method of ['GET', 'POST'] as const) {
        const permit = ROUTES[pattern]?.[method];
        if (!permit) continue;
        const { status, to } = await actor.ask(method, pathOf(pattern, {}), {}, []);
        const isRefused = method === 'GET' ? to === '/nl/cases' : status === 403;
        if (isRefused === isAllowed(RULES, ['staff', ...roles], permit))
          faults.push(`${method} ${pattern} by ${name}: ${status} to ${to}`);
      }
  }
  expect(faults).toEqual([]);
});

/** Returns what is wrong with an actor's answer, or null. */
function wrong(
  { status, to }: Answer,
  actor: Actor,
  method: Method,
  permit: Permit | undefined,
  mayLack: boolean,
): string | null {
  // The link of a message that is not there leads to the cases.
  const away = mayLack ? /^\/nl\/sign-in(\?|$)/ : /^\/nl\/(sign-in|cases)(\?|$)/;
  const isAway = to !== null && away.test(to);
  // Remix answers 400 where a route has no loader.
  if (permit === undefined) return [400, 403, 404, 405].includes(status) ? null : 'a method that is not in the policy';
  // 503 means that the data is not ready yet, which is no refusal.
  if (isForAnyone(permit)) return status !== 500 && status !== 403 ? null : 'anyone may';
  if (actor.role === 'anyone') return to?.startsWith('/nl/sign-in') ? null : 'must sign in';
  if (!may(actor, permit)) {
    const refused = method === 'GET' ? to === '/nl/cases' : status === 403;
    return refused ? null : 'is not for this role';
  }
  const gets = status < 500 && status !== 403 && (status !== 404 || mayLack) && !isAway;
  return gets ? null : 'is their own';
}

/** A redirect to the parent page counts too: another pattern tests that page with the same reference. */
const isNotFound = ({ status, to }: Answer) =>
  (status >= 400 && status < 500) || (status === 302 && to?.endsWith('/…'));

const isSame = (one: Answer, other: Answer) =>
  one.status === other.status && one.to === other.to && one.body === other.body && one.head === other.head;

/** The first difference between two answers, short enough to read. */
function differing(one: Answer, other: Answer): string {
  if (one.status !== other.status || one.to !== other.to)
    return `${one.status} ${one.to} / ${other.status} ${other.to}`;
  if (one.head !== other.head) return `${one.head} / ${other.head}`;
  const at = [...one.body].findIndex((sign, index) => sign !== other.body[index]);
  return one.body === other.body
    ? `both ${one.status}`
    : `${one.body.slice(Math.max(0, at - 40), at + 80)} / ${other.body.slice(Math.max(0, at - 40), at + 80)}`;
}
