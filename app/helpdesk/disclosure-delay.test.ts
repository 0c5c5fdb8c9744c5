import { afterAll, beforeAll, expect, test } from 'vitest';
import { reportUnconfirmed } from '~/audit/emergency.server';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { openTestStore, rowsOf } from '../../tests/database';
import { employed } from '../../tests/machines/calls';
import { answer } from './second-person.server';
import { breakGlass } from './without-code.server';

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  agency = await startAgency();
  process.env.ZAKEN_URL = `${agency.url}/zaken/api/v1`;
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
  await agency.stop();
});

/** Without faults of the rows themselves, which `request-rows.test.ts` is about. */
const verified = async () =>
  (await verifyStored(store.url, config().OWNER_SECRET)).faults.filter(({ kind }) => kind !== 'request-altered');
/** As an attacker who owns the database could. */
const forced = (change: string) => rowsOf(store.url, change);
const seqOf = async (action: string, grant: string) => {
  const [row] = await rowsOf(
    store.url,
    `select seq::int from audit_event join view_request on body like '%' || view_request.id || '%'
      where action = '${action}' and view_request.grant_id = '${grant}'`,
  );
  return row?.seq;
};

/** Opens a person's file in an emergency. */
async function opened(person: string, hold: boolean): Promise<string> {
  const found = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === person);
  const form = new FormData();
  const fields = {
    reference: found?.reference ?? '',
    call: 'call-1',
    category: 'danger-person',
    report: 'The police called: there is real danger.',
  };
  for (const [name, value] of Object.entries({ ...fields, ...(hold ? { hold: 'yes' } : {}) })) form.set(name, value);
  const view = await breakGlass(await employed('north', ['a']), form);
  if (!('grant' in view)) throw new Error(view.why);
  if (hold) await confirmHidden(view.grant.id);
  return view.grant.id;
}

/** A second employee confirms the emergency and hides the look from the person. */
async function confirmHidden(grant: string): Promise<void> {
  const [row] = await rowsOf(store.url, `select id, hold_until from view_request where grant_id = '${grant}'`);
  expect(row?.hold_until).toBeNull();
  const form = new FormData();
  form.set('request', `${row?.id}`);
  form.set('answer', 'yes-hidden');
  expect(await answer(await employed('south', ['b']), form)).toBe('yes-hidden');
}

test('a disclosure delay beyond the audit log is found, with its entry', async () => {
  await forced('alter table view_request drop constraint view_request_two_hide');
  const held = await opened('amal', true);
  const open = await opened('farid', false);
  expect(await verified()).toEqual([]);
  const [was] = await rowsOf(
    store.url,
    `select hold_until::text as until from view_request where grant_id = '${held}'`,
  );
  const put = (until: string, grant: string) =>
    forced(`update view_request set hold_until = ${until} where grant_id = '${grant}'`);

  await put("hold_until + interval '1 day'", held);
  expect(await verified()).toEqual([{ kind: 'hold-unrecorded', seq: await seqOf('safety-hold', held) }]);
  await put(`'${was?.until}'`, held);
  expect(await verified()).toEqual([]);

  await put("now() + interval '1 hour'", open);
  expect(await verified()).toEqual([{ kind: 'hold-unrecorded', seq: await seqOf('break-glass', open) }]);
  await put('null', open);
  expect(await verified()).toEqual([]);

  // A delay that was decided for another look.
  const hold = await seqOf('safety-hold', held);
  await forced(`update view_request set grant_id = '${open}' where grant_id = '${held}'`);
  expect(await verified()).toEqual([{ kind: 'hold-unrecorded', seq: hold }]);
  await forced(`update view_request set grant_id = '${held}' where hold_until is not null`);
  expect(await verified()).toEqual([]);

  // Unconfirmed: from then on any delay is a fault.
  await forced("update view_request set answer_before = now(), state = 'pending'");
  await reportUnconfirmed();
  expect(await verified()).toEqual([]);
  await put(`'${was?.until}'`, held);
  expect(await verified()).toEqual([{ kind: 'hold-unrecorded', seq: hold }]);
});

test('two processes report an unconfirmed emergency once', async () => {
  const grant = await opened('amal', false);
  await forced(`update view_request set answer_before = now() where grant_id = '${grant}'`);
  await Promise.all([reportUnconfirmed(), reportUnconfirmed()]);
  const reports = "select seq from audit_event where action = 'report-emergency'";
  expect(await rowsOf(store.url, `${reports} and grant_id = '${grant}'`)).toHaveLength(1);
});
