import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  isCallNumber,
  isViewAsOver,
  nextViewAs,
  spokenDigits,
  VIEW_AS_IDLE_MINUTES,
  type ViewAsEvent,
  type ViewAsSession,
  viewAsStateAt,
} from './view-as';

const agents = [
  { id: 'agent-1', team: 'north', leads: ['lead', 'head'] },
  { id: 'mate', team: 'north', leads: ['lead', 'head'] },
  { id: 'agent-2', team: 'south', leads: ['head'] },
  { id: 'head', team: 'board', leads: [] },
] as const;
const start: ViewAsSession = { state: 'located', agent: agents[0], requestedBy: null, opened: null };
const people = fc.constantFrom(...agents);
const event: fc.Arbitrary<ViewAsEvent> = fc.oneof(
  people.map(({ id }) => ({ do: 'ask-approval' as const, by: id })),
  people.map((by) => ({ do: 'approve' as const, by })),
  fc
    .constantFrom('', ' ', 'The police called: somebody is in danger.')
    .map((report) => ({ do: 'break-glass' as const, report })),
  fc.constantFrom(
    { do: 'code-verified' as const },
    { do: 'end-agent' as const },
    { do: 'end-subject' as const },
    { do: 'revoke-supervisor' as const },
    { do: 'kill' as const },
    { do: 'review' as const },
  ),
);

function story(events: readonly ViewAsEvent[]) {
  let view = start;
  return events.map((each) => {
    const before = view;
    const next = nextViewAs(view, each);
    view = next ?? view;
    return { before, event: each, moved: next !== null, after: view };
  });
}

describe('after any sequence of events', () => {
  test('nothing opens without a code, an independent approver or a report', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 15 }), (events) => {
        const steps = story(events);
        const opening = steps.find(({ before, after }) => before.state !== 'active' && after.state === 'active');
        if (!opening) return;
        const { event: by, after } = opening;
        if (by.do === 'code-verified') expect(after.opened).toBe('code');
        else if (by.do === 'approve') expect([after.requestedBy, by.by.id]).toEqual(['agent-1', 'agent-2']);
        else expect(by.do === 'break-glass' && by.report.trim()).toBeTruthy();
      }),
      { numRuns: 5_000 },
    );
  });

  test('a session becomes active once', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 15 }), (events) => {
        const openings = story(events).filter(({ moved, after }) => moved && after.state === 'active');
        expect(openings.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5_000 },
    );
  });

  test('the subject can always stop it, and only a review follows', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 15 }), (events) => {
        const last = story(events).at(-1)?.after ?? start;
        const stopped = nextViewAs(last, { do: 'end-subject' });
        expect(stopped === null).toBe(isViewAsOver(last.state));
        if (stopped) expect(nextViewAs(stopped, { do: 'code-verified' })).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});

test('every session ends at its last minute or when idle', () => {
  const seen = Temporal.Instant.from('2026-03-02T09:00:00Z');
  const times = { lastSeenAt: seen, expiresAt: seen.add({ minutes: 15 }) };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 * 60 }), (seconds) => {
      const state = viewAsStateAt('active', times, seen.add({ seconds }));
      expect(state).toBe(seconds < VIEW_AS_IDLE_MINUTES * 60 ? 'active' : 'expired');
    }),
  );
  expect(viewAsStateAt('active', { ...times, lastSeenAt: times.expiresAt }, times.expiresAt)).toBe('expired');
});

test('a code may have groups, dashes or Arabic digits', () => {
  for (const typed of ['1234 5678', '1234-5678', '12345678', '١٢٣٤ ٥٦٧٨', '۱۲۳۴۵۶۷۸'])
    expect(spokenDigits(typed)).toBe('12345678');
  for (const wrong of ['', '1234567', '123456789', 'abcdefgh', '1234567x']) expect(spokenDigits(wrong)).toBeNull();
});

test.each([
  ['2026-0412/7', true],
  ['call-1', true],
  ['4471', true],
  ['Amal', false],
  ['Amal Haddad 1', false],
  ['أمل1', false],
  ['1\n2', false],
  ['', false],
  ['1'.repeat(41), false],
])('%j is a call number: %s', (text, is) => {
  expect(isCallNumber(text)).toBe(is);
});
