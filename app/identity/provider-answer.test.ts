import { expect, test } from 'vitest';
import { isProviderFailure, withoutNulls } from './provider-answer.server';

const json = (body: string, type = 'application/json') =>
  withoutNulls(new Response(body, { headers: { 'content-type': type } })).then((answer) => answer.text());

test("a provider's null member is an absent one", async () => {
  const answer = '{"refresh_token":null,"scope":"openid","keys":[{"kid":null,"n":"1"}]}';
  expect(await json(answer)).toBe('{"scope":"openid","keys":[{"n":"1"}]}');
  expect(await json('{"sub"')).toBe('{"sub"');
  expect(await json('a.b.c', 'application/jwt')).toBe('a.b.c');
});

test.each([
  [{ code: 'OAUTH_TIMEOUT' }, true],
  [{ code: 'ERR_JWKS_TIMEOUT' }, true],
  [new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }), true],
  [{ code: 'OAUTH_RESPONSE_IS_NOT_CONFORM', cause: { status: 503 } }, true],
  [{ code: 'OAUTH_RESPONSE_BODY_ERROR', status: 400 }, false],
  [{ code: 'OAUTH_INVALID_RESPONSE', cause: { code: 'OAUTH_INVALID_RESPONSE' } }, false],
  [null, false],
])('%o is a failure of the provider: %s', (error, expected) => {
  expect(isProviderFailure(error)).toBe(expected);
});
