import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  type CasePicture,
  changesBetween,
  nextPictureAt,
  type Picture,
  type VisitPicture,
  waitAfter,
} from './case-picture';
import { addDays } from './time';

const ZONE = 'Europe/Amsterdam';
const CALM: CasePicture = {
  ...{ task: null, until: null, invited: null, works: 'h1', wait: null, visit: null },
  ...{ isDecided: false, isLate: false, isOver: false },
};
const VISIT: VisitPicture = {
  ...{ id: 'v', startsAt: '2026-12-10T09:00:00Z', zone: ZONE, place: 'p' },
  ...{ changedBy: 'person', isCancelled: false },
};
const picture = (own: Partial<CasePicture>, at = '2026-11-30T12:00:00Z'): Picture => ({
  ...{ at, asked: [], looked: null },
  cases: { c: { ...CALM, ...own } },
});
const kinds = (before: Picture | null, after: Picture) => changesBetween(before, after, ZONE).map(({ kind }) => kind);

test('a person who read the page just now is told nothing', () => {
  const asked = { task: 'papers', until: '2026-12-01', works: null } as const;
  for (const own of [{}, asked, { isDecided: true }, { visit: VISIT }])
    expect([kinds(null, picture(own)), kinds(picture(own), picture(own))]).toEqual([[], []]);
});

test('each thing that reads otherwise is one kind of news', () => {
  const news = (own: Partial<CasePicture>, was: Partial<CasePicture> = {}) => kinds(picture(was), picture(own));
  expect(news({ works: 'h2' })).toEqual(['in-treatment']);
  expect(news({ works: null, task: 'papers', until: '2026-12-30' })).toEqual(['asked-papers']);
  expect(news({ works: null, task: 'fee', until: null })).toEqual(['asked-fee']);
  expect(news({ task: 'reply', until: '2026-12-20' }, { task: 'reply', until: '2026-12-30' })).toEqual(['asked-reply']);
  expect(news({ works: null, task: 'visit' })).toEqual(['asked-visit']);
  expect(news({ works: null, task: 'invitation', invited: '2026-12-10T10:00' })).toEqual(['invited']);
  expect(news({ works: null, isDecided: true, task: 'collect' })).toEqual(['decision', 'document-ready']);
  expect(news({ isLate: true })).toEqual(['term-passed']);
  // What the person did is no news.
  expect(news({ visit: VISIT })).toEqual([]);
  expect(news({ visit: { ...VISIT, startsAt: '2026-12-11T09:00:00Z' } }, { visit: VISIT })).toEqual([]);
});

test('a visit is news only when the desk changed it', () => {
  const by = (changedBy: 'desk' | 'person', own: Partial<VisitPicture>) =>
    kinds(picture({ visit: VISIT }), picture({ visit: { ...VISIT, changedBy, ...own } }));
  for (const own of [{ startsAt: '2026-12-11T09:00:00Z' }, { place: 'q' }, { isCancelled: true }])
    expect([by('desk', own), by('person', own)]).toEqual([['visit-changed'], []]);
  expect(by('desk', {})).toEqual([]);
});

test('a new case, mandate and look are news', () => {
  const before = picture({});
  const after = { ...before, cases: { ...before.cases, d: { ...CALM, task: 'fee' } as const } };
  expect(kinds(before, after)).toEqual(['received', 'asked-fee']);
  expect(kinds(before, { ...before, asked: ['m'], looked: '2026-11-30T11:00:00Z' })).toEqual([
    'mandate-asked',
    'looked',
  ]);
});

const START = Temporal.Instant.from('2026-11-20T00:00:00Z');
const moments = fc
  .uniqueArray(fc.integer({ min: 1, max: 24 * 25 }), { minLength: 1, maxLength: 60 })
  .map((hours) => [...hours].sort((a, b) => a - b).map((each) => `${START.add({ hours: each })}`));

/** All news of looks at these moments, after one at the start. */
const newsOf = (own: Partial<CasePicture>, looks: readonly string[]): string[] =>
  looks.flatMap((at, index) => kinds(picture(own, looks[index - 1] ?? `${START}`), picture(own, at)));

test('a reminder comes once, whenever the cases are looked at', () => {
  const until = '2026-12-10';
  const asked = { task: 'papers', until, works: null } as const;
  fc.assert(
    fc.property(moments, (looks) => {
      const news = newsOf(asked, looks);
      const days = looks.map((at) => `${Temporal.Instant.from(at).toZonedDateTimeISO(ZONE).toPlainDate()}`);
      const seen = (from: number, to: number) =>
        days.some((day) => day >= addDays(until, -from) && day <= addDays(until, -to));
      expect(news.filter((kind) => kind === 'deadline-2')).toHaveLength(seen(2, 0) ? 1 : 0);
      expect(news.filter((kind) => kind === 'deadline-7')).toHaveLength(seen(7, 3) ? 1 : 0);
      const visits = newsOf({ visit: VISIT }, looks);
      for (const kind of ['visit-tomorrow', 'visit-soon'])
        expect(visits.filter((each) => each === kind).length).toBeLessThanOrEqual(1);
    }),
  );
});

test('the next look comes in time for a visit', () => {
  const at = '2026-12-10T05:00:00Z';
  expect(`${nextPictureAt(picture({ visit: VISIT }, at), 360)}`).toBe('2026-12-10T07:00:00Z');
  expect(`${nextPictureAt(picture({}, at), 360)}`).toBe('2026-12-10T11:00:00Z');
});

const range = (days: number) => ({ low: addDays('2027-03-01', days), high: addDays('2027-06-01', days) });

test('a range that moves to and fro is never news', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 30 }), (jumps) => {
      let told = waitAfter(null, range(0), '2026-11-01');
      // Each jump lasts for six days, then the range is back.
      for (const [index, jump] of jumps.entries())
        for (const [after, days] of [
          [0, jump],
          [6, jump],
          [7, 0],
        ] as const)
          told = waitAfter(told, range(days), addDays('2026-11-02', index * 14 + after));
      expect(told).toMatchObject(range(0));
    }),
  );
});

test('a range far off is told after a week', () => {
  const first = waitAfter(null, range(0), '2026-11-01');
  expect(waitAfter(waitAfter(first, range(14), '2026-11-02'), range(14), '2026-12-30')).toMatchObject(range(0));
  const away = waitAfter(first, range(15), '2026-11-02');
  expect(waitAfter(away, range(16), '2026-11-08')).toMatchObject(range(0));
  expect(waitAfter(away, range(16), '2026-11-09')).toEqual({ ...range(16), awaySince: null });
});
