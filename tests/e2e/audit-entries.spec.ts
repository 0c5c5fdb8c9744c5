import { request } from 'undici';
import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import type { Stack } from './stack';
import { onlyZms } from './visits';

test.describe.configure({ timeout: 90_000 });
test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

interface Entry {
  readonly action: string;
  readonly result: string;
  readonly actorRole: string;
  readonly actor: string;
  readonly origin: string | null;
  readonly build: string | null;
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
  await person.ask('POST', booking ?? '');
  expect((await entryOf(stack, 'cancel-booking', mine)).onBehalfOf).toBe(booked.onBehalfOf);
  await person.ask('POST', '/nl/sign-out');
  await entryOf(stack, 'sign-out', mine);
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
