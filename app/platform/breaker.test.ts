import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBreaker, DEFAULT_RULES } from './breaker';

const RULES = { windowMs: 1_000, minimumCalls: 4, failureShare: 0.5, retryAfterMs: 200 };

/** A breaker that opened at this time. */
function opened(at: number) {
  const breaker = createBreaker(RULES);
  for (let call = 0; call < RULES.minimumCalls; call += 1) breaker.failed(at);
  return breaker;
}

describe('a breaker', () => {
  test('permits every call until enough calls have failed', () => {
    const breaker = createBreaker(RULES);
    for (let call = 1; call < RULES.minimumCalls; call += 1) {
      breaker.failed(5_000);
      expect(breaker.permits(5_000)).toBe(true);
    }
    breaker.failed(5_000);
    expect(breaker.state).toBe('open');
    expect(breaker.permits(5_000)).toBe(false);
  });

  test('stays closed while less than half of the calls fail', () => {
    const breaker = createBreaker(RULES);
    for (let round = 0; round < 50; round += 1) {
      breaker.failed(5_000 + round);
      breaker.succeeded();
      breaker.succeeded();
    }
    expect(breaker.state).toBe('closed');
  });

  test('ignores failures older than its window', () => {
    const breaker = createBreaker(RULES);
    for (let call = 0; call < 20; call += 1) breaker.failed(5_000 + call * 400);
    expect(breaker.state).toBe('closed');
  });

  test('blocks calls for a while, then permits one trial call', () => {
    const breaker = opened(5_000);
    expect(breaker.permits(5_199)).toBe(false);
    expect([breaker.permits(5_200), breaker.permits(5_200), breaker.permits(5_300)]).toEqual([true, false, false]);
    expect(breaker.state).toBe('trying');
  });

  test('closes after a successful trial and counts from zero', () => {
    const breaker = opened(5_000);
    breaker.permits(5_200);
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
    breaker.failed(5_201);
    breaker.failed(5_202);
    expect(breaker.permits(5_203)).toBe(true);
  });

  test('stays open for another period after a failed trial', () => {
    const breaker = opened(5_000);
    breaker.permits(5_200);
    breaker.failed(5_290);
    expect([breaker.permits(5_400), breaker.permits(5_490)]).toEqual([false, true]);
    // Also when no call came for so long that all earlier failures are forgotten.
    breaker.failed(5_490);
    expect(breaker.permits(90_000)).toBe(true);
    breaker.failed(90_010);
    expect([breaker.permits(90_205), breaker.permits(90_210)]).toEqual([false, true]);
  });

  test('permits another trial when the first never ends', () => {
    const breaker = opened(5_000);
    breaker.permits(5_200);
    expect([breaker.permits(5_399), breaker.permits(5_400)]).toEqual([false, true]);
  });

  test('always permits a call again in time and closes after a success', () => {
    const events = fc.array(fc.record({ after: fc.nat(3_000), failed: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(events, (story) => {
        const breaker = createBreaker(DEFAULT_RULES);
        let now = 1_000_000;
        for (const { after, failed } of story) {
          now += after;
          if (!breaker.permits(now)) {
            expect(breaker.state).not.toBe('closed');
            continue;
          }
          if (failed) breaker.failed(now);
          else breaker.succeeded();
          if (!failed) expect(breaker.state).toBe('closed');
        }
        expect(breaker.permits(now + DEFAULT_RULES.retryAfterMs)).toBe(true);
      }),
    );
  });
});
