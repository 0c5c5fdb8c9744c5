import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReachedStep, Stage, Step } from './case';
import { timelineOf } from './timeline';

const step = (stage: Stage | null, order: number, final = false): Step => ({
  stage,
  name: stage ?? 'Iets nieuws',
  order,
  final,
});
const STEPS = [
  step('received', 1),
  step('fee', 2),
  step('biometrics', 3),
  step('documents', 4),
  step('review', 5),
  step('decided', 6),
  step('closed', 7, true),
  step('withdrawn', 8, true),
];
const reached = (stage: Stage | null, since: string): ReachedStep => ({
  ...(STEPS.find((known) => known.stage === stage) ?? step(stage, 9)),
  since,
});
const RECEIVED = reached('received', '2026-01-12');
const BIOMETRICS = reached('biometrics', '2026-01-20');
const REVIEW = reached('review', '2026-02-01');

const told = (
  current: ReachedStep | null,
  history: readonly ReachedStep[],
  steps: readonly Step[] = STEPS,
  ended: string | null = null,
) =>
  timelineOf({ current, ended }, history, steps).map(
    ({ stage, state, since }) => `${state} ${stage}${since ? ` ${since}` : ''}`,
  );

describe('the story of a case', () => {
  test('is what was done, what is now and what is to come, in order', () => {
    expect(told(REVIEW, [REVIEW, BIOMETRICS, RECEIVED])).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-20',
      'now review 2026-02-01',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('holds the present step once, also where the history does not have it yet', () => {
    expect(told(REVIEW, [RECEIVED, BIOMETRICS])).toEqual(told(REVIEW, [REVIEW, RECEIVED, BIOMETRICS]));
  });

  test('tells a step that was reached twice twice', () => {
    const again = reached('documents', '2026-03-01');
    const history = [RECEIVED, reached('documents', '2026-01-15'), REVIEW, again];
    expect(told(again, history).slice(0, 4)).toEqual([
      'done received 2026-01-12',
      'done documents 2026-01-15',
      'done review 2026-02-01',
      'now documents 2026-03-01',
    ]);
  });

  test('never announces a step that a case may do without', () => {
    expect(told(RECEIVED, [RECEIVED])).toEqual([
      'now received 2026-01-12',
      'to-come biometrics',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('shows a step without words where the case has reached it, and does not announce it', () => {
    const unknown = { ...step(null, 4), since: '2026-02-01' };
    expect(told(unknown, [RECEIVED, unknown], [...STEPS, step(null, 6)])).toContain('now null 2026-02-01');
    expect(told(RECEIVED, [RECEIVED], [step(null, 6)])).toEqual(['now received 2026-01-12']);
  });

  test('has nothing to come and nothing "now" once the case has ended, be it by its last step or by its date', () => {
    const closed = reached('closed', '2026-03-01');
    expect(told(closed, [RECEIVED, closed])).toEqual(['done received 2026-01-12', 'done closed 2026-03-01']);
    expect(told(REVIEW, [RECEIVED], STEPS, '2026-03-01')).toEqual([
      'done received 2026-01-12',
      'done review 2026-02-01',
    ]);
  });

  test('goes on from the furthest step reached where the registry names no present one', () => {
    expect(told(null, [RECEIVED, BIOMETRICS])).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-20',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
    expect(told(null, [])).toEqual([
      'to-come received',
      'to-come biometrics',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('has the steps of one day in the order of the procedure, and the first of all also where it has number 0', () => {
    expect(told(REVIEW, [reached('biometrics', '2026-01-12'), RECEIVED]).slice(0, 2)).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-12',
    ]);
    expect(told(null, [], [step('received', 0), step('review', 1)])).toEqual(['to-come received', 'to-come review']);
  });

  test('without the steps of the procedure is the past and the present alone', () => {
    expect(told(REVIEW, [RECEIVED, REVIEW], [])).toEqual(['done received 2026-01-12', 'now review 2026-02-01']);
  });

  test('is the same in whatever order the registry answers, with one "now" at most, before all that is to come', () => {
    const history = fc.uniqueArray(fc.integer({ min: 0, max: STEPS.length - 3 }), { minLength: 1 }).map((indexes) =>
      indexes.sort().flatMap((index, day) => {
        const known = STEPS[index];
        return known ? [{ ...known, since: `2026-01-${String(day + 10)}` }] : [];
      }),
    );
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (steps, random) => {
        const shuffled = <T>(list: readonly T[]) =>
          [...list]
            .map((value) => ({ value, rank: random.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ value }) => value);
        const current = steps.at(-1) ?? null;
        const story = timelineOf({ current, ended: null }, steps, STEPS);
        expect(timelineOf({ current, ended: null }, shuffled(steps), shuffled(STEPS))).toEqual(story);
        expect(story.filter(({ state }) => state === 'now')).toHaveLength(1);
        const ranks = story.map(({ state }) => ['done', 'now', 'to-come'].indexOf(state));
        expect(ranks).toEqual([...ranks].sort());
        expect(story.every(({ state, since }) => (state === 'to-come') === (since === null))).toBe(true);
      }),
    );
  });
});
