import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { caseIn, TODAY } from '../../tests/agency/case';
import type { Stage } from './case';
import { clientRow, factsOf, filterAndSort, GROUPS, SORTS } from './mandate-clients';
import { deadlinesOf } from './mandate-deadlines';
import { noticeOfDefaultOf } from './notice-of-default';
import { addDays } from './time';

const invitedAt = (at: string) => caseIn('interview', { invitation: { at, place: 'x' } });

const asked = (until: string | null) => caseIn('documents', { request: { until, papers: ['income'] } });
const decidedOn = (made: string) =>
  caseIn('decided', { received: '2025-06-01', outcome: 'refused', decision: { made, notified: null, reactBy: null } });
const WISH = {
  search: '',
  procedure: null,
  stage: null,
  task: null,
  outcome: null,
  onlyChanged: false,
  lawyer: null,
  sort: 'need',
} as const;

describe('the place of a case in the list', () => {
  test.each([
    ['its last day is over', asked('2026-03-01'), 'overdue', 'papers'],
    ['its last day is today', asked(TODAY), 'today', 'papers'],
    ['it is asked without a day', asked(null), 'undated', 'papers'],
    ['its last day is in a week', asked('2026-03-09'), 'week', 'papers'],
    ['its last day is in four weeks', asked('2026-03-30'), 'month', 'papers'],
    ['its last day is later', asked('2026-03-31'), 'later', 'papers'],
    ['the agency is late', caseIn('review', { decideBy: '2026-02-02' }), 'agency', null],
    ['nothing is to be done', caseIn('review', { decideBy: '2026-03-10' }), 'none', null],
    ['it is closed', caseIn('closed'), 'done', null],
    ['it is withdrawn', caseIn('withdrawn'), 'done', null],
    ['the invitation is over', invitedAt('2026-03-01T09:00'), 'none', null],
    ['there is an invitation', invitedAt('2026-05-01T09:00'), 'later', 'invitation'],
  ] as const)('%s', (_name, theCase, group, task) => {
    const row = clientRow('N', theCase, TODAY);
    expect(row.group).toBe(group);
    expect(row.task?.kind ?? null).toBe(task);
  });

  test('a refusal is a task until its last day to object', () => {
    const row = (made: string) => clientRow('N', decidedOn(made), TODAY);
    const soon = row('2026-02-20').task;
    expect(['objection', 'appeal']).toContain(soon?.kind);
    expect(soon?.date && soon.date > TODAY).toBe(true);
    expect(row('2025-12-01').task?.kind).not.toBe(soon?.kind);
  });

  test('a booked visit is a task until it is over', () => {
    const theCase = caseIn('biometrics', { request: { until: '2026-03-20', papers: [] } });
    const visit = (localDate: string) => ({
      ...{ localDate, localTime: '09:10:00', zone: 'Europe/Amsterdam', deskName: 'Den Bosch' },
      ...{ checkedAt: null, updatedAt: Temporal.Instant.from('2026-03-01T09:00:00Z') },
    });
    const row = clientRow('N', theCase, TODAY, visit('2026-03-05'));
    expect(row.task).toMatchObject({ kind: 'visit', date: '2026-03-05', at: { time: '09:10', place: 'Den Bosch' } });
    expect(row.group).toBe('week');
    expect(clientRow('N', theCase, TODAY, visit('2026-02-27')).task?.date).not.toBe('2026-02-27');
    const kinds = deadlinesOf(theCase, TODAY, { visit: visit('2026-03-05') }).filter(({ kind }) => kind === 'visit');
    expect(kinds).toHaveLength(1);
  });

  test('a client’s duty hides no lateness of the agency', () => {
    const both = caseIn('documents', { decideBy: '2026-02-02', request: { until: '2026-03-05', papers: ['income'] } });
    const row = clientRow('N', both, TODAY);
    expect(row.group).toBe('week');
    expect(row.late?.since).toBe('2026-02-02');
  });
});

