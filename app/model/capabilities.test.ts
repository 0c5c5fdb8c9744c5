import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Capabilities } from './appointment';
import { commonCapabilities } from './capabilities';

const COURIER = { kind: 'courier', url: 'https://courier.example', name: 'Courier' } as const;
const POST_OFFICE = { kind: 'place', url: 'https://post.example', name: 'Post office' } as const;
const limit = fc.option(fc.integer({ min: 1, max: 999 }));
const capabilities: fc.Arbitrary<Capabilities> = fc.record({
  hold: fc.constantFrom('none', 'anonymous', 'owned'),
  holdSeconds: limit,
  holdRelease: fc.boolean(),
  holdExtend: fc.boolean(),
  party: fc.record({
    max: fc.integer({ min: 1, max: 9 }),
    identity: fc.constantFrom('each', 'lead'),
  }),
  services: fc.constantFrom('single', 'combinable'),
  confirm: fc.constantFrom('direct', 'mail-link'),
  move: fc.constantFrom('book-then-cancel', 'cancel-then-book', 'none'),
  cancel: fc.constantFrom('yes', 'link', 'no'),
  find: fc.boolean(),
  search: fc.record({ range: fc.constantFrom('none', 'days'), maxDays: limit }),
  instead: fc.constantFrom<Capabilities['instead'][]>(
    {},
    { DOC: [COURIER] },
    { DOC: [POST_OFFICE], BIO: [POST_OFFICE] },
  ),
});
const some = fc.array(capabilities, { minLength: 1, maxLength: 4 });

test('of one planner are its own', () => {
  fc.assert(
    fc.property(capabilities, (one) => {
      expect(commonCapabilities([one])).toEqual(one);
    }),
  );
});

test('of several promise nothing that one of them cannot keep, in whatever order they stand', () => {
  fc.assert(
    fc.property(some, (all) => {
      const common = commonCapabilities(all);
      expect(commonCapabilities([...all].reverse())).toEqual(common);
      const unless = (keeps: boolean, can: (one: Capabilities) => boolean) => expect(keeps).toBe(all.every(can));
      unless(common.hold === 'owned', ({ hold }) => hold === 'owned');
      unless(common.hold !== 'none', ({ hold }) => hold !== 'none');
      unless(common.holdRelease, ({ holdRelease }) => holdRelease);
      unless(common.holdExtend, ({ holdExtend }) => holdExtend);
      unless(common.holdSeconds !== null, ({ holdSeconds }) => holdSeconds !== null);
      unless(common.party.identity === 'each', ({ party }) => party.identity === 'each');
      unless(common.confirm === 'direct', ({ confirm }) => confirm === 'direct');
      unless(common.move !== 'none', ({ move }) => move !== 'none');
      unless(common.cancel === 'yes', ({ cancel }) => cancel === 'yes');
      unless(common.find, ({ find }) => find);
      unless(common.search.range === 'days', ({ search }) => search.range === 'days');
    }),
  );
});

test('of several take a party that one of them takes, and look no further ahead than each of them does', () => {
  fc.assert(
    fc.property(some, (all) => {
      const { party, search } = commonCapabilities(all);
      expect(party.max).toBe(Math.max(...all.map((one) => one.party.max)));
      const limits = all.flatMap((one) => one.search.maxDays ?? []);
      expect(search.maxDays).toBe(limits.length > 0 ? Math.min(...limits) : null);
    }),
  );
});

test('of no planner are not known', () => {
  expect(() => commonCapabilities([])).toThrow('no planner');
});

test('whatever planner knows a way without a visit, it is one, and a courier comes before another place', () => {
  const [one] = fc.sample(capabilities, 1);
  if (!one) throw new Error('no sample');
  const [post, courier] = [
    { ...one, instead: { DOC: [POST_OFFICE] } },
    { ...one, instead: { DOC: [COURIER] } },
  ];
  expect(commonCapabilities([post, courier, post]).instead).toEqual({ DOC: [COURIER, POST_OFFICE] });
  expect(commonCapabilities([post, { ...one, instead: {} }]).instead).toEqual({ DOC: [POST_OFFICE] });
});
