import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';
import type { Professional } from '~/identity/session.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { noteEmployee } from '~/store/employee.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { answer } from './second-person.server';
import { askApproval } from './without-code.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
  for (const [id, team] of [
    ['one', 'a'],
    ['two', 'b'],
  ] as const)
    await noteEmployee({ id: actorPseudonym(id), team, leads: [] }, null);
});
afterAll(() => store.close());

const employee = (id: string): Professional => ({
  actor: { id, role: 'staff', name: '' },
  staffRoles: ['helpdesk'],
  office: null,
  assurance: null,
  sessionMark: `session of ${id}`,
  language: 'nl',
});
const faults = async () =>
  (await verifyStored(store.url, config().OWNER_SECRET)).faults.map(({ kind, seq }) => `${kind} ${seq}`);

async function asked(): Promise<string> {
  const form = new FormData();
  const fields = { reference: 'Z1', call: 'C-2026-000001', purpose: 'question-page', calledBack: 'yes' };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const fact of ['born', 'applied', 'procedure']) form.append('facts', fact);
  const made = await askApproval(employee('one'), form);
  if (!('request' in made)) throw new Error(`not asked: ${JSON.stringify(made)}`);
  return made.request.id;
}

test('the verifier finds altered, deleted and forged requests', async () => {
  const withdrawn = await asked();
  const id = await asked();
  const yes = new FormData();
  yes.set('request', id);
  yes.set('answer', 'yes');
  expect(await answer(employee('two'), yes)).toBe('yes');
  expect(await faults()).toEqual([]);

  for (const change of [
    `call_id = 'another'`,
    `agent = '${actorPseudonym('three')}'`,
    `facts = '{}'`,
    `state = 'used'`,
    `state = 'pending', answered_by = null, answered_at = null`,
    `reported_at = now()`,
  ]) {
    const [before] = await rowsOf(
      store.url,
      `select row_to_json(view_request)::text as row from view_request where id = '${id}'`,
    );
    await rowsOf(store.url, `update view_request set ${change} where id = '${id}'`);
    expect(await faults(), change).toEqual(['request-altered 3']);
    await rowsOf(
      store.url,
      `delete from view_request where id = '${id}';
       insert into view_request select * from json_populate_record(null::view_request, '${before?.row}'::json)`,
    );
    expect(await faults()).toEqual([]);
  }
  await rowsOf(store.url, `update view_request set state = 'used' where id = '${withdrawn}'`);
  expect(await faults()).toEqual(['request-altered 1']);
  await rowsOf(store.url, `delete from view_request where id = '${withdrawn}'`);
  expect(await faults()).toEqual(['request-missing 1']);
});
