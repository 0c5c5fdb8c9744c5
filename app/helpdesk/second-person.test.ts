import { afterAll, beforeAll, expect, test } from 'vitest';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { employed } from '../../tests/machines/calls';
import { answer, requestViews } from './second-person.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('2,460 pending requests are read page by page', async () => {
  const [asker, colleague] = [await employed('north', ['a']), await employed('south', ['b'])];
  await rowsOf(
    store.url,
    `insert into view_request (id, kind, agent, agent_number, agent_session, purpose, call_id, category, state, asked_at,
        answer_before)
      select gen_random_uuid(), 'glass', '${actorPseudonym(asker.actor.id)}', 4471, 's', 'question-page', 'call-' || n,
        'danger-person', 'pending', now() - n * interval '1 second', now() + interval '10 minutes'
      from generate_series(1, 2460) n`,
  );
  const first = await requestViews(colleague, 0);
  expect(first.hasMore).toBe(true);
  expect(first.requests.map(({ callId }) => callId)).toEqual(Array.from({ length: 10 }, (_, n) => `call-${2460 - n}`));
  const last = await requestViews(colleague, 245);
  expect(last.hasMore).toBe(false);
  expect(last.requests.at(-1)?.callId).toBe('call-1');
  // One audit entry for each request that was shown, and no more.
  const entries = "select seq from audit_event where action = 'read-requests'";
  expect(await rowsOf(store.url, entries)).toHaveLength(20);
  // What is on no shown page can be answered too.
  const form = new FormData();
  const [row] = await rowsOf(store.url, "select id from view_request where call_id = 'call-7'");
  form.set('request', `${row?.id}`);
  form.set('answer', 'yes-hidden');
  expect(await answer(colleague, form)).toBe('cannot');
  form.set('answer', 'yes');
  expect(await answer(asker, form)).toBe('cannot');
  expect(await answer(colleague, form)).toBe('yes');
});
