import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachedIn, STAGES } from '../../tests/agency/agency';
import type { ReachedStep, Stage } from './case';
import { isOpen, isOver, type StateFacts, standingOf } from './case-state';
import { OUTCOMES } from './meaning';
import { addDays } from './time';

const TODAY = '2026-03-02';
const at = (stage: Stage | null, since: string, final = false): ReachedStep =>
  reachedIn(stage, since, { order: 3, final });
const standing = (given: Partial<StateFacts>, today = TODAY) =>
  standingOf({ received: '2026-01-12', ended: null, current: null, result: null, outcome: null, ...given }, today);

describe('a case', () => {
  test('runs until a decision, an end or a withdrawal', () => {
    expect(standing({}).state).toBe('running');
    expect(standing({ current: at('review', '2026-02-01') }).state).toBe('running');
    expect(standing({ current: at(null, '2026-02-01') }).state).toBe('running');
    expect(standing({ current: at('collect', '2026-02-01') }).state).toBe('decided');
    expect(standing({ current: at('withdrawn', '2026-02-01') }).state).toBe('withdrawn');
    expect(standing({ current: at('closed', '2026-02-01') }).state).toBe('closed');
    expect(standing({ current: at(null, '2026-02-01', true) })).toMatchObject({
      state: 'closed',
      current: { stage: null, name: 'Iets nieuws' },
    });
  });

  test('that ended without a last step is closed on that day', () => {
    for (const current of [null, at('review', '2026-02-01'), at('review', '2026-02-10')])
      expect(standing({ ended: '2026-02-10', current })).toMatchObject({
        state: 'closed',
        ended: '2026-02-10',
        current: { stage: 'closed', since: '2026-02-10' },
      });
  });

  test('with a step after its end is reopened, without its old result', () => {
    const current = at('review', '2026-02-01');
    expect(standing({ ended: '2026-01-30', current, result: 'Afgewezen' })).toEqual({
      state: 'reopened',
      ended: null,
      current,
      result: null,
      outcome: null,
    });
  });

  test.each([
    ['before its start', '2025-12-01'],
    ['in the future', '2026-03-03'],
  ])('with an end %s runs', (_what, ended) => {
    expect(standing({ ended, current: at('review', '2026-02-01') })).toMatchObject({ state: 'running', ended: null });
  });

  test('has not reached a step of the future', () => {
    expect(standing({ current: at('decided', '2026-03-03') })).toEqual({
      state: 'running',
      current: null,
      ended: null,
      result: null,
      outcome: null,
    });
  });

  test('with a decision keeps what follows from it, though it ended', () => {
    for (const stage of ['decided', 'ceremony', 'collect'] as const)
      expect(standing({ ended: '2026-02-10', current: at(stage, '2026-02-01'), result: 'Ingewilligd' })).toMatchObject({
        state: 'decided',
        current: { stage },
        result: 'Ingewilligd',
      });
  });

  test('with the result withdrawn is withdrawn after any last step', () => {
    for (const stage of ['closed', 'decided', 'withdrawn'] as const)
      expect(standing({ current: at(stage, '2026-02-01'), outcome: 'withdrawn' })).toMatchObject({
        state: 'withdrawn',
        current: { stage: 'withdrawn', since: '2026-02-01' },
      });
    expect(standing({ current: at('withdrawn', '2026-02-01') }).outcome).toBe('withdrawn');
    expect(standing({ current: at('review', '2026-02-01'), outcome: 'withdrawn' }).state).toBe('running');
  });

  test('has no stage, end or result against its state', () => {
    const date = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days));
    const maybe = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
    const step = fc
      .tuple(maybe(fc.constantFrom(...STAGES)), date, fc.boolean())
      .map(([stage, since, final]) => at(stage, since, final));
    fc.assert(
      fc.property(
        date,
        maybe(date),
        maybe(step),
        maybe(fc.constant('Ingewilligd')),
        maybe(fc.constantFrom(...OUTCOMES)),
        (received, ended, current, result, outcome) => {
          const found = standingOf({ received, ended, current, result, outcome }, TODAY);
          const stage = found.current?.stage ?? null;
          if (isOpen(found.state)) {
            expect([found.ended, found.result, found.outcome]).toEqual([null, null, null]);
            expect(['decided', 'ceremony', 'collect', 'closed', 'withdrawn']).not.toContain(stage);
            expect(found.current?.final && stage === null).not.toBe(true);
          } else if (isOver(found.state)) {
            expect([found.state, null]).toContain(stage);
            expect(found.current).not.toBeNull();
          } else expect(['decided', 'ceremony', 'collect']).toContain(stage);
          if (found.current) expect(found.current.since <= TODAY).toBe(true);
          if (found.ended) expect(received <= found.ended && found.ended <= TODAY).toBe(true);
          // The rule is stable: what it gives is judged the same again.
          if (found.state !== 'reopened') expect(standingOf({ received, ...found }, TODAY)).toEqual(found);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
