import { randomUUID } from 'node:crypto';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { now } from '~/platform/clock.server';
import { messagesOf, putReceipt, subscribe } from '~/store/message.server';
import { outboxState } from '~/store/outbox.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { confirmedAddress } from '../../tests/mail-address';
import { sendDue } from './outbox.server';

/** What the mail server answers, by the first part of the address, and where. */
const REFUSALS: Readonly<Record<string, readonly [where: 'RCPT' | 'DATA', code: number]>> = {
  full: ['RCPT', 452],
  gone: ['RCPT', 550],
  spam: ['DATA', 554],
  later: ['DATA', 451],
};
const received: string[] = [];
const refusal = (address: string, where: 'RCPT' | 'DATA') => {
  const [at, code] = REFUSALS[address.split('-')[0] ?? ''] ?? [];
  return at === where ? Object.assign(new Error('refused'), { responseCode: code }) : null;
};
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onRcptTo: ({ address }, _session, done) => done(refusal(address, 'RCPT')),
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const refused = refusal(envelope.rcptTo[0]?.address ?? '', 'DATA');
      if (!refused) received.push(Buffer.concat(chunks).toString());
      done(refused);
    });
  },
});

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  // Read at the first use of a setting, which is in the test.
  vi.stubEnv('SMTP_URL', `smtp://127.0.0.1:${port}`);
  vi.stubEnv('MAIL_FROM', 'no-reply@agency.example');
  store = await openTestStore();
});
beforeEach(async () => {
  received.length = 0;
  await rowsOf(store.url, 'delete from outbox');
});
afterAll(async () => {
  await store.close();
  await new Promise((resolve) => server.close(() => resolve(null)));
});

async function receiptTo(kind: string): Promise<string> {
  const owner = randomUUID();
  const addressId = await confirmedAddress(`${kind}-${owner}@example.org`, owner);
  const chosen = { topics: [], language: 'ar', zone: 'UTC', quietFrom: '00:00', quietUntil: '00:00' } as const;
  const id = await subscribe(owner, { ...chosen, topics: [], addressId }, '{}', now());
  await putReceipt(owner, 'receipt', '/cases', now());
  return id;
}

const send = () => sendDue(new AbortController().signal, async () => 'yes');
const stateOf = async (id: string) => (await messagesOf(id, 1))[0]?.state;

test('a mail has text, simple HTML, one-click stop and no name', async () => {
  const id = await receiptTo('reader');
  await send();
  expect(await stateOf(id)).toBe('sent');
  const [mail = ''] = received;
  expect(mail).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
  expect(mail).toMatch(/List-Unsubscribe:\s+<http[^>]*\/stop-messages\/[\w.-]+>/);
  expect(mail).toMatch(/Content-Language: ar/);
  expect(mail.match(/Content-Type: text\/(plain|html)/g)).toHaveLength(2);
  const [, html = ''] = mail.match(/text\/html.*?\r\n\r\n(.*?)\r\n--/s) ?? [];
  const read = html.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(read).toContain('dir="rtl"');
  expect(read).toContain('prefers-color-scheme:dark');
});

test('the mail server may refuse for now: the mail waits', async () => {
  const ids = [await receiptTo('full'), await receiptTo('later')];
  await send();
  expect(await Promise.all(ids.map(stateOf))).toEqual(['queued', 'queued']);
  expect(await outboxState(now())).toMatchObject({ due: 2, parked: 0 });
});

test('an address that does not exist gets nothing more', async () => {
  const id = await receiptTo('gone');
  await send();
  expect([await stateOf(id), await outboxState(now())]).toMatchObject(['failed', { due: 0, parked: 0 }]);
  expect(await rowsOf(store.url, 'select confirmed_at from mail_address where bounced_at is not null')).toEqual([
    { confirmed_at: null },
  ]);
});

test('a mail that is refused for good is parked and alarmed', async () => {
  const id = await receiptTo('spam');
  await send();
  expect([await stateOf(id), await outboxState(now())]).toMatchObject(['failed', { due: 0, parked: 1 }]);
});

test('a sender that died after the hand-over repeats the same message', async () => {
  await receiptTo('reader');
  const before = await rowsOf(store.url, 'select * from outbox');
  await send();
  const [row] = before;
  await rowsOf(
    store.url,
    `insert into outbox (id, kind, language, address_id, message_id, not_before, attempts, created_at)
     values ('${row?.id}', 'change', 'ar', '${row?.address_id}', '${row?.message_id}', now() - interval '1 hour', 1, now())`,
  );
  await send();
  const ids = received.map((mail) => mail.match(/Message-ID: (\S+)/i)?.[1]);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect(ids[0]).toContain(`${row?.message_id}`);
});
