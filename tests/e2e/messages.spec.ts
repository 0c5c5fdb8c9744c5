import { mailSettings } from '../../mocks/mail/server';
import { changeOf } from '../../mocks/nrc/handlers';
import { axeFaults } from '../a11y/axe';
import { expect, signIn, signInByForms, test } from './fixtures';
import { confirmAddress } from './visits';
import { wordsOf } from './words';

const TOKEN = 'k3mS9vQ2xT7bW1nZ8rY4cL6pD0hG5jFa';
const PATIENCE = { timeout: 30_000 };
const t = wordsOf('ti');

test.use({ settings: async ({ mail }, use) => use({ ...mailSettings(mail), NOTIFICATIONS_TOKEN: TOKEN }) });
test.describe.configure({ timeout: 120_000 });

test('a change is mailed in Tigrinya and its link leads there', async ({ page, browser, agency, mail, stack }) => {
  await signIn(page, 'amal', 'ti', '/ti/cases');
  await page.getByRole('link', { name: t('message:ask.yes') }).click();
  await page.getByLabel(t('appointment:hold.email')).fill('reader@example.org');
  for (const label of ['appointment:watch.quietFrom', 'appointment:watch.quietUntil'] as const)
    await page.getByLabel(t(label), { exact: true }).selectOption('00:00');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: t('message:save') }).click();
  await confirmAddress(page, 'ti', mail);
  mail.forget();
  // The first look learns what the person reads now.
  await expect
    .poll(() => stack.query('select 1 from message_subscription where looked_at is not null'), PATIENCE)
    .toHaveLength(1);

  const file = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === 'amal');
  if (!file) throw new Error('the person has no case');
  const at = agency.world.clock.now();
  agency.publishDecision(file.reference, at.toString());
  const told = await page.request.post('/notifications', {
    headers: { authorization: `Bearer ${TOKEN}` },
    data: changeOf(agency.url, file, at.toString()),
  });
  expect(told.status()).toBe(204);
  await expect.poll(() => stack.query('select 1 from message'), PATIENCE).toHaveLength(1);
  expect(mail.received).toHaveLength(0);
  // Ten minutes in which more news would join it.
  await stack.query('update outbox set not_before = created_at');
  await expect.poll(() => mail.received.length, PATIENCE).toBe(1);

  const [sent] = mail.received;
  const { raw = '', text = '' } = sent ?? {};
  expect(text).toContain(t('message:kind.decision'));
  expect(raw).toMatch(/List-Unsubscribe-Post: List-Unsubscribe=One-Click/);
  expect(`${raw} ${text}`).not.toMatch(new RegExp(`Amal|Haddad|${file.reference}|2811000137`));
  const [link = ''] = text.match(/http\S+\/news\/\S+/) ?? [];
  const [stop = ''] = text.match(/http\S+\/stop-messages\/\S+/) ?? [];

  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  const to = new URL(other.url()).searchParams.get('to');
  await signInByForms(other, 'amal', 'ti', to ?? '');
  await expect(other).toHaveURL(/\/ti\/cases\/[\w-]+$/);
  await expect(other.getByText(t('case:stage.decided.name')).first()).toBeVisible();
  await other.goto('/ti/messages');
  await expect(other.getByText(t('message:sent.sent'))).toBeVisible();

  // A mail program's button: from nowhere, without a cookie, in the form of RFC 8058.
  const form = { 'List-Unsubscribe': 'One-Click' };
  const stranger = await (await browser.newContext()).newPage();
  expect((await stranger.request.post(`${stop}x`, { multipart: form })).status()).toBe(404);
  expect((await stranger.request.post(stop, { multipart: form })).status()).toBe(200);
  await other.reload();
  await expect(other.getByText(t('message:stopped.wished'))).toBeVisible();
  expect(await stack.query('select state, sealed, picture from message_subscription')).toEqual([
    { state: 'stopped', sealed: null, picture: null },
  ]);
});
