import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MovedBookingState, type MoveFacts, moveStateOf, nextMoveStep, retryDelaySeconds } from './move';

/** A planner that allows two bookings, and a portal that may crash before or after storing a reply. */
interface World extends MoveFacts {
  /** What the planner really has. */
  readonly madeThere: boolean;
  readonly oldThere: boolean;
}

const START: World = { goesFirst: 'new', new: 'confirming', old: 'booked', madeThere: false, oldThere: true };

/** Performs the next step. `dies`: crash before the reply is stored; `refuses`: the planner refuses. */
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

describe('a move that books first', () => {
  test('survives any crash with exactly one visit', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(accident, { maxLength: 20 }), (arrived, accidents) => {
        // The first request may or may not have arrived, and the portal does not know.
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

  test('keeps the old booking until the new one stands', () => {
    for (const made of ['confirming', 'unknown', 'awaiting-mail'] as const)
      expect(nextMoveStep({ goesFirst: 'new', new: made, old: 'booked' })).not.toBe('cancel-old');
  });
});

describe('a move that cancels first', () => {
  test('survives any crash without a second booking', () => {
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

test('the stored state follows from both bookings', () => {
  const state = (made: MovedBookingState, old: MovedBookingState) => moveStateOf({ goesFirst: 'new', new: made, old });
  expect(state('unknown', 'booked')).toBe('booking');
  expect(state('booked', 'booked')).toBe('cancelling');
  expect(state('booked', 'cancelled')).toBe('done');
  expect(state('refused', 'booked')).toBe('failed');
  expect(state('gone', 'booked')).toBe('failed');
});

test('retries slow down to every ten minutes and never stop', () => {
  const waits = Array.from({ length: 12 }, (_, index) => retryDelaySeconds(index + 1));
  expect(waits[0]).toBe(5);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(Math.max(...waits)).toBe(600);
});
