import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MovedState, type MoveNow, moveStateOf, nextMoveStep, waitBefore } from './move';

/** A planner that holds up to two bookings, and a portal that may die before or after it has written down an answer. */
interface World extends MoveNow {
  /** What the planner really has. */
  readonly madeThere: boolean;
  readonly oldThere: boolean;
}

const START: World = { goesFirst: 'new', new: 'confirming', old: 'booked', madeThere: false, oldThere: true };

/** Does the step; `dies` after the planner was asked and before the answer is written down, `refuses` = says no. */
function act(world: World, { dies, refuses }: { dies: boolean; refuses: boolean }): World {
  const step = nextMoveStep(world);
  if (typeof step === 'object') return world;
  if (step === 'cancel-old') {
    const begun = { ...world, old: 'cancelling' as const };
    if (refuses) return dies ? begun : { ...world, old: 'booked' };
    return dies ? { ...begun, oldThere: false } : { ...begun, oldThere: false, old: 'cancelled' };
  }
  if (step === 'book-new') {
    const made = !refuses || world.madeThere;
    if (dies) return { ...world, madeThere: made };
    return { ...world, madeThere: made, new: made ? 'booked' : 'refused' };
  }
  return dies ? world : { ...world, new: world.madeThere ? 'booked' : 'refused' };
}

const accident = fc.record({ dies: fc.boolean(), refuses: fc.boolean() });
const calm = { dies: false, refuses: false };

describe('a move with the new one first', () => {
  test('never leaves anybody without a visit and ends with exactly one, wherever the portal dies', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(accident, { maxLength: 20 }), (arrived, accidents) => {
        // The first question to the planner may have arrived or not, and the portal does not know.
        let world: World = { ...START, madeThere: arrived, new: 'unknown' };
        const stands = () => Number(world.madeThere) + Number(world.oldThere);
        for (const each of accidents) {
          world = act(world, each);
          expect(stands()).toBeGreaterThanOrEqual(1);
        }
        for (let turn = 0; turn < 10; turn += 1) world = act(world, calm);
        expect(stands()).toBe(1);
        expect(nextMoveStep(world)).toEqual({ end: arrived ? 'done' : 'failed' });
      }),
    );
  });

  test('does not touch the old one before the new one is known to stand', () => {
    for (const made of ['confirming', 'unknown', 'awaiting-mail'] as const)
      expect(nextMoveStep({ goesFirst: 'new', new: made, old: 'booked' })).not.toBe('cancel-old');
  });
});

describe('a move with the old one first', () => {
  test('asks for nothing before the old one is gone, and ends, wherever the portal dies', () => {
    fc.assert(
      fc.property(fc.array(accident, { maxLength: 20 }), (accidents) => {
        let world: World = { ...START, goesFirst: 'old' };
        for (const each of [...accidents, ...Array.from({ length: 10 }, () => calm)]) {
          world = act(world, each);
          expect(world.madeThere && world.oldThere).toBe(false);
        }
        expect(nextMoveStep(world)).toEqual({ end: world.madeThere ? 'done' : 'lost' });
      }),
    );
  });
});

test('the record says what the person must know', () => {
  const state = (made: MovedState, old: MovedState) => moveStateOf({ goesFirst: 'new', new: made, old });
  expect(state('unknown', 'booked')).toBe('booking');
  expect(state('booked', 'booked')).toBe('cancelling');
  expect(state('booked', 'cancelled')).toBe('done');
  expect(state('refused', 'booked')).toBe('failed');
  expect(state('gone', 'booked')).toBe('failed');
});

test('what fails is tried again soon, then ever more seldom, but always', () => {
  const waits = Array.from({ length: 12 }, (_, index) => waitBefore(index + 1));
  expect(waits[0]).toBe(5);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(Math.max(...waits)).toBe(600);
});
