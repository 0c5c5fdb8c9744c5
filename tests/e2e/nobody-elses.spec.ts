import fc from 'fast-check';
import { LANGUAGES } from '../../app/model/language';
import { ROUTES } from '../../app/model/route-policy';
import type { Api, Fault } from '../../mocks/faults';
import { Actor, signedIn } from './actors';
import { canariesOf } from './canaries';
import { expect, test } from './fixtures';
import { applicantReferences, clientOf, givenMandate, openedView, type References } from './own-references';

/** How many stories run: a few by default, more at night (`STORIES=10000`). One makes about sixty requests. */
const RUNS = Math.ceil(Number(process.env.STORIES ?? 300) / 60);

const NAMES = ['amal', 'garcia', 'adv-small', 'adv-colleague', 'adv-large', 'desk-1', 'desk-2', 'nobody'] as const;
type Name = (typeof NAMES)[number];

/** Whom each actor may read of: themselves, those in their own case, and the advisor who has their mandate. */
const OWN: Readonly<Record<Name, readonly string[]>> = {
  amal: ['amal', 'haddad-sponsor', 'adv-small'],
  garcia: ['garcia', 'garcia-2', 'garcia-3', 'garcia-4', 'garcia-5', 'adv-colleague'],
  'adv-small': ['adv-small'],
  'adv-colleague': ['adv-colleague', 'garcia', 'garcia-2', 'garcia-3', 'garcia-4', 'garcia-5'],
  'adv-large': ['adv-large'],
  'desk-1': ['desk-1'],
  'desk-2': ['desk-2'],
  nobody: [],
};

const PATTERNS = Object.entries(ROUTES).flatMap(([pattern, { GET }]) => (GET ? [pattern] : []));
/** Pages with another person's data, which are audited before they are shown. */
const LOOKS = /^\/:lang\/(advisor|advisor\/deadlines|advisor\/clients\/:ref|helpdesk\/calls\/:grant\/view(\/:case)?)$/;
const LOOKED = ['view-case', 'view-cases', 'list-clients', 'export-deadlines'];
/** The calendar's address is its own key: anyone who has it may read. */
const BEARERS = new Set(['/:lang/advisor/calendar/:feed']);
/** An ended mandate stays in the lists of both sides. */
const HISTORY = '/:lang/advisor/mandates';

interface Question {
  readonly who: Name;
  readonly pattern: string;
  readonly language: string;
  /** The owner of the references in the address, as an index into `pools`. */
  readonly whose: number;
  readonly hangsUp: boolean;
}
interface Step {
  readonly fault: readonly [Api, Fault];
  readonly questions: readonly Question[];
  /** What ends while these requests run. */
  readonly ends: 'nothing' | 'mandate' | 'view';
}

const rest = {
  language: fc.constantFrom(...LANGUAGES),
  hangsUp: fc.nat({ max: 9 }).map((n) => n === 0),
};
const anything = fc.record<Question>({
  who: fc.constantFrom(...NAMES),
  pattern: fc.constantFrom(...PATTERNS),
  whose: fc.nat({ max: 2 }),
  ...rest,
});
/** Requests for data that exists, by those who may read it and by those who may not. */
const aimed = (pattern: string, whose: number, ...who: readonly Name[]) =>
  fc.record<Question>({
    who: fc.constantFrom(...who),
    pattern: fc.constant(pattern),
    whose: fc.constant(whose),
    ...rest,
  });
