import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { config } from '~/config/config.server';
import { zgwToken } from './token.server';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T09:00:00.900Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const partsOf = (token: string) => {
  const [header = '', claims = '', signature = '', ...more] = token.split('.');
  expect(more).toEqual([]);
  const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return { header: decoded(header), claims: decoded(claims), signed: `${header}.${claims}`, signature };
};

test('a token states the application, the user and the time', () => {
  const { header, claims } = partsOf(zgwToken('sub-1'));
  expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(claims).toEqual({
    iss: 'zicht',
    client_id: 'zicht',
    // A minute ago, for a registry whose clock is behind.
    iat: 1_772_441_940,
    exp: 1_772_445_540,
    user_id: 'sub-1',
    user_representation: '',
  });
});

test('a token can be verified with the secret and not changed', () => {
  const { signed, signature } = partsOf(zgwToken('ሰላም'));
  expect(signature).toBe(createHmac('sha256', config().ZGW_SECRET).update(signed).digest('base64url'));
  expect(partsOf(zgwToken('another')).signature).not.toBe(signature);
});

test('a token made an hour later differs, since backends refuse old ones', () => {
  const before = zgwToken('sub-1');
  vi.advanceTimersByTime(3_600_000);
  expect(zgwToken('sub-1')).not.toBe(before);
});
