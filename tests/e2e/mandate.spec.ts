import type { Locator, Page } from '@playwright/test';
import { formOwnerMark } from './actors';
import { expect, signIn, test } from './fixtures';
import { giveMandate, referenceOf, somebody } from './looking';
import { wordsOf } from './words';

const t = wordsOf('en');

test('a client gives a mandate, and ending it shuts the advisor out', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await expect(advisor.getByText(t('mandate:advisor.none'))).toBeVisible();
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));

  await advisor.goto('/en/advisor');
  await advisor.getByRole('link', { name: 'Pedro Almeida Santos' }).click();
  await expect(advisor.getByText(t('mandate:advisor.noticeFrom'))).toBeVisible();
  const open = advisor.url();

  await client.goto('/en/who-looked');
  await expect(client.getByText(t('audit:role.advisor')).first()).toBeVisible();
  await expect(client.getByText('Dekker')).toHaveCount(0);

  await client.goto('/en/mandates');
  await client.getByRole('link', { name: t('mandate:look') }).click();
  await client.getByRole('link', { name: t('mandate:end') }).click();
  await client.getByRole('button', { name: t('mandate:endYes') }).click();
  await expect(client.getByRole('heading', { name: t('mandate:pile.before') })).toBeVisible();
  const answer = await advisor.request.get(open);
  expect(answer.status()).toBe(404);
  expect(await answer.text()).not.toMatch(/Pedro|Almeida/);
  await advisor.goto('/en/advisor');
  await expect(advisor.getByText('Almeida')).toHaveCount(0);
  await advisor.goto('/en/advisor/mandates');
  await expect(advisor.getByText(t('mandate:state.expired'))).toBeVisible();
  await expect(advisor.getByText(t('mandate:state.revoked-client'))).toHaveCount(0);
});

test('a mandate ended at one process is refused at another within seconds', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  await advisor.goto('/en/advisor');
  const path = (await advisor.getByRole('link', { name: 'Pedro Almeida Santos' }).getAttribute('href')) ?? '';
  const cookie = (await advisor.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const other = await stack.anotherPortal();
  try {
    const before = await other.get(path, cookie);
    expect(before.status).toBe(200);
    expect(before.text).toContain('Almeida');

    await client.getByRole('link', { name: t('mandate:look') }).click();
    await client.getByRole('link', { name: t('mandate:end') }).click();
    const pressed = performance.now();
    await client.getByRole('button', { name: t('mandate:endYes') }).click();
    let answer = await other.get(path, cookie);
    while (answer.status === 200 && performance.now() - pressed < 10_000) answer = await other.get(path, cookie);
    const took = Math.round(performance.now() - pressed);
    console.log(`a mandate ended at one process: refused at the other after ${took} ms`);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toMatch(/Pedro|Almeida/);
    expect(took).toBeLessThan(2_000);
    expect((await other.get('/en/advisor', cookie)).text).not.toContain('Almeida');
  } finally {
    await other.stop();
  }
});

test('before the client’s yes an advisor sees nothing, not even a name', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'farid', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await client.goto('/en/mandates');
  await client.getByRole('button', { name: t('mandate:give.button') }).click();
  const digits = (await client.locator('.code').textContent()) ?? '';
  await advisor.goto('/en/advisor/mandates');
  await advisor.getByLabel(t('mandate:advisor.reference')).fill(referenceOf(agency, 'farid'));
  await advisor.getByLabel(t('mandate:advisor.mandates.code')).fill(digits);
  await advisor.getByRole('button', { name: t('mandate:advisor.mandates.ask') }).click();
  await expect(advisor.getByText(t('mandate:advisor.mandates.someone'))).toBeVisible();
  await expect(advisor.getByText('Rahimi')).toHaveCount(0);
  await advisor.goto('/en/advisor');
  await expect(advisor.getByText(t('mandate:advisor.none'))).toBeVisible();
});

