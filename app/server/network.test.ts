import { expect, test } from 'vitest';
import { networkOf } from './network.server';

const of = (value: string) => networkOf({ 'x-forwarded-for': value }, 'X-Forwarded-For');

test('the address that the proxy itself added counts', () => {
  expect(of('198.51.100.1, 203.0.113.7')).toBe('203.0.113.7');
  expect(of('::ffff:203.0.113.7')).toBe('203.0.113.7');
});

test('IPv6 addresses of one /64 are one network', () => {
  expect(of('2001:db8:0:1::5')).toBe('2001:db8:0:1');
  expect(of('2001:0db8:0000:0001:ffff:1:2:3')).toBe('2001:db8:0:1');
  expect(of('2001:db8::1')).toBe('2001:db8:0:0');
});

test('without the setting or an address there is no network', () => {
  expect(networkOf({ 'x-forwarded-for': '203.0.113.7' }, undefined)).toBeNull();
  expect(of('unknown')).toBeNull();
  expect(networkOf({}, 'X-Forwarded-For')).toBeNull();
});
