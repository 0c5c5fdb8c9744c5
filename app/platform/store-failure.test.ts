import { expect, test } from 'vitest';
import { isStoreFailure, StoreTimeout } from './store-failure';

const withCode = (code: string) => Object.assign(new Error('refused'), { code });

test('an absent or silent database differs from a fault of ours', () => {
  for (const error of [
    new StoreTimeout(),
    withCode('ECONNREFUSED'),
    withCode('57P01'),
    ...['57014', '40P01', '40001', '53100', '53300', '58030', '28P01', '25P03', '3D000', '25006'].map(withCode),
    ...['EMFILE', 'ENETUNREACH', 'CERT_HAS_EXPIRED'].map(withCode),
    new Error('Client has encountered a connection error and is not queryable'),
    new Error('timeout expired'),
    new Error('Failed query', { cause: withCode('ECONNRESET') }),
    new Error('Failed query', { cause: new Error('Query read timeout') }),
    new Error('timeout exceeded when trying to connect'),
  ])
    expect(isStoreFailure(error), String(error)).toBe(true);
  for (const error of [
    new Error('x is undefined'),
    ...['42P01', '23505', '22001', 'ENOENT'].map(withCode),
    null,
    'text',
  ])
    expect(isStoreFailure(error), String(error)).toBe(false);
});