test('the client chooses an office, and one of its advisors accepts', async ({ browser, stack }) => {
  const client = await somebody(browser, stack, 'imani', 'en');
  await client.goto('/en/mandates');
  await client.getByLabel(t('mandate:choose.number')).fill('002220647');
  await client.getByRole('checkbox').first().check();
  await client.getByLabel(t('mandate:colleague.may')).check();
  await client.getByRole('button', { name: t('mandate:choose.button') }).click();
  await expect(client.getByText(t('mandate:choose.done'))).toBeVisible();
  const other = await somebody(browser, stack, 'adv-large', 'en');
  await other.goto('/en/advisor/mandates');
  await expect(other.getByRole('button', { name: t('mandate:advisor.mandates.accept') })).toHaveCount(0);
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await advisor.goto('/en/advisor/mandates');
  await advisor.getByRole('button', { name: t('mandate:advisor.mandates.accept') }).click();
  await expect(advisor.getByRole('link', { name: t('mandate:advisor.colleague.title') })).toBeVisible();
  await advisor.goto('/en/advisor');
  await expect(advisor.getByRole('link', { name: 'Imani Mwangi' })).toBeVisible();
});

test('a wrong code and a foreign reference are answered the same', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'amal', 'en');
  await client.goto('/en/mandates');
  await client.getByRole('button', { name: t('mandate:give.button') }).click();
  const digits = (await client.locator('.code').textContent()) ?? '';
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  const bodies: string[] = [];
  const tries = [
    [referenceOf(agency, 'amal'), '1234 567'],
    [referenceOf(agency, 'farid'), digits],
    ['nothing', digits],
  ] as const;
  for (const [reference, code] of tries) {
    const headers = { origin: stack.origin };
    const form = { reference, code, 'form-owner': formOwnerMark('adv-small') };
    const answer = await advisor.request.post('/en/advisor/mandates', { form, headers });
    expect(answer.status()).toBe(422);
    const text = await answer.text();
    // The form repeats the reference that was typed, but not the code.
    expect(text).toContain(`value="${reference}"`);
    expect(text).not.toContain(code);
    bodies.push(text.replaceAll(/nonce="[^"]*"/g, '').replace(` value="${reference}"`, ''));
  }
  expect(new Set(bodies).size).toBe(1);
});

test('an advisor’s open page empties after the end and hides while offline', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  const legal = await openPedro(advisor);

  await advisor.context().setOffline(true);
  await expect(advisor.getByText(t('mandate:advisor.ended.unsure'))).toBeVisible();
  await expect(legal).toBeHidden();
  await advisor.context().setOffline(false);
  await expect(legal).toBeVisible();
  await expect(advisor.getByText(t('mandate:advisor.ended.unsure'))).toBeHidden();

  await client.getByRole('link', { name: t('mandate:look') }).click();
  await client.getByRole('link', { name: t('mandate:end') }).click();
  await client.getByRole('button', { name: t('mandate:endYes') }).click();
  await expect(client.getByRole('heading', { name: t('mandate:pile.before') })).toBeVisible();
  await expect(advisor.getByRole('heading', { name: t('mandate:advisor.ended.title') })).toBeFocused();
  expect(await advisor.content()).not.toMatch(/Pedro|Almeida/);
  await advisor.goBack();
  await advisor.goForward();
  await expect(advisor.getByText('Almeida')).toHaveCount(0);
});

