import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesPerHour } from './file-limit';

test('few clients can all be opened, many cannot', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (clients) => {
      expect(filesPerHour(clients)).toBeGreaterThanOrEqual(clients);
    }),
  );
  expect(filesPerHour(300)).toBe(90);
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 2_000 }), (clients) => {
      expect(filesPerHour(clients)).toBeLessThan(clients / 3);
    }),
  );
});

test('more clients never means fewer files', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (clients) => {
      expect(filesPerHour(clients + 1)).toBeGreaterThanOrEqual(filesPerHour(clients));
    }),
  );
});
