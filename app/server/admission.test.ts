import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdmission } from './admission.server';

test('at least the minimum and at most the maximum enter', () => {
  const step = fc.constantFrom('comes', 'goes', 'second passes');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 80 }), (always, steps) => {
      const most = always + 3;
      let now = 0;
      const admission = createAdmission({ always, most }, () => now);
      const inside: (() => void)[] = [];
      for (const one of steps) {
        if (one === 'second passes') now += 1000;
        else if (one === 'goes') inside.shift()?.();
        else {
          const leave = admission.enter('/nl/cases');
          if (inside.length < always) expect(leave).not.toBeNull();
          if (inside.length >= most) expect(leave).toBeNull();
          if (leave) inside.push(leave);
        }
      }
    }),
  );
});

test('fast requests raise the capacity, stuck ones lower it', () => {
  let now = 0;
  const admission = createAdmission({ always: 2, most: 100 }, () => now);
  for (let visit = 0; visit < 10; visit++) admission.enter('/nl')?.();
  const inside = () => Array.from({ length: 60 }, () => admission.enter('/nl')).filter((leave) => leave !== null);
  const quick = inside();
  expect(quick).toHaveLength(30);
  now += 5_000;
  expect(admission.enter('/nl')).toBeNull();
});

test('signing out and the sign-in callback have places of their own', () => {
  const admission = createAdmission({ always: 1, most: 1 }, () => 0);
  admission.enter('/nl/cases');
  expect(admission.enter('/nl/cases')).toBeNull();
  for (const path of ['/nl/sign-out', '/nl/signed-out', '/auth/callback', '/auth/signed-out'])
    expect(admission.enter(path)).not.toBeNull();
  const more = Array.from({ length: 100 }, () => admission.enter('/nl/sign-out')).filter((leave) => leave !== null);
  expect(more).toHaveLength(46);
});

test('visitors leave half of the places to those who are signed in', () => {
  let now = 0;
  const admission = createAdmission({ always: 4, most: 100 }, () => now);
  const entering = (times: number, signedIn: boolean) =>
    Array.from({ length: times }, () => admission.enter('/nl/wait', signedIn)).filter((leave) => leave !== null);
  const visitors = entering(10, false);
  expect(visitors).toHaveLength(2);
  expect(entering(10, true)).toHaveLength(2);
  expect(entering(1, false)).toHaveLength(0);
  for (const leave of visitors) leave();
  now += 5_000;
  expect(entering(10, false)).toHaveLength(2);
});
