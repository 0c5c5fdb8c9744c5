import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalOf } from './guards.server';

const origin = 'https://portal.example';

test('every accepted address leads to our own origin', () => {
  const address = fc.oneof(
    fc.string().map((text) => `/${text}`),
    fc.webPath(),
    fc.stringMatching(/^[/\\]{1,3}[a-z.@:%0-9]{0,12}$/),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(address, (url) => {
      if (refusalOf({ method: 'GET', url, headers: {} }, origin) !== null) return true;
      return new URL(origin + url).origin === origin;
    }),
    { numRuns: 2_000 },
  );
});

test('only our own origin may send a form', () => {
  const other = fc.oneof(
    fc.webUrl(),
    fc.string(),
    fc.constantFrom('https://portal.example.', 'https://portal.example:444', 'http://portal.example', 'null', ''),
  );
  fc.assert(
    fc.property(other, (sender) => {
      const refused = refusalOf({ method: 'POST', url: '/', headers: { origin: sender } }, origin);
      return (refused === null) === (sender === origin);
    }),
  );
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', ''])(
  'the method %s is refused',
  (method) => {
    expect(refusalOf({ method, url: '/', headers: {} }, origin)?.status).toBe(405);
  },
);

test.each([
  '/nl/cases.data',
  '/_root.data',
  '/nl/cases/x.data?_routes=routes/case',
  '/__manifest?p=/nl',
  '/nl/cases/x?_data=root',
])('the framework’s endpoint %s is refused', (url) => {
  expect(refusalOf({ method: 'GET', url, headers: {} }, origin)?.status).toBe(404);
});

test.each([
  [undefined, null],
  ['application/x-www-form-urlencoded', null],
  ['application/x-www-form-urlencoded;charset=UTF-8', null],
  ['application/json', 415],
  ['text/plain', 415],
  ['multipart/form-data; boundary=x', 415],
  ['application/x-www-form-urlencodedx', 415],
])('a body sent as %s', (type, status) => {
  const headers = { origin, ...(type ? { 'content-type': type } : {}) };
  expect(refusalOf({ method: 'POST', url: '/', headers }, origin)?.status ?? null).toBe(status);
});

test.each([
  { 'sec-purpose': 'prefetch' },
  { purpose: 'prefetch' },
  { 'x-moz': 'prefetch' },
  { 'x-purpose': 'preview' },
])('a speculative request (%o) opens nothing for a signed-in user', (hints) => {
  const headers = { ...hints, cookie: '__Host-session=x' };
  expect(refusalOf({ method: 'GET', url: '/', headers }, origin)?.status).toBe(503);
});
