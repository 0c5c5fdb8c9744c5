import { expect, test } from 'vitest';
import { givenRequestId, givenTraceparent } from './request-context.server';

test.each([
  ['a UUID', '6f1c2c4e-6c0a-4b7e-9a53-0d8f0c1f2a3b'],
  ['what nginx makes', '2f5a1d0e8c7b46f9a0b1c2d3e4f50617'],
  ['a short one', 'abc-1234'],
])('%s is kept as the id of the request', (_what, id) => {
  expect(givenRequestId(id)).toBe(id);
});

test.each([
  ['digits, as a person has', '999990019'],
  ['too short', 'abc'],
  ['too long', 'a'.repeat(65)],
  ['another character', 'abc 12345"'],
  ['a line break', 'abcdefgh\nx'],
  ['two headers', ['abcdefgh', 'abcdefgi']],
  ['none', undefined],
])('%s is no id of a request', (_what, id) => {
  expect(givenRequestId(id)).toBeNull();
});

test('only a well-formed trace is taken over', () => {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect(givenTraceparent(trace)).toBe(trace);
  for (const bad of [trace.toUpperCase(), `ff${trace.slice(2)}`, trace.replace(/7/g, 'x'), trace.slice(1), undefined])
    expect(givenTraceparent(bad)).toBeNull();
  expect(givenTraceparent(`00-${'0'.repeat(32)}-b7ad6b7169203331-01`)).toBeNull();
});