describe('the list', () => {
  const stage = fc.constantFrom<Stage>('documents', 'review', 'decided', 'closed');
  const anyRow = fc
    .tuple(fc.string(), stage, fc.uuid(), fc.integer({ min: -40, max: 60 }))
    .map(([name, at, id, days]) =>
      clientRow(name, caseIn(at, { id, request: { until: addDays(TODAY, days), papers: ['income'] } }), TODAY),
    );

  test('keeps every row, in the order of its parts and days', () => {
    fc.assert(
      fc.property(fc.array(anyRow), fc.constantFrom(...SORTS), (rows, sort) => {
        const list = filterAndSort(rows, { ...WISH, sort });
        expect(list).toHaveLength(rows.length);
        if (sort !== 'need') return;
        const places = list.map(({ group, task }) => `${GROUPS.indexOf(group)} ${task?.date ?? ''}`);
        expect(places.map((place) => place[0])).toEqual(places.map((place) => place[0]).toSorted());
        const dated = places.filter((place) => /^[0-4]/.test(place));
        expect(dated).toEqual(dated.toSorted());
      }),
    );
  });

  test('a search matches name, reference, procedure or V-number in any order', () => {
    const rows = [
      clientRow('Farid Rahimi', caseIn('review'), TODAY),
      clientRow('Amal Ünal', caseIn('review', { vNumber: '281 234 5678' }), TODAY),
    ];
    const find = (search: string) => filterAndSort(rows, { ...WISH, search, sort: 'name' }).map(({ name }) => name);
    expect(find('rahimi FARID')).toEqual(['Farid Rahimi']);
    expect(find('1000-0001 gezin')).toHaveLength(2);
    expect(find('10000001')).toHaveLength(2);
    expect(find('unal')).toEqual(['Amal Ünal']);
    expect(find('5678')).toEqual(['Amal Ünal']);
    expect(find('nobody')).toEqual([]);
  });

  test('finds an own file number, and what changed', () => {
    const rows = [
      { ...clientRow('A', caseIn('review'), TODAY), ownReference: '2026/Ünal-7' },
      { ...clientRow('B', caseIn('review'), TODAY), isChanged: true },
    ];
    const names = (query: object) => filterAndSort(rows, { ...WISH, ...query }).map(({ name }) => name);
    expect(names({ search: 'unal-7' })).toEqual(['A']);
    expect(names({ onlyChanged: true })).toEqual(['B']);
  });

  test('the facts of a case change with them, and not with time', () => {
    const facts = factsOf(asked('2026-03-09'), null);
    expect(factsOf(asked('2026-03-09'), null)).toBe(facts);
    expect(factsOf(asked('2026-03-10'), null)).not.toBe(facts);
    const visit = { localDate: '2026-03-05', localTime: '09:10', zone: 'Europe/Amsterdam', deskName: 'Den Bosch' };
    expect(factsOf(asked('2026-03-09'), visit)).not.toBe(facts);
  });

  test('shows one kind of task, or one outcome', () => {
    const rows = [clientRow('A', asked('2026-03-09'), TODAY), clientRow('B', decidedOn('2026-02-20'), TODAY)];
    const names = (query: object) => filterAndSort(rows, { ...WISH, ...query }).map(({ name }) => name);
    expect(names({ task: 'papers' })).toEqual(['A']);
    expect(names({ outcome: 'refused' })).toEqual(['B']);
  });
});

describe('notice of default', () => {
  test('is possible the day after the last day; two weeks remain', () => {
    expect(noticeOfDefaultOf(caseIn('review', { decideBy: '2026-03-10' }), TODAY)).toMatchObject({
      possibleFrom: '2026-03-11',
      decideBy: '2026-03-25',
      isPossible: false,
    });
    expect(noticeOfDefaultOf(caseIn('review', { decideBy: '2026-02-27' }), TODAY)?.isPossible).toBe(true);
  });

  test('is null while paused, once decided, and before the rule', () => {
    expect(noticeOfDefaultOf(caseIn('documents', { suspension: { reason: 'x' } }), TODAY)).toBeNull();
    expect(noticeOfDefaultOf(caseIn('decided'), TODAY)).toBeNull();
    expect(noticeOfDefaultOf(caseIn('review', { received: '2009-09-30', decideBy: '2026-03-10' }), TODAY)).toBeNull();
  });
});

test('deadlines are sorted and include what the client must do', () => {
  const days = deadlinesOf(caseIn('documents', { request: { until: '2026-03-20', papers: ['income'] } }), TODAY);
  expect(days.map(({ kind }) => kind)).toEqual(['papers', 'decision', 'notice']);
});

test('an invitation has its time and place, however it is written', () => {
  for (const at of ['2026-03-20T09:30', '2026-03-20T09:30:00']) {
    const invited = caseIn('interview', { invitation: { at, place: 'Plein 1, Stad' } });
    expect(deadlinesOf(invited, TODAY)[0]).toEqual({
      kind: 'invitation',
      date: '2026-03-20',
      at: { time: '09:30', place: 'Plein 1, Stad' },
    });
  }
});
