import type { Page } from '@playwright/test';
import { mailSettings, startMailServer } from '../../mocks/mail/server';
import { expect, signIn } from '../e2e/fixtures';
import {
  askCode,
  confirmDraw,
  giveMandate,
  nameReference,
  offerMandate,
  referenceOf,
  somebody,
  typeCode,
} from '../e2e/looking';
import type { Stack } from '../e2e/stack';
import { book, learned, onlyZms, toHold, toMove, toSearch } from '../e2e/visits';
import { wordsOf } from '../e2e/words';
import {
  caseOf,
  complains,
  pathOf,
  planDraw,
  type Scene,
  type States,
  unchecked,
  viewing,
  withFault,
  withPortal,
} from './scene';

const [nl, en, ar] = [wordsOf('nl'), wordsOf('en'), wordsOf('ar')];

/** The pages of applicants, and those that need no sign-in. */
export const STATES_OF_APPLICANTS: States = {
  'routes/home.tsx': ({ at, page }) => at(page, ''),
  'routes/accessibility.tsx': ({ at, page }) => at(page, '/accessibility'),
  'routes/not-found.tsx': ({ at, page }) => at(page, '/nowhere'),
  'routes/sign-in.tsx': async ({ at, page }) => {
    await at(page, '/sign-in');
    for (const reason of ['expired', 'failed', 'unavailable', 'cancelled']) await at(page, `/sign-in?reason=${reason}`);
  },
  'routes/signed-out.tsx': ({ at, page }) => at(page, '/signed-out'),
  'routes/still-here.tsx': async ({ at, page }) => {
    await signIn(page, 'amal');
    await at(page, '/still-here');
  },
  'routes/sessions.tsx': async ({ at, browser, page, stack }) => {
    await somebody(browser, stack, 'amal', 'nl', true);
    await somebody(browser, stack, 'amal', 'nl');
    await signIn(page, 'amal');
    await at(page, '/sessions');
  },
  'routes/statement.tsx': async ({ at, here, page }) => {
    const path = await caseOf(page, 'amal');
    await at(page, `${path}/statement`);
    await madeStatement(page);
    await here(page);
    await at(page, `${path}/statement?withdrawn`);
  },
  'routes/check.tsx': async ({ at, page }) => {
    await at(page, '/check');
    await at(page, '/check/none');
    const path = await caseOf(page, 'amal');
    await page.goto(`/ar${path}/statement`);
    await at(page, `/check/${await madeStatement(page)}`);
  },
  'routes/contact.tsx': async ({ agency, at, page }) => {
    await at(page, '/contact');
    await at(page, '/contact?answered=no');
    agency.moveClock({ advanceMinutes: 12 * 60 });
    await at(page, '/contact');
  },
  'routes/wait.tsx': async ({ at, page, stack }) => {
    await learned(stack, true);
    await at(page, '/wait');
    await at(page, '/wait?procedure=asylum&month=2025-10');
    await at(page, '/wait?procedure=visa&stage=intention');
    await at(page, '/wait?procedure=family&month=2026-02&day=30');
    await at(page, '/wait?procedure=none');
  },
  'routes/wait-record.tsx': async ({ at, page, stack }) => {
    await learned(stack, true);
    await at(page, '/wait/record');
  },
  'routes/cases.tsx': async ({ agency, at, page, stack, browser }) => {
    await signIn(page, 'mehmet');
    await at(page, '/cases');
    await at(await somebody(browser, stack, 'nocases', 'nl', true), '/cases');
    const torn = await somebody(browser, stack, 'viktor', 'nl', true);
    await withFault(agency, stack, 'cases', 'partial', () => at(torn, '/cases'));
    await withFault(agency, stack, 'cases', 'down', () => at(torn, '/cases'));
  },
  'routes/case.tsx': async ({ agency, at, page, stack }) => {
    await learned(stack);
    const path = await caseOf(page, 'amal');
    await at(page, path);
    await withFault(agency, stack, 'catalogue', 'down', () => at(page, path));
    await withFault(agency, stack, 'planner', 'down', () => at(page, path));
    await withFault(agency, stack, 'cases', 'down', () => at(page, path));
    await at(page, `/cases/${'A'.repeat(22)}`);
  },
  'routes/appointment.tsx': async ({ agency, at, browser, page, stack }) => {
    await toSearch(page, 'ar');
    const path = pathOf(page);
    await at(page, path);
    await at(page, `${path}?month=2026-03`);
    await at(page, `${path}?taken=2026-03-03T09:00`);
    await at(page, `${path}?filter=1&day=7`);
    await nothingFree(stack, true);
    await at(page, path);
    await nothingFree(stack, false);
    await withFault(agency, stack, 'planner', 'down', () => at(page, path));
    // This case needs no visit, so there is nothing to search for.
    const done = await (await browser.newContext({ baseURL: stack.origin })).newPage();
    await at(done, `${await caseOf(done, 'tomasz')}/appointment`);
    await draws({ stack, browser, page, at }, path);
  },
  'routes/watch.tsx': async ({ at, here, page }) => {
    const path = `${await caseOf(page, 'amal')}/watch`;
    await at(page, path);
    await page.goto(`/ar${path}`);
    await unchecked(page);
    await page.locator('[name=before]').fill('2020-01-01');
    await page.getByRole('button', { name: ar('appointment:watch.set') }).click();
    await complains(page);
    await here(page);
    await page.locator('[name=before]').fill('2026-04-01');
    await page.getByRole('button', { name: ar('appointment:watch.set') }).click();
    await expect(page.getByRole('heading', { name: ar('appointment:watch.isSet') })).toBeVisible();
    await at(page, path);
  },
  'routes/mail-address.tsx': async ({ at, here, page, stack }) => {
    const mail = await startMailServer();
    await signIn(page, 'amal');
    await at(page, '/e-mail');
    await withPortal(stack, mailSettings(mail), async () => {
      const path = `${await caseOf(page, 'amal')}/watch`;
      await page.goto(`/ar${path}`);
      await page.locator('[name=email]').fill('amal@example.org');
      await page.getByRole('button', { name: ar('appointment:watch.set') }).click();
      await page.goto('/ar/e-mail');
      await page.locator('[name=code]').fill('1');
      await page.getByRole('button', { name: ar('appointment:confirm.button') }).click();
      await expect(page.getByText(ar('appointment:confirm.wrong'))).toBeVisible();
      await here(page);
      await stack.query('update mail_address set tries = 5, sends = 3');
      await at(page, '/e-mail');
    });
    await mail.stop();
  },
  'routes/messages.tsx': async ({ at, here, page, stack }) => {
    const mail = await startMailServer();
    await signIn(page, 'amal');
    await at(page, '/messages');
    await withPortal(stack, mailSettings(mail), async () => {
      await signIn(page, 'amal');
      await page.goto('/ar/messages');
      await page.locator('[name=email]').fill('amal@example');
      await page.locator('button[value=save]').click();
      await complains(page);
      await here(page);
      await page.locator('[name=email]').fill('amal@example.org');
      await page.locator('button[value=save]').click();
      await expect(page.locator('[name=code]')).toBeVisible();
      await here(page);
    });
    await mail.stop();
  },
  'routes/stop-messages.tsx': async ({ at, page }) => {
    await at(page, '/stop-messages/x');
  },
  'routes/hold.tsx': async ({ agency, at, here, page, stack }) => {
    await toHold(page, 'ar');
    const path = pathOf(page);
    await at(page, path);
    await page.goto(`/ar${path}`);
    await page.locator('[name=email]').fill('amal@example');
    await page.locator('button[value=confirm]:visible').click();
    await complains(page);
    await here(page);
    await stack.query('update hold set expires_at = $1', [agency.world.clock.now().toString()]);
    await at(page, path);
  },
  'routes/booking.tsx': async ({ agency, at, browser, page, stack }) => {
    await withPortal(stack, onlyZms(stack), async () => {
      const old = (await book(page, 'ar')).replace(/.*\/ar\//, '/');
      await at(page, old);
      await at(page, `${old}?cancel`);
      await toMove(await back(page, old), 'ar');
      await page.getByRole('button', { name: ar('appointment:hold.confirmMove') }).click();
      await expect(page.getByText(ar('appointment:booking.confirmed'))).toBeVisible();
      await at(page, old);
    });
    const other = await (await browser.newContext({ baseURL: stack.origin })).newPage();
    const stopped = await book(other, 'nl', 'garcia');
    await other.goto(`${stopped}?cancel`);
    await other.getByRole('button', { name: nl('appointment:booking.cancelYes') }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText(nl('appointment:booking.cancelled'));
    await at(other, pathOf(other));
    const third = await (await browser.newContext({ baseURL: stack.origin })).newPage();
    await toHold(third, 'nl', 'family-biometrics');
    await third.getByLabel(new RegExp(nl('appointment:hold.email'))).fill('amal@example.org');
    await withFault(agency, stack, 'planner', 'down', async () => {
      await third.getByRole('button', { name: nl('appointment:hold.confirm') }).click();
      await expect(third.getByRole('heading', { level: 1 })).toHaveText(nl('appointment:booking.checking'));
      await at(third, pathOf(third));
    });
  },
  'routes/booking-fewer.tsx': async ({ at, page, stack }) => {
    await withPortal(stack, onlyZms(stack), async () => {
      const path = pathOf(await bookForTwo(page));
      await at(page, `${path}/fewer`);
      await at(page, `${path}/fewer?stay=1`);
    });
  },
  'routes/who-looked.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    await at(page, '/who-looked');
    await viewing({ agency, browser, stack }, page);
    await at(page, '/who-looked');
  },
  'routes/mandates.tsx': async ({ agency, at, browser, page, stack, here }) => {
    await signIn(page, 'amal', 'ar');
    await at(page, '/mandates');
    await page.goto('/ar/mandates');
    await page.getByRole('button', { name: ar('mandate:give.button') }).click();
    await expect(page.locator('.code')).toBeVisible();
    await here(page);
    const advisor = await somebody(browser, stack, 'adv-small', 'en');
    await giveMandate(page, advisor, referenceOf(agency, 'amal'), true);
    await at(page, '/mandates');
    await page.goto('/en/mandates');
    await page.getByRole('link', { name: en('mandate:look') }).click();
    await page.getByRole('link', { name: en('mandate:end') }).click();
    await page.getByRole('button', { name: en('mandate:endYes') }).click();
    await at(page, '/mandates');
  },
  'routes/mandate.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'en');
    const advisor = await somebody(browser, stack, 'adv-small', 'en');
    await offerMandate(page, advisor, referenceOf(agency, 'amal'));
    await page.getByRole('link', { name: en('mandate:read') }).click();
    await expect(page.getByRole('button', { name: en('mandate:yes') })).toBeVisible();
    const path = pathOf(page);
    await at(page, path);
    await page.goto(`/en${path}`);
    await page.getByRole('button', { name: en('mandate:yes') }).click();
    await expect(page.getByRole('heading', { name: en('mandate:pile.now') })).toBeVisible();
    await at(page, path);
    await at(page, `${path}?end`);
  },
  'routes/with-me.tsx': async ({ agency, at, browser, page, stack, here }) => {
    await signIn(page, 'amal', 'ar');
    await at(page, '/helpdesk/with-me');
    const { digits } = await askCode(page, 'ar');
    await here(page);
    const agent = await somebody(browser, stack, 'desk-1', 'nl');
    await nameReference(agent, referenceOf(agency, 'amal'));
    await typeCode(agent, digits);
    await agent.waitForURL(/view$/);
    // The page reloads when the look begins, which would interrupt another navigation.
    await expect(page.getByRole('button', { name: ar('helpdesk:caller.stop') })).toBeVisible();
    await at(page, '/helpdesk/with-me');
  },
};

