import { expect, test } from 'vitest';
import { originOf } from './origin.server';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test.each([
  ['computer', FIREFOX],
  [
    'phone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
  ],
  [
    'phone',
    'Mozilla/5.0 (Linux; Android 8.1.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/69.0.3497.100 Mobile Safari/537.36',
  ],
  ['tablet', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'],
  ['program', 'curl/8.5.0'],
  ['program', ''],
])('a %s is recognised by its user agent', (device, agent) => {
  expect(originOf({ 'user-agent': agent }, { NETWORK_HEADER: undefined })).toBe(`${device}, network unknown`);
});

test('only a valid network name from the configured header counts', () => {
  const told = { 'user-agent': FIREFOX, 'x-network': 'office' };
  expect(originOf(told, { NETWORK_HEADER: 'X-Network' })).toBe('computer, network office');
  expect(originOf(told, { NETWORK_HEADER: undefined })).toBe('computer, network unknown');
  for (const lie of ['10.0.0.7', 'Amal Haddad', 'office\u0000', '', 'a'.repeat(30)])
    expect(originOf({ ...told, 'x-network': lie }, { NETWORK_HEADER: 'X-Network' })).toBe('computer, network unknown');
});
