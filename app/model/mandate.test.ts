import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  fitsInside,
  isEnded,
  type MandateEvent,
  type MandateState,
  nextState,
  opens,
  reasonsAfter,
  SUB_LASTS,
  SUSPEND_REASONS,
  type SuspendReason,
  stateAt,
  stateUnder,
  subUntil,
} from './mandate';

const start = Temporal.Instant.from('2026-03-02T09:00:00Z');
const hours = (n: number) => start.add({ hours: n });
const times = { answerBefore: hours(24 * 21), validUntil: hours(24 * 365) };

const event: fc.Arbitrary<MandateEvent> = fc.oneof(
  fc.constantFrom('client' as const, 'advisor' as const).map((by) => ({ do: 'accept' as const, by })),
  fc.constantFrom('client' as const, 'advisor' as const).map((by) => ({ do: 'decline' as const, by })),
  fc
    .constantFrom('revoke' as const, 'withdraw' as const, 'supersede' as const, 'end-by-law' as const)
    .map((name) => ({ do: name })),
  fc.record({
    do: fc.constantFrom('suspend' as const, 'resume' as const),
    reason: fc.constantFrom(...SUSPEND_REASONS),
  }),
);
const beginning = fc.constantFrom<MandateState>('pending-client', 'pending-advisor');

/** The whole story of one mandate: every event with the state before and after it. */
function story(first: MandateState, events: readonly MandateEvent[]) {
  let state = first;
  let reasons: readonly SuspendReason[] = [];
  return events.map((each) => {
    const before = state;
    const next = nextState(state, each, reasons);
    if (next) reasons = reasonsAfter(reasons, each);
    state = next ?? state;
    return { before, event: each, after: state, reasons };
  });
}

describe('whatever happens, in whatever order', () => {
  test('it opens only after the one who did not offer it said yes', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 20 }), (first, events) => {
        const steps = story(first, events);
        const opened = steps.findIndex(({ after }) => after === 'active');
        if (opened < 0) return;
        expect(steps[opened]?.event).toEqual({ do: 'accept', by: first === 'pending-client' ? 'client' : 'advisor' });
      }),
      { numRuns: 2_000 },
    );
  });

  test('after its end nothing changes it', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 20 }), (first, events) => {
        for (const { before, after } of story(first, events)) if (isEnded(before)) expect(after).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the client can end it from every state that has not ended, and so can the advisor', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 20 }), (first, events) => {
        const last = story(first, events).at(-1)?.after ?? first;
        expect(nextState(last, { do: 'revoke' })).toBe(isEnded(last) ? null : 'revoked-client');
        expect(nextState(last, { do: 'withdraw' })).toBe(isEnded(last) ? null : 'withdrawn-advisor');
      }),
      { numRuns: 2_000 },
    );
  });

  test('it stands still exactly while a reason for it is left', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 30 }), (first, events) => {
        for (const { after, reasons } of story(first, events))
          if (!isEnded(after)) expect(after === 'suspended').toBe(reasons.length > 0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('no event leads from active to active', () => {
    fc.assert(
      fc.property(event, (each) => {
        expect(nextState('active', each)).not.toBe('active');
      }),
    );
  });
});

describe('time', () => {
  test('an offer lapses after its days, and cannot open later', () => {
    expect(stateAt('pending-client', times, hours(24 * 21 - 1))).toBe('pending-client');
    expect(stateAt('pending-client', times, hours(24 * 21))).toBe('lapsed');
  });

  test('it opens before its last instant and never at or after it, suspended or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 * 500 }),
        fc.constantFrom<MandateState>('active', 'suspended'),
        (n, state) => {
          expect(opens(state, times, hours(n))).toBe(state === 'active' && n < 24 * 365);
        },
      ),
    );
  });

  test('without a last day nothing opens', () => {
    expect(opens('active', { ...times, validUntil: null }, start)).toBe(false);
  });
});

test('a colleague never gets more, nor longer, than the client allowed', () => {
  const parent = { caseIds: ['a', 'b'], actions: ['see'] as const, validUntil: hours(10), maySub: true, isSub: false };
  expect(fitsInside({ caseIds: ['a'], actions: ['see'], validUntil: hours(10) }, parent)).toBe(true);
  expect(fitsInside({ caseIds: ['c'], actions: ['see'], validUntil: hours(1) }, parent)).toBe(false);
  expect(fitsInside({ caseIds: ['a'], actions: ['deadlines'], validUntil: hours(1) }, parent)).toBe(false);
  expect(fitsInside({ caseIds: ['a'], actions: ['see'], validUntil: hours(11) }, parent)).toBe(false);
  expect(fitsInside({ caseIds: ['a'], actions: ['see'], validUntil: hours(1) }, { ...parent, maySub: false })).toBe(
    false,
  );
  expect(fitsInside({ caseIds: ['a'], actions: ['see'], validUntil: hours(1) }, { ...parent, isSub: true })).toBe(
    false,
  );
  expect(fitsInside({ caseIds: [], actions: ['see'], validUntil: hours(1) }, parent)).toBe(false);
});

test('however long a colleague is let in, it is no longer than the advisor himself, and never into the past', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SUB_LASTS), fc.integer({ min: 1, max: 24 * 800 }), (lasts, left) => {
      const until = subUntil(lasts, hours(left), start);
      expect(Temporal.Instant.compare(until, hours(left))).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(until, start)).toBe(1);
    }),
  );
  expect(subUntil('P1M', hours(24 * 365), start).toString()).toBe('2026-04-02T09:00:00Z');
});

test('what a colleague has opens only while the mandate that it came from is active', () => {
  const states = fc.constantFrom<MandateState>('active', 'suspended', 'expired', 'revoked-client', 'withdrawn-advisor');
  fc.assert(
    fc.property(states, states, (own, parent) => {
      const state = stateUnder(own, parent);
      expect(state === 'active').toBe(own === 'active' && parent === 'active');
      expect(isEnded(state)).toBe(isEnded(own) || isEnded(parent));
    }),
  );
});