const question = fc.oneof(
  anything,
  aimed('/:lang/cases/:case', 0, 'amal', 'garcia'),
  aimed('/:lang/cases/:case/now', 1, 'garcia', 'amal'),
  aimed('/:lang/advisor', 0, 'adv-small', 'adv-colleague', 'adv-large'),
  aimed('/:lang/advisor/deadlines', 0, 'adv-small', 'adv-colleague'),
  aimed('/:lang/advisor/clients/:ref', 0, 'adv-small', 'adv-small', 'adv-colleague', 'adv-large'),
  aimed('/:lang/advisor/clients/:ref', 1, 'adv-small', 'adv-colleague'),
  aimed('/:lang/helpdesk/calls/:grant/view', 0, 'desk-1', 'desk-1', 'desk-2'),
  aimed('/:lang/helpdesk/calls/:grant/view/:case', 0, 'desk-1', 'desk-1', 'desk-2'),
  aimed('/:lang/helpdesk/calls/:grant/view/:case', 1, 'desk-1'),
);
const step = fc.record<Step>({
  fault: fc.oneof(
    { weight: 4, arbitrary: fc.constant(['cases', 'none'] as const) },
    { weight: 4, arbitrary: fc.constant(['cases', 'foreign'] as const) },
    { weight: 1, arbitrary: fc.constantFrom(['cases', 'malformed'] as const, ['cases', 'partial'] as const) },
    { weight: 1, arbitrary: fc.constantFrom(['planner', 'malformed'] as const, ['planner', 'down'] as const) },
    { weight: 1, arbitrary: fc.constantFrom(['cases', 'error'] as const, ['cases', 'slow'] as const) },
    { weight: 1, arbitrary: fc.constantFrom(['catalogue', 'down'] as const, ['cases', 'down'] as const) },
  ),
  questions: fc.array(question, { minLength: 16, maxLength: 24, size: 'max' }),
  ends: fc.constantFrom('nothing', 'nothing', 'nothing', 'mandate', 'view'),
});

test.setTimeout(60_000 + RUNS * 20_000);

