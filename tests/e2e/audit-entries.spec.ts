import { request } from 'undici';
import { Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import type { Stack } from './stack';
import { onlyZms } from './visits';
import { wordsOf } from './words';

const t = wordsOf('en');

test.describe.configure({ timeout: 90_000 });
test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

interface Entry {
  readonly action: string;
  readonly result: string;
  readonly actorRole: string;
  readonly actor: string;
  readonly origin: string | null;
  readonly build: string | null;
  readonly objectRef: string | null;
  readonly onBehalfOf: string | null;
  readonly actorAssurance: string | null;
}

/** The entries of an act, once they are written; they follow within seconds, so those of an earlier test may too. */
async function entriesOf(stack: Stack, action: string, actor?: string): Promise<Entry[]> {
  const read = async () =>
    (await stack.query('select body from audit_event where action = $1 order by seq', [action]))
      .map(({ body }): Entry => JSON.parse(String(body)))
      .filter((entry) => actor === undefined || entry.actor === actor);
  await expect.poll(async () => (await read()).length, { message: action, timeout: 10_000 }).toBeGreaterThan(0);
  return read();
}

/** The one entry of an act, with the fields that every entry of a request has. */
async function entryOf(stack: Stack, action: string, wanted: Partial<Entry>): Promise<Entry> {
  const all = await entriesOf(stack, action, wanted.actor);
  expect(all, action).toHaveLength(1);
  const [entry] = all;
  expect(entry, action).toMatchObject({ action, ...wanted });
  expect(
    [entry?.origin, entry?.build].every((known) => typeof known === 'string'),
    action,
  ).toBe(true);
  if (!entry) throw new Error('no entry');
  return entry;
}

async function caseOf(person: Actor): Promise<string> {
  const [, path = ''] = /href="(\/nl\/cases\/[\w-]+)"/.exec((await person.ask('GET', '/nl/cases')).body) ?? [];
  return path;
}

test('an applicant’s sign-in, visit and watch have an entry each', async ({ stack }) => {
  const person = await signedIn(stack, 'salma', 'applicant');
  const signIn = await entryOf(stack, 'sign-in', { result: 'done', actorRole: 'applicant' });
  expect(signIn.actorAssurance).not.toBeNull();
  const mine = { result: 'done', actorRole: 'applicant', actor: signIn.actor };
  const search = `${await caseOf(person)}/appointment`;
  await person.ask('POST', `${await caseOf(person)}/watch`, { do: 'set', before: '2026-05-01' });
  await entryOf(stack, 'set-watch', mine);
  await person.ask('POST', `${await caseOf(person)}/watch`, { do: 'stop' });
  await entryOf(stack, 'stop-watch', mine);
  const [, slot = ''] = /name="slot" value="([^"]+)"/.exec((await person.ask('GET', search)).body) ?? [];
  const { to: hold } = await person.ask('POST', search, { slot });
  const { to: booking } = await person.ask('POST', hold ?? '', { do: 'confirm', email: 'salma@example.org' });
  const booked = await entryOf(stack, 'book', mine);
  expect(booked.onBehalfOf).not.toBeNull();
  const old = booking?.split('/').at(-1) ?? '';
  const moving = `${search}?move=${old}`;
  const slots = [...(await person.ask('GET', moving)).body.matchAll(/name="slot" value="([^"]+)"/g)];
  const { to: newHold } = await person.ask('POST', moving, { slot: slots.at(-1)?.[1] ?? '' });
  const form = { do: 'confirm', email: 'salma@example.org', agree: '1' };
  const { to: moved } = await person.ask('POST', newHold ?? '', form);
  expect((await entryOf(stack, 'move-booking', mine)).onBehalfOf).toBe(booked.onBehalfOf);
  expect(moved).not.toBe(booking);
  await person.ask('POST', moved ?? '');
  expect((await entryOf(stack, 'cancel-booking', mine)).onBehalfOf).toBe(booked.onBehalfOf);
  await person.ask('POST', '/nl/sign-out');
  await entryOf(stack, 'sign-out', mine);
});