test('a suspended mandate closes the advisor’s page until the agency resumes it', async ({
  browser,
  stack,
  agency,
}) => {
  const client = await somebody(browser, stack, 'pedro', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  const page = (await client.getByRole('link', { name: t('mandate:look') }).getAttribute('href')) ?? '';
  const chosen = ['--reason', 'dispute', '--mandate', page.split('/').at(-1) ?? '', '--yes'];
  const legal = await openPedro(advisor);
  const open = advisor.url();

  await stack.mandateState('suspend', ...chosen);
  // The command is another process than the portal, which must refuse the first request after it.
  expect((await advisor.request.get(open)).status()).toBe(404);
  await expect(advisor.getByRole('heading', { name: t('mandate:advisor.ended.title') })).toBeFocused();
  expect(await advisor.content()).not.toMatch(/Pedro|Almeida|dispute/);

  await client.goto('/en/mandates');
  await expect(client.getByRole('heading', { name: t('mandate:pile.paused') })).toBeVisible();
  await expect(client.getByRole('heading', { name: t('mandate:pile.now') })).toHaveCount(0);
  await expect(client.getByText(t('mandate:state.suspended'))).toBeVisible();
  await client.goto(page);
  await client.getByRole('link', { name: t('mandate:end') }).click();
  await expect(client.getByRole('button', { name: t('mandate:endYes') })).toBeVisible();
  await advisor.goto('/en/advisor/mandates');
  await expect(advisor.getByText('dispute')).toHaveCount(0);

  await stack.mandateState('resume', ...chosen);
  await advisor.goto(open);
  await expect(legal).toBeVisible();
});

test('a second mandate replaces the first, and each yes is audited', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en');
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  await expect(client.getByText(t('mandate:state.superseded'))).toBeVisible();
  await expect(client.getByRole('link', { name: t('mandate:look') })).toHaveCount(1);
  await advisor.goto('/en/advisor/mandates');
  await expect(advisor.getByText(t('mandate:state.expired'))).toBeVisible();
  await expect(advisor.getByText(t('mandate:state.superseded'))).toHaveCount(0);
  const events = await stack.query(
    "select body::json ->> 'actorAssurance' as known from audit_event where action in ('offer-mandate', 'accept-mandate')",
  );
  expect(events).toHaveLength(4);
  for (const { known } of events) expect(known).toBeTruthy();
});

/** Opens the page of the client Pedro. Returns a part that only advisors see. */
async function openPedro(advisor: Page): Promise<Locator> {
  await advisor.goto('/en/advisor');
  await advisor.getByRole('link', { name: 'Pedro Almeida Santos' }).click();
  const legal = advisor.getByText(t('mandate:advisor.noticeFrom'));
  await expect(legal).toBeVisible();
  return legal;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('an advisor gives chosen clients back and undoes it', async ({ browser, stack, agency, page: advisor }) => {
    const clients = await Promise.all(['pedro', 'farid'].map((who) => somebody(browser, stack, who, 'en', true)));
    await signIn(advisor, 'adv-small', 'en');
    for (const [index, who] of ['pedro', 'farid'].entries())
      await giveMandate(clients[index] as Page, advisor, referenceOf(agency, who));
    const [client] = clients as [Page, Page];
    const giveBack = async () => {
      await advisor.goto('/en/advisor/give-back');
      await advisor.getByRole('searchbox').fill('almeida');
      await advisor.getByRole('button', { name: t('mandate:advisor.show') }).click();
      expect(advisor.url()).not.toMatch(/almeida/i);
      const ticks = advisor.getByRole('group', { name: t('mandate:advisor.giveBack.which') }).getByRole('checkbox');
      await expect(ticks).toHaveCount(1);
      await ticks.check();
      await advisor.getByRole('button', { name: t('mandate:advisor.giveBack.choose') }).click();
      await expect(advisor.getByText(t('mandate:advisor.giveBack.sure'))).toBeVisible();
      await advisor.getByRole('button', { name: t('mandate:advisor.giveBack.yes') }).click();
      await expect(advisor.getByText(t('mandate:advisor.giveBack.done'))).toBeVisible();
    };
    await giveBack();
    await client.goto('/en/mandates');
    const untold = t('mandate:undoUntil', { moment: '' }).replace('.', '').trim();
    await expect(client.getByText(untold)).toBeVisible();
    await advisor.getByRole('button', { name: t('mandate:advisor.giveBack.undo') }).click();
    await expect(advisor.getByText(t('mandate:advisor.giveBack.undone'))).toBeVisible();
    await client.goto('/en/mandates');
    await expect(client.getByText(t('mandate:takenUp'))).toBeVisible();

    await giveBack();
    await client.goto('/en/mandates');
    await client.getByRole('link', { name: t('mandate:look') }).click();
    await client.getByRole('button', { name: t('mandate:noUndo') }).click();
    await expect(client.getByText(untold)).toHaveCount(0);
    await advisor.getByRole('button', { name: t('mandate:advisor.giveBack.undo') }).click();
    await expect(advisor.getByText(t('mandate:advisor.giveBack.notUndone'))).toBeVisible();
    await advisor.goto('/en/advisor');
    await expect(advisor.locator('tbody tr a')).toHaveCount(1);
  });
});
