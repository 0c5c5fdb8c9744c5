import { expect, test, vi } from 'vitest';
import { patiently } from './patient-fetch.server';

const ADDRESS = 'https://login.example/keys';
const answer = (status: number) => new Response(null, { status });
const never = () => new Promise<Response>(() => {});

/** Answers requests in turn, and counts them. */
function asked(...answers: (() => Promise<Response>)[]) {
  const ask = vi.fn(() => (answers.shift() ?? never)());
  return { ask, fetchIt: patiently(ask, 50, 5) };
}

test('a request without an answer is sent once more', async () => {
  const { ask, fetchIt } = asked(never, async () => answer(200));
  expect((await fetchIt(ADDRESS, {})).status).toBe(200);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('a broken connection and a failing server are asked again', async () => {
  const { ask, fetchIt } = asked(
    () => Promise.reject(new TypeError('fetch failed')),
    async () => answer(503),
    async () => answer(200),
  );
  expect((await fetchIt(ADDRESS, {})).status).toBe(200);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('a server that fails three times says so', async () => {
  const { fetchIt } = asked(...[500, 502, 503].map((status) => async () => answer(status)));
  expect((await fetchIt(ADDRESS, {})).status).toBe(503);
  const broken = asked(...[1, 2, 3].map((n) => () => Promise.reject(new TypeError(`failed ${n}`))));
  await expect(broken.fetchIt(ADDRESS, {})).rejects.toThrow('failed 3');
});

test('a refusal is an answer, and a code is sent once', async () => {
  const refused = asked(async () => answer(404));
  expect((await refused.fetchIt(ADDRESS, {})).status).toBe(404);
  const post = asked(() => Promise.reject(new TypeError('fetch failed')));
  await expect(post.fetchIt(ADDRESS, { method: 'POST' })).rejects.toThrow('fetch failed');
  expect([refused.ask.mock.calls.length, post.ask.mock.calls.length]).toEqual([1, 1]);
});
