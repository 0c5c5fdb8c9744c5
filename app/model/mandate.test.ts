import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  isEnded,
  isWithinParent,
  type MandateEvent,
  type MandateState,
  mandateStateAt,
  mayShowData,
  nextMandateState,
  SUB_MANDATE_DURATIONS,
  SUSPEND_REASONS,
  type SuspendReason,
  subMandateState,
  subMandateUntil,
  suspendReasonsAfter,
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

/** The history of one mandate: every event with the state before and after it. */
function story(first: MandateState, events: readonly MandateEvent[]) {
  let state = first;
  let reasons: readonly SuspendReason[] = [];
  return events.map((each) => {
    const before = state;
    const next = nextMandateState(state, each, reasons);
    if (next) reasons = suspendReasonsAfter(reasons, each);
    state = next ?? state;
    return { before, event: each, after: state, reasons };
  });
}

describe('after any sequence of events', () => {
  test('a mandate is active only after the other side accepted', () => {
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

  test('an ended mandate never changes', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 20 }), (first, events) => {
        for (const { before, after } of story(first, events)) if (isEnded(before)) expect(after).toBe(before);
      }),
      { numRuns: 2_000 },
    );
  });

  test('client and advisor can end every mandate that has not ended', () => {
    fc.assert(
      fc.property(beginning, fc.array(event, { maxLength: 20 }), (first, events) => {
        const last = story(first, events).at(-1)?.after ?? first;
        expect(nextMandateState(last, { do: 'revoke' })).toBe(isEnded(last) ? null : 'revoked-client');
        expect(nextMandateState(last, { do: 'withdraw' })).toBe(isEnded(last) ? null : 'withdrawn-advisor');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a mandate is suspended exactly while a reason holds', () => {
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
        expect(nextMandateState('active', each)).not.toBe('active');
      }),
    );
  });
});

describe('over time', () => {
  test('an offer lapses and never opens later', () => {
    expect(mandateStateAt('pending-client', times, hours(24 * 21 - 1))).toBe('pending-client');
    expect(mandateStateAt('pending-client', times, hours(24 * 21))).toBe('lapsed');
  });

  test('a mandate shows data only before its last instant', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 * 500 }),
        fc.constantFrom<MandateState>('active', 'suspended'),
        (n, state) => {
          expect(mayShowData(state, times, hours(n))).toBe(state === 'active' && n < 24 * 365);
        },
      ),
    );
  });

  test('a mandate without an end shows nothing', () => {
    expect(mayShowData('active', { ...times, validUntil: null }, start)).toBe(false);
  });
});

test("a colleague's mandate never exceeds its parent", () => {
  const parent = { caseIds: ['a', 'b'], actions: ['see'] as const, validUntil: hours(10), maySub: true, isSub: false };
  expect(isWithinParent({ caseIds: ['a'], actions: ['see'], validUntil: hours(10) }, parent)).toBe(true);
  expect(isWithinParent({ caseIds: ['c'], actions: ['see'], validUntil: hours(1) }, parent)).toBe(false);
  expect(isWithinParent({ caseIds: ['a'], actions: ['deadlines'], validUntil: hours(1) }, parent)).toBe(false);
  expect(isWithinParent({ caseIds: ['a'], actions: ['see'], validUntil: hours(11) }, parent)).toBe(false);
  expect(isWithinParent({ caseIds: ['a'], actions: ['see'], validUntil: hours(1) }, { ...parent, maySub: false })).toBe(
    false,
  );
  expect(isWithinParent({ caseIds: ['a'], actions: ['see'], validUntil: hours(1) }, { ...parent, isSub: true })).toBe(
    false,
  );
  expect(isWithinParent({ caseIds: [], actions: ['see'], validUntil: hours(1) }, parent)).toBe(false);
});

test("a colleague's mandate ends in the future, with its parent at most", () => {
  fc.assert(
    fc.property(fc.constantFrom(...SUB_MANDATE_DURATIONS), fc.integer({ min: 1, max: 24 * 800 }), (lasts, left) => {
      const until = subMandateUntil(lasts, hours(left), start, 'Europe/Amsterdam');
      expect(Temporal.Instant.compare(until, hours(left))).toBeLessThanOrEqual(0);
      expect(Temporal.Instant.compare(until, start)).toBe(1);
    }),
  );
  // The clock changed in between.
  expect(subMandateUntil('P1M', hours(24 * 365), start, 'Europe/Amsterdam').toString()).toBe('2026-04-02T08:00:00Z');
});

test("a colleague's mandate shows data only while its parent is active", () => {
  const states = fc.constantFrom<MandateState>('active', 'suspended', 'expired', 'revoked-client', 'withdrawn-advisor');
  fc.assert(
    fc.property(states, states, (own, parent) => {
      const state = subMandateState(own, parent);
      expect(state === 'active').toBe(own === 'active' && parent === 'active');
      expect(isEnded(state)).toBe(isEnded(own) || isEnded(parent));
    }),
  );
});
