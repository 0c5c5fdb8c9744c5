import { describe, expect, it } from 'vitest';
import EMPLOYEES from '../examples/employees.json' with { type: 'json' };
import { fullName, HAND_MADE, subjectId } from './people';
import { STAGES_OF } from './procedures';
import { createWorld } from './world';

const NOW = '2026-11-23T10:00:00Z';
const world = createWorld(NOW);
const handMade = world.cases.filter(({ reference }) => !/^Z1-[34]000/.test(reference));
const caseOf = (slug: string) => {
  const found = world.cases.filter(({ parties }) => parties[0]?.person.slug === slug);
  if (found[0] === undefined) throw new Error(`${slug} has no case`);
  return found[0];
};
const currentStage = (slug: string) => caseOf(slug).history.at(-1)?.step.stage;

describe('the people', () => {
  it('are 24 applicants or more, nine employees and four advisors', () => {
    expect(HAND_MADE.filter(({ role }) => role === 'applicant').length).toBeGreaterThanOrEqual(24);
    expect(handMade.length).toBeGreaterThanOrEqual(30);
    expect(world.people.filter(({ role }) => role === 'staff').map(({ slug }) => slug)).toEqual([
      'desk-1',
      'desk-2',
      'desk-3',
      'desk-4',
      'desk-5',
      'planner',
      'publisher',
      'privacy',
      'auditor',
    ]);
    // The example EMPLOYEES_FILE says to whom this one is married.
    const husband = world.personCalled('desk-3');
    expect(EMPLOYEES.relations).toEqual([
      {
        employee: husband && subjectId(husband),
        person: { kind: 'bsn', value: world.personCalled('leila')?.bsn },
        as: 'family',
      },
    ]);
    const clients = world.people
      .filter(({ role }) => role === 'advisor')
      .map((advisor) => world.clientsOf(advisor).length);
    expect(clients).toEqual([3, 0, 240, 0]);
  });

  it('have names in Arabic, Ethiopic and Cyrillic, and one over sixty characters', () => {
    const names = HAND_MADE.map(fullName);
    for (const script of [/^\p{Script=Arabic}/u, /^\p{Script=Ethiopic}/u, /^\p{Script=Cyrillic}/u]) {
      expect(names.filter((name) => script.test(name)).length).toBeGreaterThan(0);
    }
    expect(names.filter((name) => [...name].length > 60)).toHaveLength(1);
  });

  it('have distinct numbers, and valid BSNs', () => {
    const bsns = world.people.flatMap(({ bsn }) => (bsn === null ? [] : [bsn]));
    const vNumbers = world.people.flatMap(({ vNumber }) => (vNumber === null ? [] : [vNumber]));
    expect(new Set(bsns).size).toBe(bsns.length);
    expect(new Set(vNumbers).size).toBe(vNumbers.length);
    for (const bsn of bsns) {
      const sum = [...bsn]
        .map(Number)
        .reduce((total, digit, place) => total + digit * (place === 8 ? -1 : 9 - place), 0);
      expect(sum % 11, bsn).toBe(0);
    }
    expect(world.personCalled('yonas')).toMatchObject({ bsn: null, vNumber: expect.stringMatching(/^\d{10}$/) });
  });
});

describe('the cases', () => {
  it('are in every stage of every procedure, twice', () => {
    const wanted = Object.entries(STAGES_OF).flatMap(([procedure, stages]) =>
      stages.map((stage) => `${procedure}/${stage}`),
    );
    for (const kind of [/^Z1-3000/, /^Z1-4000/]) {
      const found = world.cases.filter(({ reference }) => kind.test(reference));
      const pairs = found.map(({ version, history }) => `${version.procedure}/${history.at(-1)?.step.stage}`);
      expect(wanted.filter((pair) => !pairs.includes(pair))).toEqual([]);
    }
  });

  it('cover each situation that the portal must show', () => {
    const today = '2026-11-23';
    const value = (slug: string, name: string) => caseOf(slug).properties.find((each) => each.name === name)?.value;
    expect(currentStage('amal')).toBe('biometrics');
    expect(value('amal', 'reactietermijn')).toBe('2026-12-14');
    expect([currentStage('yonas'), caseOf('yonas').version.procedure]).toEqual(['interview', 'asylum']);
    expect(currentStage('olena')).toBe('collect');
    expect(caseOf('garcia').parties.map(({ role }) => role)).toEqual(['applicant', ...Array(4).fill('family')]);
    expect(caseOf('farid').suspension).not.toBeNull();
    expect(value('farid', 'gevraagd')).toBe('income,marriage-certificate');
    expect(caseOf('imani').extension).toMatchObject({ duration: 'P3M' });
    expect(caseOf('pedro').decideBy < today && caseOf('pedro').ended === null).toBe(true);
    expect(caseOf('sofia').history.at(-1)).toMatchObject({
      step: { stage: 'decided' },
      at: expect.stringMatching(/^2026-11-21/),
    });
    expect([currentStage('tomasz'), caseOf('tomasz').result?.name]).toEqual(['withdrawn', 'Ingetrokken']);
    expect(
      world.cases.filter(({ parties }) => parties[0]?.person.slug === 'mehmet').map(({ ended }) => ended === null),
    ).toEqual([false, true]);
    expect(currentStage('bao')).toBeNull();
    expect(value('fatou', 'uitnodiging')).toMatch(/^2026-12-19T14:00\|Stadhuis/);
    expect(world.cases.some(({ parties }) => parties[0]?.person.slug === 'nocases')).toBe(false);
  });

  it('have steps in order of time, none in the future', () => {
    const now = new Date(NOW).toISOString();
    for (const { reference, history, received, ended, version } of world.cases) {
      const times = history.map(({ at }) => at);
      expect(times, reference).toEqual([...times].sort());
      expect((times.at(-1) ?? '') <= now, reference).toBe(true);
      expect(received <= (ended ?? '9999'), reference).toBe(true);
      expect(ended !== null, reference).toBe(['closed', 'withdrawn'].includes(history.at(-1)?.step.stage ?? ''));
      expect(
        history.every(({ step }) => version.steps.includes(step)),
        reference,
      ).toBe(true);
    }
  });

  it('are the same in each run, with dates relative to the start', () => {
    expect(createWorld(NOW).cases).toEqual(world.cases);
    const later = createWorld('2027-03-01T10:00:00Z');
    expect(later.cases.map(({ uuid, reference }) => [uuid, reference])).toEqual(
      world.cases.map(({ uuid, reference }) => [uuid, reference]),
    );
    expect(later.cases[0]?.received).toBe('2027-02-05');
  });
});