test('I1, I3: nobody reads another’s data, and every look is audited', async ({ stack, agency }) => {
  const actors = new Map<Name, Actor>();
  for (const name of NAMES) {
    const role = name.startsWith('adv') ? 'advisor' : name.startsWith('desk') ? 'staff' : 'applicant';
    const actor = name === 'nobody' ? new Actor(name, 'anyone', stack.origin, '') : await signedIn(stack, name, role);
    actors.set(name, actor);
  }
  const actor = (name: Name): Actor => {
    const found = actors.get(name);
    if (!found) throw new Error(`Nobody is ${name}`);
    return found;
  };
  const amals = await applicantReferences(actor('amal'), actor('adv-small'), agency);
  const garcias = await applicantReferences(actor('garcia'), actor('adv-colleague'), agency);
  const all: Record<string, string> = {
    ...amals,
    ref: await clientOf(actor('adv-small')),
    grant: await openedView(actor('desk-1'), actor('amal'), agency),
  };
  const pools: References[] = [
    all,
    { ...garcias, ref: await clientOf(actor('adv-colleague')) },
    { case: '1%20or%201=1', ref: 'zq9' },
  ];
  const canaries = canariesOf(agency, { amal: ['amal@example.org'], garcia: ['garcia@example.org'] });
  const stands = { mandate: true, view: true };
  const seen = new Map<Name, Set<string>>(NAMES.map((name) => [name, new Set()]));
  const counted = { shown: 0, hungUp: 0, answers: 0, faulty: 0 };

  const allowed = (who: Name, pattern: string): ReadonlySet<string> =>
    new Set([
      ...OWN[who],
      ...(who === 'adv-small' && (stands.mandate || pattern === HISTORY) ? ['amal', 'haddad-sponsor'] : []),
      ...(who === 'desk-1' && stands.view ? ['amal', 'haddad-sponsor'] : []),
    ]);

  const pathOf = ({ pattern, language, whose }: Question): string =>
    pattern
      .replace('*', 'nowhere')
      .replace(/:(\w+)/g, (_, part: string) =>
        part === 'lang' ? language : (pools[whose]?.[part] ?? (BEARERS.has(pattern) ? 'none' : (all[part] ?? 'none'))),
      );

  /** Sends one request and searches every byte of the response. */
  const ask = async (one: Question, may: ReadonlySet<string>, faults: string[]) => {
    const gone = new AbortController();
    if (one.hangsUp) setTimeout(() => gone.abort(), 4);
    const path = pathOf(one);
    const answer = await actor(one.who).bytesOf(path, gone.signal);
    if (LOOKS.test(one.pattern) && one.hangsUp) counted.hungUp += 1;
    if (!answer) return;
    counted.answers += 1;
    for (const stranger of canaries.strangersIn(answer.text, may)) faults.push(`${one.who} ${path}: ${stranger}`);
    const people = canaries.peopleIn(answer.text);
    for (const person of people) seen.get(one.who)?.add(person);
    if (!LOOKS.test(one.pattern) || answer.status !== 200 || one.hangsUp) return;
    const isList = one.pattern.endsWith('/view');
    if (isList || [...people].some((person) => person !== one.who)) counted.shown += 1;
  };

  const countAuditedLooks = async (): Promise<number> => {
    const marked = `select body::jsonb ->> 'objectRef' from audit_event where action = 'view-aborted'`;
    const query = `select count(*)::int as n from audit_event
      where action = any($1) and operation_id::text not in (${marked})`;
    return Number((await stack.query(query, [LOOKED]))[0]?.n);
  };

  /** Restores the start: no faults, the mandate given, the view open. */
  const restored = async () => {
    agency.setFault('cases', 'none');
    agency.setFault('planner', 'none');
    agency.setFault('catalogue', 'none');
    // A registry that answered about others would rest for half a minute.
    await stack.clearCaches();
    await expect
      .poll(async () => canaries.peopleIn((await actor('amal').bytesOf('/nl/cases'))?.text ?? '').has('haddad-sponsor'))
      .toBe(true);
    if (!stands.mandate) await givenMandate(actor('amal'), actor('adv-small'), agency);
    if (!stands.view) all.grant = await openedView(actor('desk-1'), actor('amal'), agency);
    Object.assign(stands, { mandate: true, view: true });
    all.mandate = /\/nl\/mandates\/([\w-]+)/.exec((await actor('amal').bytesOf('/nl/mandates'))?.text ?? '')?.[1] ?? '';
  };

  const before = await countAuditedLooks();
  let setUp = 0;
  const story = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4, size: 'max' }), async (steps) => {
    const first = await countAuditedLooks();
    await restored();
    setUp += (await countAuditedLooks()) - first;
    for (const { fault, questions, ends } of steps) {
      const faults: string[] = [];
      agency.setFault(...fault);
      if (fault[1] !== 'none') counted.faulty += 1;
      const rights = questions.map(({ who, pattern }) => allowed(who, pattern));
      await Promise.all([
        ...questions.map((one, n) => ask(one, rights[n] ?? new Set(), faults)),
        ends === 'mandate' && actor('amal').ask('POST', `/nl/mandates/${all.mandate}`, { do: 'end' }),
        ends === 'view' && actor('amal').ask('POST', '/nl/helpdesk/with-me', { do: 'stop' }),
      ]);
      agency.setFault(fault[0], 'none');
      // What ended must show nothing from here on.
      if (ends !== 'nothing') stands[ends] = false;
      expect(faults).toEqual([]);
    }
  });
  await fc.assert(story, { numRuns: RUNS, interruptAfterTimeLimit: 30_000 + RUNS * 20_000 });

  // Proves that these pages were shown at all.
  expect([...(seen.get('adv-small') ?? [])]).toContain('amal');
  expect([...(seen.get('desk-1') ?? [])]).toContain('amal');
  expect([...(seen.get('garcia') ?? [])]).toContain('garcia-5');
  expect(counted.faulty).toBeGreaterThan(2);
  // A response may have been sent before its reader hung up, so only those looks are in doubt.
  await expect(async () => {
    const looks = (await countAuditedLooks()) - before - setUp;
    expect(looks).toBeGreaterThanOrEqual(counted.shown);
    expect(looks).toBeLessThanOrEqual(counted.shown + counted.hungUp);
  }).toPass();
  console.log(`I1: ${counted.answers} answers in ${RUNS} stories; I3: ${counted.shown} looks shown, all audited`);
});
