import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filesAnHour } from './brake';

test('an advisor with few clients can open them all; one with many not a third of them within an hour', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (clients) => {
      expect(filesAnHour(clients)).toBeGreaterThanOrEqual(clients);
    }),
  );
  expect(filesAnHour(300)).toBe(90);
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 2_000 }), (clients) => {
      expect(filesAnHour(clients)).toBeLessThan(clients / 3);
    }),
  );
});

test('one client more never means fewer files', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (clients) => {
      expect(filesAnHour(clients + 1)).toBeGreaterThanOrEqual(filesAnHour(clients));
    }),
  );
});
