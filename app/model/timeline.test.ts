import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stepIn } from '../../tests/agency/agency';
import type { CaseState, ReachedStep, Stage, Step } from './case';
import type { Outcome } from './meaning';
import { timelineOf } from './timeline';

const step = (stage: Stage | null, order: number, final = false): Step => stepIn(stage, { order, final });
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

const timeline = (
  current: ReachedStep | null,
  history: readonly ReachedStep[],
  steps: readonly Step[] = STEPS,
  state: CaseState = 'running',
  outcome: Outcome | null = null,
) =>
  timelineOf({ current, state, outcome }, history, steps).map(
    ({ stage, state, since }) => `${state} ${stage}${since ? ` ${since}` : ''}`,
  );

describe('the timeline', () => {
  test('lists steps done, now and to come, in order', () => {
    expect(timeline(REVIEW, [REVIEW, BIOMETRICS, RECEIVED])).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-20',
      'now review 2026-02-01',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('holds the present step once, even without it in the history', () => {
    expect(timeline(REVIEW, [RECEIVED, BIOMETRICS])).toEqual(timeline(REVIEW, [REVIEW, RECEIVED, BIOMETRICS]));
  });

  test('lists a step that was reached twice twice', () => {
    const again = reached('documents', '2026-03-01');
    const history = [RECEIVED, reached('documents', '2026-01-15'), REVIEW, again];
    expect(timeline(again, history).slice(0, 4)).toEqual([
      'done received 2026-01-12',
      'again documents 2026-01-15',
      'again review 2026-02-01',
      'now documents 2026-03-01',
    ]);
  });

  test('says until when a step lasted', () => {
    const days = (current: ReachedStep, state: CaseState) =>
      timelineOf({ current, state, outcome: null }, [RECEIVED, BIOMETRICS, current], []).map(({ until }) => until);
    expect(days(REVIEW, 'running')).toEqual(['2026-01-20', '2026-02-01', null]);
    expect(days(reached('closed', '2026-01-15'), 'closed')).toEqual(['2026-01-20', null, null]);
  });

  test('a step that came twice and is over is done', () => {
    const history = [RECEIVED, REVIEW, reached('documents', '2026-02-10'), reached('review', '2026-02-20')];
    expect(timeline(reached('decided', '2026-03-01'), history)).not.toContainEqual(expect.stringMatching(/^again/));
  });

  test('does not announce optional steps', () => {
    expect(timeline(RECEIVED, [RECEIVED])).toEqual([
      'now received 2026-01-12',
      'to-come biometrics',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('shows unknown steps once reached and does not announce them', () => {
    const unknown = { ...step(null, 4), since: '2026-02-01' };
    expect(timeline(unknown, [RECEIVED, unknown], [...STEPS, step(null, 6)])).toContain('now null 2026-02-01');
    expect(timeline(RECEIVED, [RECEIVED], [step(null, 6)])).toEqual(['now received 2026-01-12']);
  });

  test('has nothing "now" or to come after the end', () => {
    const closed = reached('closed', '2026-03-01');
    expect(timeline(closed, [RECEIVED, closed], STEPS, 'closed')).toEqual([
      'done received 2026-01-12',
      'done closed 2026-03-01',
    ]);
  });

  test('continues from the furthest step when none is present', () => {
    expect(timeline(null, [RECEIVED, BIOMETRICS])).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-20',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
    expect(timeline(null, [])).toEqual([
      'to-come received',
      'to-come biometrics',
      'to-come review',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('sorts steps of one day by procedure, position 0 included', () => {
    expect(timeline(REVIEW, [reached('biometrics', '2026-01-12'), RECEIVED]).slice(0, 2)).toEqual([
      'done received 2026-01-12',
      'done biometrics 2026-01-12',
    ]);
    expect(timeline(null, [], [step('received', 0), step('review', 1)])).toEqual([
      'to-come received',
      'to-come review',
    ]);
  });

  test('sorts steps of one day by instant where each has one', () => {
    const at = (stage: Stage, instant: number | null) => ({ ...reached(stage, '2026-01-12'), instant });
    const back = [at('received', 1), at('review', 2), at('biometrics', 3)];
    expect(timeline(REVIEW, back).slice(0, 3)).toEqual([
      'done received 2026-01-12',
      'again review 2026-01-12',
      'done biometrics 2026-01-12',
    ]);
    expect(timeline(REVIEW, [...back, at('fee', null)]).slice(0, 4)).toEqual([
      'done received 2026-01-12',
      'done fee 2026-01-12',
      'done biometrics 2026-01-12',
      'again review 2026-01-12',
    ]);
  });

  test('announces the decision again when the case went back', () => {
    const again = reached('review', '2026-03-01');
    const history = [RECEIVED, REVIEW, reached('decided', '2026-02-10'), reached('closed', '2026-02-12'), again];
    expect(timeline(again, history, STEPS, 'reopened')).toEqual([
      'done received 2026-01-12',
      'again review 2026-02-01',
      'again decided 2026-02-10',
      'again closed 2026-02-12',
      'now review 2026-03-01',
      'to-come decided',
      'to-come closed',
    ]);
  });

  test('without a procedure holds the past and the present', () => {
    expect(timeline(REVIEW, [RECEIVED, REVIEW], [])).toEqual(['done received 2026-01-12', 'now review 2026-02-01']);
  });

  test('does not depend on order and has at most one "now"', () => {
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
        const story = timelineOf({ current, state: 'running', outcome: null }, steps, STEPS);
        expect(timelineOf({ current, state: 'running', outcome: null }, shuffled(steps), shuffled(STEPS))).toEqual(
          story,
        );
        expect(story.filter(({ state }) => state === 'now')).toHaveLength(1);
        const ranks = story.map(({ state }) => ['done', 'now', 'to-come'].indexOf(state));
        expect(ranks).toEqual([...ranks].sort());
        expect(story.every(({ state, since }) => (state === 'to-come') === (since === null))).toBe(true);
      }),
    );
  });
});
