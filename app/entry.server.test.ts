import { expect, test, vi } from 'vitest';
import { requestContext, routeArgs } from '../tests/route-args';
import type { AppLoadContext } from './framework/node.server';
import { TooMany } from './model/rate-limit';
import { StoreTimeout } from './platform/store-failure';

const { handleError } = await import('./entry.server');

function noPageFor(error: unknown): AppLoadContext['noPage'] {
  const context = requestContext();
  handleError(error, routeArgs(new Request('http://localhost:3000/nl'), context));
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
