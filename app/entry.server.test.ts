import { expect, test, vi } from 'vitest';
import type { AppLoadContext } from './framework/node.server';
import { TooMany } from './model/rate-limit';
import { StoreTimeout } from './platform/store-failure';

const { handleError } = await import('./entry.server');

function noPageFor(error: unknown): AppLoadContext['noPage'] {
  const context: AppLoadContext = { nonce: '', requestId: 'one', noPage: null };
  handleError(error, { request: new Request('http://localhost:3000/nl'), context, params: {} });
  return context.noPage;
}

test('a limit or an absent database gets the plain page', () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(noPageFor(new TooMany(40))).toEqual({ why: 'tooMany', retryAfter: 40 });
  expect(noPageFor(new Error('Failed query', { cause: new StoreTimeout() }))).toEqual({
    why: 'broken',
    retryAfter: 10,
  });
  expect(noPageFor(new Error('a fault of ours'))).toBeNull();
});
