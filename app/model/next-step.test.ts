import { describe, expect, test } from 'vitest';
import { reachedIn, STAGES } from '../../tests/agency/agency';
import { PRODUCTS } from './appointment';
import type { Stage } from './case';
import { clockOf, comesFirst, nextStepOf, productOf } from './next-step';

const at = (stage: Stage | null) => reachedIn(stage, '2026-03-02');
const step = (stage: Stage | null, given: Partial<Parameters<typeof nextStepOf>[0]> = {}, today = '2026-04-08') =>
  nextStepOf(
    { current: at(stage), state: 'running', request: { until: null, papers: [] }, invitation: null, ...given },
    today,
  );
const REQUEST = { until: '2026-04-01', papers: ['ID'] };
const invitation = { at: '2026-04-08T09:30', place: 'Zwolle' };

describe('the next step', () => {
  test.each<[Stage, object]>([
    ['fee', { do: 'pay', until: '2026-04-01' }],
    ['documents', { do: 'send-papers', until: '2026-04-01' }],
    ['intention', { do: 'respond', until: '2026-04-01' }],
    ['biometrics', { do: 'visit', product: 'BIO', until: '2026-04-01' }],
    ['collect', { do: 'visit', product: 'DOC', until: '2026-04-01' }],
    ['decided', { do: 'read-decision' }],
    ['closed', { do: 'nothing' }],
    ['withdrawn', { do: 'nothing' }],
    ['received', { do: 'wait' }],
    ['review', { do: 'wait' }],
    ['advice', { do: 'wait' }],
  ])('in the stage %s', (stage, expected) => {
    expect(step(stage, { request: REQUEST })).toEqual(expected);
  });

  test.each<Stage>(['fee', 'documents', 'intention', 'biometrics', 'collect'])(
    '%s without a date has none',
    (stage) => {
      expect(step(stage)).toMatchObject({ until: null });
    },
  );

  test.each<Stage>(['registration-interview', 'interview', 'ceremony'])(
    '%s uses the invitation, else awaits it',
    (stage) => {
      expect(step(stage, { invitation })).toEqual({ do: 'attend', at: '2026-04-08T09:30', place: 'Zwolle' });
      expect(step(stage)).toEqual({ do: 'await-invitation' });
    },
  );

  test('an invitation is over on the day after it', () => {
    expect(step('interview', { invitation }, '2026-04-09')).toEqual({ do: 'was-invited', ...invitation });
  });

  test('an invitation of an earlier stage is ignored', () => {
    expect(step('review', { invitation })).toEqual({ do: 'wait' });
  });

  test('in an unknown stage comes from the facts of the case', () => {
    for (const current of [at(null), null]) {
      expect(step(null, { current })).toEqual({ do: 'unknown', until: null });
      expect(step(null, { current, request: { until: '2026-04-10', papers: [] } })).toEqual({
        do: 'unknown',
        until: '2026-04-10',
      });
      expect(step(null, { current, request: REQUEST })).toEqual({ do: 'send-papers', until: '2026-04-01' });
      expect(step(null, { current, invitation })).toMatchObject({ do: 'attend' });
      expect(step(null, { current, invitation }, '2026-04-09')).toMatchObject({ do: 'unknown' });
    }
    expect(step(null, { state: 'closed' })).toEqual({ do: 'nothing' });
  });
});

test('nothing is asked in a case that is over', () => {
  for (const state of ['closed', 'withdrawn'] as const)
    expect(step(state, { state, request: REQUEST, invitation })).toEqual({ do: 'nothing' });
});

test('exactly the stages with a product ask for a visit', () => {
  for (const stage of STAGES) {
    const next = step(stage, { invitation });
    expect(productOf({ current: at(stage) })).toBe(next.do === 'visit' ? next.product : null);
  }
  expect(productOf({ current: null })).toBeNull();
  expect([...PRODUCTS]).toEqual(
    expect.arrayContaining(STAGES.flatMap((stage) => productOf({ current: at(stage) }) ?? [])),
  );
});

test('the person’s own day comes before an estimate that begins earlier', () => {
  const papers = step('documents', { request: REQUEST });
  expect(comesFirst(papers, '2026-03-20')).toBe('2026-04-01');
  expect(comesFirst(papers, '2026-04-01')).toBeNull();
  expect(comesFirst(papers, null)).toBeNull();
  expect(comesFirst(step('interview', { invitation }), '2026-04-01')).toBe('2026-04-08');
  expect(comesFirst(step('review', { request: REQUEST }), '2026-03-20')).toBeNull();
});

test('a task says what becomes of the agency’s clock', () => {
  const clocks = (stage: Stage) =>
    (['paused', 'running', 'other'] as const).map((period) => clockOf(step(stage), period));
  expect(clocks('documents')).toEqual(['stands', 'may', null]);
  expect(clocks('fee')).toEqual(['stands', 'may', null]);
  expect(clocks('intention')).toEqual(['stands', 'runs', null]);
  expect(clocks('review')).toEqual([null, null, null]);
});
