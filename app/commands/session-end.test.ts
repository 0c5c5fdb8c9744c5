import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyStored } from '~/audit/verify-chain.server';
import { config } from '~/config/config.server';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { createSession, readSession } from '~/store/session.server';
import { runCommand } from '../../tests/command';
import { openTestStore, rowsOf } from '../../tests/database';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const BSN = '111222333';
const now = () => Temporal.Now.instant();
const open = (sub: string, bsn: string | null = null) =>
  createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, now(), {
    subject: actorPseudonym(sub),
    owner: bsn && ownerOfPerson({ kind: 'bsn', value: bsn }),
    device: 'phone',
    providerSession: null,
  });
const isOpen = async (id: string) => (await readSession(id, now())) !== null;
const run = (args: readonly string[], input = '') => runCommand('app/commands/session-end.ts', store.url, args, input);

test('an operator ends a person’s sessions, with an audit entry', async () => {
  const [first, second, other] = [await open('desk-1'), await open('desk-1'), await open('desk-2')];
  const asked = await run(['--sub', 'desk-1', '--reason', 'lost-device']);
  expect(asked.out).toContain('2 sessions are open');
  expect(await isOpen(first)).toBe(true);
  expect((await run(['--sub', 'desk-1', '--reason', 'lost-device', '--yes'])).out).toContain('2 sessions ended');
  expect([await isOpen(first), await isOpen(second), await isOpen(other)]).toEqual([false, false, true]);
  const applicant = await open('amal', BSN);
  expect((await run(['--person', '-', '--reason', 'on-request', '--yes'], `bsn:${BSN}`)).code).toBe(0);
  expect(await isOpen(applicant)).toBe(false);
  const entries = await rowsOf(store.url, "select body from audit_event where action = 'end-session' order by seq");
  expect(entries.map(({ body }) => JSON.parse(String(body)).reason)).toEqual(['lost-device', 'on-request']);
  expect((await verifyStored(store.url, config().OWNER_SECRET)).faults).toEqual([]);
}, 60_000);

test('wrong arguments print the usage and are not repeated', async () => {
  for (const args of [[], ['--sub', 'x', '--reason', 'whim'], ['--person', `bsn:${BSN}`, '--reason', 'compromise']]) {
    const { code, out } = await run(args);
    expect(code).toBe(2);
    expect(out).toContain('usage: npm run session:end');
    expect(out).not.toContain(BSN);
  }
}, 60_000);
