import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateCounter, limitFor } from './rate-limit';
import { ROUTES } from './route-policy';

const LIMIT = { name: 'test', seconds: 60, person: 3 };

test('exactly as many requests as the limit pass in a window', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 59_999 }), { maxLength: 20 }), (times) => {
      let now = 0;
      const counter = createRateCounter(() => now);
      const passed = times
        .sort((a, b) => a - b)
        .filter((time) => {
          now = time;
          return counter.count(LIMIT, 'person', 'one') === null;
        });
      expect(passed).toHaveLength(Math.min(3, times.length));
    }),
  );
});

test('a refusal says after how many seconds the window ends', () => {
  let now = 0;
  const counter = createRateCounter(() => now);
  for (let n = 0; n < 3; n++) expect(counter.count(LIMIT, 'person', 'one')).toBeNull();
  now = 20_500;
  expect(counter.count(LIMIT, 'person', 'one')).toBe(40);
  now = 60_000;
  expect(counter.count(LIMIT, 'person', 'one')).toBeNull();
});

test('a person, session or network has a limit of its own', () => {
  const counter = createRateCounter(() => 0);
  for (let n = 0; n < 5; n++) counter.count(LIMIT, 'person', 'one');
  expect(counter.count(LIMIT, 'person', 'two')).toBeNull();
  expect(counter.count(LIMIT, 'session', 'one')).toBeNull();
});

test('every address that takes forms has a limit', () => {
  for (const [pattern, methods] of Object.entries(ROUTES))
    if (methods.POST) expect(limitFor('POST', pattern), pattern).not.toBeNull();
});
