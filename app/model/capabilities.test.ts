import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Capabilities } from './appointment';
import { commonCapabilities } from './capabilities';

const COURIER = { kind: 'courier', url: 'https://courier.example', name: 'Courier' } as const;
const POST_OFFICE = { kind: 'place', url: 'https://post.example', name: 'Post office' } as const;
const capabilities: fc.Arbitrary<Capabilities> = fc.record({
  hold: fc.constantFrom('none', 'anonymous', 'owned'),
  holdRelease: fc.boolean(),
  maxParty: fc.integer({ min: 1, max: 9 }),
  move: fc.constantFrom('book-then-cancel', 'cancel-then-book', 'none'),
  tells: fc.boolean(),
  cancel: fc.constantFrom('yes', 'link', 'no'),
  instead: fc.constantFrom<Capabilities['instead'][]>(
    {},
    { DOC: [COURIER] },
    { DOC: [POST_OFFICE], BIO: [POST_OFFICE] },
  ),
});
const some = fc.array(capabilities, { minLength: 1, maxLength: 4 });

test('of one planner are unchanged', () => {
  fc.assert(
    fc.property(capabilities, (one) => {
      expect(commonCapabilities([one])).toEqual(one);
    }),
  );
});

test('of several are the weakest of each, in any order', () => {
  fc.assert(
    fc.property(some, (all) => {
      const common = commonCapabilities(all);
      expect(commonCapabilities([...all].reverse())).toEqual(common);
      const unless = (keeps: boolean, can: (one: Capabilities) => boolean) => expect(keeps).toBe(all.every(can));
      unless(common.hold === 'owned', ({ hold }) => hold === 'owned');
      unless(common.hold !== 'none', ({ hold }) => hold !== 'none');
      unless(common.holdRelease, ({ holdRelease }) => holdRelease);
      unless(common.move !== 'none', ({ move }) => move !== 'none');
      unless(common.cancel === 'yes', ({ cancel }) => cancel === 'yes');
    }),
  );
});

test('of several include the largest party', () => {
  fc.assert(
    fc.property(some, (all) => {
      expect(commonCapabilities(all).maxParty).toBe(Math.max(...all.map(({ maxParty }) => maxParty)));
    }),
  );
});

test('of no planner throw', () => {
  expect(() => commonCapabilities([])).toThrow('no planner');
});

test('of several include every alternative, couriers first', () => {
  const [one] = fc.sample(capabilities, 1);
  if (!one) throw new Error('no sample');
  const [post, courier] = [
    { ...one, instead: { DOC: [POST_OFFICE] } },
    { ...one, instead: { DOC: [COURIER] } },
  ];
  expect(commonCapabilities([post, courier, post]).instead).toEqual({ DOC: [COURIER, POST_OFFICE] });
  expect(commonCapabilities([post, { ...one, instead: {} }]).instead).toEqual({ DOC: [POST_OFFICE] });
});
