import { describe, expect, test } from 'vitest';
import { config } from '~/config/config.server';
import { noSessionCookie } from '~/identity/cookies.server';
import { failurePolicy } from './failure-page.server';
import { pagePolicy, securityHeaders } from './headers.server';

const open = { ...config(), ORIGIN: 'https://portal.example', production: true };
const always = securityHeaders(open);
const policies = {
  'an answer without a page': always['content-security-policy'] ?? '',
  'a page': pagePolicy('bm9uY2U=', open),
  'a plain failure page': failurePolicy(open),
};

test('browsers are told to use TLS for two years, subdomains too', () => {
  expect(always['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  expect(securityHeaders({ ...open, ORIGIN: 'http://localhost:3000' })).not.toHaveProperty('strict-transport-security');
});

describe('the header score', () => {
  test.each(Object.entries(policies))('of %s is 155', (_what, policy) => {
    expect(score(always, policy, [noSessionCookie])).toBe(155);
  });

  test('falls without a header, with open scripts or an open cookie', () => {
    const policy = policies['a page'];
    for (const name of ['strict-transport-security', 'x-content-type-options', 'cross-origin-opener-policy'])
      expect(score({ ...always, [name]: '' }, policy, [])).toBeLessThan(155);
    expect(score(always, policy.replace("'nonce-bm9uY2U='", "'unsafe-inline'"), [])).toBeLessThan(155);
    expect(score(always, policy, ['a=1; Path=/; Secure'])).toBeLessThan(155);
  });
});

/**
 * The score that Mozilla's HTTP Observatory gives, as far as headers decide it: 100 for what must be there, and its extra
 * points. Scripts with hashes would add 5, and an entry in browsers' preload lists 5.
 */
function score(headers: Readonly<Record<string, string>>, policy: string, cookies: readonly string[]): number {
  const directives = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
  const scripts = directives.get('script-src') ?? directives.get('default-src') ?? '';
  const points: readonly (readonly [boolean, number])[] = [
    [Number(/max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1] ?? 0) >= 15_768_000, 50],
    [headers['x-content-type-options'] === 'nosniff', 50],
    [directives.get('default-src') === "'none'" && !/unsafe|http|\*/.test(scripts), 10],
    [directives.get('frame-ancestors') === "'none'" && directives.get('base-uri') === "'none'", 5],
    [cookies.every((cookie) => /^__Host-.*; HttpOnly; Secure; SameSite=Lax$/.test(cookie)), 5],
    [/^(no-referrer|same-origin)$/.test(headers['referrer-policy'] ?? ''), 5],
    [headers['cross-origin-opener-policy'] === 'same-origin', 10],
    [headers['cross-origin-resource-policy'] === 'same-origin', 10],
    [headers['cross-origin-embedder-policy'] === 'require-corp', 10],
  ];
  return points.reduce((sum, [holds, worth]) => sum + (holds ? worth : 0), 0);
}
