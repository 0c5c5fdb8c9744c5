import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { departureCookies, departureOf, noDepartureCookie, sessionIdOf } from './cookies.server';
import { sessionOf } from './session.server';
import { safeReturn } from './way-back.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const ORIGIN = 'https://portal.example';
const pieces = fc.constantFrom(
  ...['/', '//', '\\', '..', '.', '/.', '@', ':', 'https:', 'javascript:', '%2f', '%5c', '%0d%0a', '\r\n', '\t', '\0'],
  ...['evil.example', '．', '。', '/nl/cases', '?', '#', 'x'],
);

test('the way back after sign-in is always a path of the portal', () => {
  const hostile = fc.oneof(
    fc.array(pieces, { maxLength: 6 }).map((each) => each.join('')),
    fc.string(),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(hostile, (to) => {
      const back = safeReturn(to, 'nl');
      const resolved = new URL(back, ORIGIN);
      expect(resolved.origin).toBe(ORIGIN);
      expect(resolved.href).toBe(ORIGIN + back);
      expect(back).not.toMatch(/[\s\\]|\/\//);
    }),
    { numRuns: 2_000 },
  );
  for (const path of ['/nl', '/nl/cases', '/ar/cases/AbC-_0123456789abcdefg', '/en/advisor/', '/theme/a.css'])
    expect(safeReturn(path, 'nl')).toBe(path);
  // It must fit into the sign-in cookie.
  expect(safeReturn(`/nl/${'a'.repeat(4_000)}`, 'nl')).toBe('/nl/cases');
});

test('a forged cookie opens nothing and fails nothing', async () => {
  const [name = '', sealed = ''] = sent(departureCookies(requestWith(''), 'state', '{"to":"/nl"}'))[0] ?? [];
  const value = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 300 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '')),
    fc.nat({ max: sealed.length - 1 }).map((at) => sealed.slice(0, at)),
    fc
      .nat({ max: sealed.length - 2 })
      .map((at) => `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`),
    fc.constant('x'.repeat(8_000)),
  );
  const names = fc.constantFrom('__Host-zicht', name, '__Host-zicht-sign-in-', '__host-zicht', 'zicht', '');
  const cookie = fc
    .array(
      fc.tuple(names, value).map((pair) => pair.join('=')),
      { maxLength: 4 },
    )
    .map((all) => all.join('; '));
  await fc.assert(
    fc.asyncProperty(cookie, async (header) => {
      const request = requestWith(header);
      expect(sessionIdOf(request)).not.toBe('');
      expect(departureOf(request, 'state')).toBeNull();
      expect(await sessionOf(request)).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test('each sign-in attempt has its own cookie, four at most', () => {
  const jar = new Map<string, string>();
  const header = () => [...jar].map((pair) => pair.join('=')).join('; ');
  for (const state of ['a', 'b', 'c', 'd', 'e'])
    for (const [name, value] of sent(departureCookies(requestWith(header()), state, `kept for ${state}`)))
      if (value === '') jar.delete(name);
      else jar.set(name, value);
  expect(['a', 'b', 'c', 'd', 'e'].map((state) => departureOf(requestWith(header()), state))).toEqual([
    null,
    ...['b', 'c', 'd', 'e'].map((state) => `kept for ${state}`),
  ]);
  for (const [name] of sent([noDepartureCookie('c')])) jar.delete(name);
  expect(jar.size).toBe(3);
  expect(departureOf(requestWith(header()), 'd')).toBe('kept for d');
});

const requestWith = (cookie: string) => new Request(`${ORIGIN}/nl/cases`, { headers: { cookie } });

/** Names and values of Set-Cookie headers. */
const sent = (cookies: readonly string[]) =>
  cookies.map((cookie) => (cookie.split(';')[0] ?? '').split('=', 2) as [string, string]);
