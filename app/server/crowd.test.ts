import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCrowd } from './crowd.server';

test('never more are inside than may be, and whoever leaves makes room, in whatever order people come and go', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 60 }), (most, comings) => {
      const crowd = createCrowd(most);
      const inside: (() => void)[] = [];
      for (const comes of comings) {
        if (!comes) {
          inside.shift()?.();
          continue;
        }
        const leave = crowd.enter('/nl/cases');
        expect(leave === null).toBe(inside.length >= most);
        if (leave) inside.push(leave);
      }
    }),
  );
});

test('signing out, and coming back from the sign-in service, is never refused', () => {
  const crowd = createCrowd(1);
  crowd.enter('/nl/cases');
  expect(crowd.enter('/nl/cases')).toBeNull();
  for (const path of ['/nl/sign-out', '/nl/signed-out', '/auth/callback', '/auth/signed-out'])
    expect(crowd.enter(path)).not.toBeNull();
});