test('a draw’s two employees and its tickets have an entry each', async ({ stack }) => {
  const [one, other] = [await signedIn(stack, 'desk-1', 'staff'), await signedIn(stack, 'desk-2', 'staff')];
  const wanted = { product: 'BIO', from: '2026-03-03', until: '2026-05-01', day: '2026-03-02', time: '12:00' };
  await one.ask('POST', '/nl/staff/releases', { ...wanted, confirmHours: '24' });
  const planned = await entryOf(stack, 'plan-draw', { result: 'done', actorRole: 'staff' });
  const [{ id } = { id: '' }] = await stack.query('select id from release');
  await other.ask('POST', '/nl/staff/releases', { release: String(id), do: 'confirm' });
  const confirmed = await entryOf(stack, 'confirm-draw', { result: 'done', objectRef: String(id) });
  expect(confirmed.actor).not.toBe(planned.actor);
  await stack.query(`update release set opens_at = timestamptz '2026-03-02T08:59:00Z'`);
  await stack.clearCaches();
  const person = await signedIn(stack, 'salma-guardian', 'applicant');
  const search = `${await caseOf(person)}/appointment`;
  await person.ask('POST', search, { draw: 'take' });
  const taken = await entryOf(stack, 'take-ticket', { result: 'done', objectRef: String(id), actorRole: 'applicant' });
  // The guardian takes it for the child.
  expect(await stack.query('select owner from ticket')).toEqual([{ owner: taken.onBehalfOf }]);
  await person.ask('POST', search, { draw: 'give-back' });
  const { actor, onBehalfOf, objectRef } = taken;
  await entryOf(stack, 'return-ticket', { result: 'done', actor, onBehalfOf, objectRef });
});

test('a statement can be checked by anybody until it is withdrawn', async ({ stack }) => {
  const person = await signedIn(stack, 'salma', 'applicant');
  const path = `${await caseOf(person)}/statement`;
  const made = await person.ask('POST', path, { do: 'make' });
  const [code = ''] = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(made.body) ?? [];
  const mine = { result: 'done', actorRole: 'applicant' };
  const { objectRef } = await entryOf(stack, 'make-statement', mine);
  const anybody = new Actor('', 'anyone', stack.origin, '');
  expect((await anybody.ask('GET', `/check/${code}`)).to).toMatch(new RegExp(`^/\\w\\w/check/${code}$`));
  expect((await anybody.ask('POST', '/en/check', { code: ` ${code.toLowerCase().replaceAll('-', ' ')}` })).to).toBe(
    `/en/check/${code}`,
  );
  const checked = await anybody.ask('GET', `/en/check/${code}`);
  expect(checked.body).toContain(t('statement:check.genuine'));
  expect(checked.body).toContain('Salma');
  await entryOf(stack, 'check-statement', { result: 'done', actorRole: 'anyone', objectRef });
  expect((await person.ask('GET', '/en/who-looked')).body).toContain(t('audit:action.check-statement'));
  const [row] = await stack.query("select encode(facts, 'escape') as facts, code_hash from statement");
  expect(JSON.stringify(row)).not.toMatch(new RegExp(`Salma|${code}|${code.replaceAll('-', '')}`));
  await person.ask('POST', path, { do: 'withdraw', statement: objectRef ?? '' });
  await entryOf(stack, 'withdraw-statement', mine);
  const other = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
  const [wrong, withdrawn] = [other, code].map((one) => anybody.ask('GET', `/en/check/${one}`, {}, [one]));
  expect(await withdrawn).toEqual(await wrong);
  expect((await wrong)?.status).toBe(404);
});

test('refusals and an export have an entry each', async ({ stack }) => {
  await request(`${stack.origin}/auth/callback?code=made-up&state=made-up`);
  await entryOf(stack, 'refuse-sign-in', { result: 'denied', actorRole: 'anyone' });
  const person = await signedIn(stack, 'salma', 'applicant');
  await person.ask('GET', '/nl/staff/releases');
  await entryOf(stack, 'refused-by-policy', { result: 'denied', actorRole: 'applicant' });
  const employee = await signedIn(stack, 'desk-1', 'staff');
  await employee.ask('GET', '/nl/helpdesk/insight/export');
  await entryOf(stack, 'export-reasons', { result: 'done', actorRole: 'staff' });
  const method = 'POST';
  await request(`${stack.origin}/nl/sign-out`, { method, headers: { origin: 'https://evil.example' } });
  await entryOf(stack, 'refused-request', { result: 'denied', actorRole: 'anyone' });
});
