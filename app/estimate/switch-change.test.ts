import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '~/model/viewer';
import { today } from '~/platform/clock.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { changeSwitch, confirmPrepared } from './switch-change.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const employee = (id: string): Actor => ({ id, role: 'staff', name: '' });
const [one, other] = [employee('desk-1'), employee('desk-2')] as const;
const days = (count: number): string => today('Europe/Amsterdam').add({ days: count }).toString();
const GOOD = { procedure: 'study', trust: 'none', reason: 'decision-stop', until: days(30) };

function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
const change = (fields: Readonly<Record<string, string>>) =>
  changeSwitch(formOf({ ...GOOD, ...fields }), ['study'], one);
const entries = () =>
  rowsOf(
    store.url,
    `select action, actor, body::jsonb ->> 'objectRef' as switch, body::jsonb ->> 'result' as result
     from audit_event where action like '%-switch' order by seq`,
  );

test('the log names who prepared a switch, and who confirmed that one', async () => {
  expect(await change({})).toBe('prepared');
  const [{ id } = { id: 0 }] = await rowsOf(store.url, 'select id from estimate_switch');
  const confirm = formOf({ switch: String(id) });
  expect(await confirmPrepared(confirm, one)).toBe('cannot');
  expect(await entries()).toHaveLength(1);
  expect(await confirmPrepared(confirm, other)).toBe('saved');
  expect(await entries()).toEqual([
    { action: 'prepare-switch', actor: actorPseudonym('desk-1'), switch: String(id), result: 'done' },
    { action: 'confirm-switch', actor: actorPseudonym('desk-2'), switch: String(id), result: 'done' },
  ]);
  expect(await rowsOf(store.url, 'select set_by, confirmed_by from estimate_switch')).toEqual([
    { set_by: actorPseudonym('desk-1'), confirmed_by: actorPseudonym('desk-2') },
  ]);
});

test.each([
  [{ procedure: 'made-up' }, ['procedure']],
  [{ trust: 'sure' }, ['trust']],
  [{ reason: 'made-up' }, ['reason']],
  [{ until: days(-1) }, ['until']],
  [{ until: days(93) }, ['until']],
  [{ until: '2026-02-30' }, ['until']],
])('a switch with %o is refused', async (fields, wrong) => {
  const before = await entries();
  expect(await change(fields)).toEqual(wrong);
  expect(await entries()).toEqual(before);
});
