import { expect, test } from 'vitest';
import { isStoreFailure, StoreTimeout } from './store-failure';

const withCode = (code: string) => Object.assign(new Error('refused'), { code });

test('an absent or silent database differs from a fault of ours', () => {
  for (const error of [
    new StoreTimeout(),
    withCode('ECONNREFUSED'),
    withCode('57P01'),
    withCode('57014'),
    new Error('Failed query', { cause: withCode('ECONNRESET') }),
    new Error('Failed query', { cause: new Error('Query read timeout') }),
    new Error('timeout exceeded when trying to connect'),
  ])
    expect(isStoreFailure(error), String(error)).toBe(true);
  for (const error of [new Error('x is undefined'), withCode('42P01'), withCode('23505'), null, 'text'])
    expect(isStoreFailure(error), String(error)).toBe(false);
});