/** Checks the search in each state of a draw: before, open, with a ticket, with an offer, and missed. */
async function draws({ stack, browser, page, at }: Pick<Scene, 'stack' | 'browser' | 'page' | 'at'>, path: string) {
  const openedAgo = async (minutes: number) => {
    await stack.query(`update release set opens_at = timestamptz '2026-03-02T09:00:00Z' - make_interval(mins => $1)`, [
      minutes,
    ]);
    // Otherwise a page of the two seconds before may be repeated.
    await stack.clearCaches();
  };
  const titleIs = async (words: string) =>
    expect(async () => {
      await page.goto(`/ar${path}`);
      expect(await page.getByText(words).count()).toBeGreaterThan(0);
    }).toPass({ timeout: 20_000 });
  await withPortal(stack, { ...onlyZms(stack), WATCH_SECONDS: '1' }, async () => {
    const staff = await somebody(browser, stack, 'desk-1', 'nl');
    await staff.goto('/nl/staff/releases');
    await planDraw(staff, '12:00');
    await expect(staff.getByText(nl('appointment:release.saved'))).toBeVisible();
    await confirmDraw(browser, stack);
    await titleIs(ar('appointment:draw.title.before'));
    await at(page, path);
    await openedAgo(1);
    await titleIs(ar('appointment:draw.wishes'));
    await at(page, path);
    await page.getByRole('button', { name: ar('appointment:draw.take') }).click();
    await titleIs(ar('appointment:draw.title.ticket'));
    await at(page, path);
    await openedAgo(6);
    await titleIs(ar('appointment:draw.title.offered'));
    await at(page, path);
    await stack.query(`update ticket set offer_until = timestamptz '2026-03-02T08:00:00Z' where state = 'offered'`);
    await stack.clearCaches();
    await titleIs(ar('appointment:draw.title.missed'));
    await at(page, path);
  });
}

/** Books a visit for two people. */
async function bookForTwo(page: Page): Promise<Page> {
  await toSearch(page, 'ar', 'garcia');
  await page.goto(`${page.url()}?persons=2`);
  await page.getByRole('button', { name: ar('appointment:search.take') }).click();
  await page.getByLabel(new RegExp(ar('appointment:hold.email'))).fill('two@example.org');
  await page.getByRole('button', { name: ar('appointment:hold.confirm') }).click();
  await expect(page.getByText(ar('appointment:booking.confirmed'))).toBeVisible();
  return page;
}

async function back(page: Page, path: string): Promise<Page> {
  await page.goto(`/ar${path}`);
  return page;
}

async function nothingFree(stack: Stack, empty: boolean): Promise<void> {
  const answer = await fetch(`${stack.agency.url}/control/planner/empty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'BIO', empty }),
  });
  expect(answer.ok).toBe(true);
}

/** Makes a statement on its page and returns the code. */
async function madeStatement(page: Page): Promise<string> {
  await page.locator('main button[value=make]').click();
  await expect(page.locator('main .code')).toBeVisible();
  return (await page.locator('main .code').textContent())?.trim() ?? '';
}
