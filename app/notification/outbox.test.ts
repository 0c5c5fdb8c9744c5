import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { now } from '~/platform/clock.server';
import { register } from '~/platform/metrics.server';
import { claimMail, outboxState, putReportInOutbox } from '~/store/outbox.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { sendDue } from './outbox.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('a mail that no key opens is kept and alarmed', async () => {
  await putReportInOutbox({ address: 'privacy@agency.example', language: 'nl', notBefore: now() }, now());
  const flip = 'update outbox set address = set_byte(address, 0, 255 - get_byte(address, 0))';
  await rowsOf(store.url, flip);
  // The twentieth attempt would drop a mail that the mail server refuses.
  await rowsOf(store.url, 'update outbox set attempts = 30');
  await sendDue(new AbortController().signal, async () => 'yes');
  expect(await outboxState(now())).toMatchObject({ due: 1, later: 0 });
  expect(await register.metrics()).toContain('zicht_log_lines_total{event="mail-sealed",level="error"} 1');

  // With its key back it can be sent.
  await rowsOf(store.url, flip);
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ['Date'] });
  expect(await claimMail(now())).toMatchObject({ isSealed: false, address: 'privacy@agency.example' });
  vi.useRealTimers();
});
