import { expect, signIn } from '../e2e/fixtures';
import {
  askApproval,
  askCode,
  breakGlass,
  confirmDraw,
  nameReference,
  offerMandate,
  referenceOf,
  somebody,
  typeCode,
} from '../e2e/looking';
import { learned } from '../e2e/visits';
import { wordsOf } from '../e2e/words';
import {
  advisorOf,
  complains,
  leadsTo,
  pathOf,
  planDraw,
  type States,
  send,
  unchecked,
  viewing,
  withFault,
} from './scene';

const [nl, en, ar] = [wordsOf('nl'), wordsOf('en'), wordsOf('ar')];

/** The pages of employees and of advisors. */
export const STATES_OF_PROFESSIONALS: States = {
  'routes/staff-wait.tsx': async ({ at, browser, here, page, stack }) => {
    await learned(stack, true);
    await signIn(page, 'desk-1', 'nl', '/nl/staff/wait');
    // A busy portal answers "ask again in a moment".
    await expect(async () => {
      await page.locator('form[method=get] button').last().click();
      await expect(page.getByRole('heading', { name: nl('wait:staff.result') })).toBeVisible();
    }).toPass({ timeout: 90_000 });
    await at(page, pathOf(page));
    await page.goto('/nl/staff/wait');
    await unchecked(page);
    await page.locator('form[method=post]:has(#procedure) button').click();
    await leadsTo(page, nl('wait:staff.procedure'), page.locator('#procedure'));
    await here(page);
    await page.locator('form:has([name=trust]) #procedure').selectOption('family');
    await page.locator('[name=trust][value=none]').check();
    await page.locator('#reason').selectOption({ index: 1 });
    await page.locator('#until').fill('2026-03-31');
    await page.locator('form:has(#procedure) button').click();
    await expect(page.getByText(nl('wait:staff.prepared'))).toBeVisible();
    await here(page);
    await at(await somebody(browser, stack, 'desk-2', 'nl', true), '/staff/wait');
  },
  'routes/staff.tsx': async ({ at, page }) => {
    await signIn(page, 'desk-4', 'nl', '/nl/staff');
    await at(page, '/staff');
  },
  'routes/staff-effect.tsx': async ({ at, page }) => {
    await signIn(page, 'desk-4', 'nl', '/nl/staff/effect');
    await at(page, '/staff/effect');
  },
  'routes/staff-locked.tsx': async ({ at, here, page, stack }) => {
    await signIn(page, 'desk-4', 'nl', '/nl/staff/locked');
    await at(page, '/staff/locked');
    await stack.query(`insert into code_try (agent, tried_at, office)
      select 'somebody', now(), '002220647' from generate_series(1, 5)`);
    await at(page, '/staff/locked');
    await page.goto('/nl/staff/locked');
    await page.getByRole('button', { name: nl('helpdesk:locked.unlock') }).click();
    await expect(page.getByText(nl('helpdesk:locked.done'))).toBeVisible();
    await here(page);
  },
  'routes/staff-releases.tsx': async ({ at, browser, here, page, stack }) => {
    await signIn(page, 'desk-1', 'nl', '/nl/staff/releases');
    await at(page, '/staff/releases');
    await page.goto('/nl/staff/releases');
    await planDraw(page, '08:00');
    await complains(page);
    await here(page);
    await planDraw(page, '12:00');
    await expect(page.getByText(nl('appointment:release.saved'))).toBeVisible();
    await at(page, pathOf(page));
    await confirmDraw(browser, stack);
    await at(page, '/staff/releases?done=confirmed');
  },
  'routes/advisor.tsx': async ({ agency, at, browser, page, stack }) => {
    await at(await advisorOf({ agency, browser, stack }, page, 'farid'), '/advisor');
    await at(await somebody(browser, stack, 'adv-colleague', 'en', true), '/advisor');
  },
  'routes/advisor-client.tsx': async ({ agency, at, browser, page, stack }) => {
    const advisor = await advisorOf({ agency, browser, stack }, page, 'farid');
    await advisor.goto('/en/advisor');
    await advisor.locator('table a').first().click();
    await expect(advisor).toHaveURL(/clients/);
    const path = pathOf(advisor);
    await at(advisor, path);
    await withFault(agency, stack, 'cases', 'down', () => at(advisor, path));
  },
  'routes/advisor-feed.tsx': async ({ at, here, page }) => {
    await signIn(page, 'adv-small', 'nl');
    await at(page, '/advisor/feed');
    await page.goto('/ar/advisor/feed');
    await send(page);
    await expect(page.locator('code')).toBeVisible();
    await here(page);
  },
  'routes/advisor-mandates.tsx': async ({ agency, at, browser, page, stack, here }) => {
    await signIn(page, 'adv-small', 'en', '/en/advisor/mandates');
    await at(page, '/advisor/mandates');
    await page.goto('/en/advisor/mandates');
    await page.getByLabel(en('mandate:advisor.reference')).fill('Z1-0000-0000');
    await page.getByLabel(en('mandate:advisor.mandates.code')).fill('1234 5678');
    await page.getByRole('button', { name: en('mandate:advisor.mandates.ask') }).click();
    await complains(page);
    await here(page);
    const client = await somebody(browser, stack, 'pedro', 'en', true);
    await offerMandate(client, page, referenceOf(agency, 'pedro'));
    await here(page);
    await client.getByRole('link', { name: en('mandate:read') }).click();
    await client.getByRole('button', { name: en('mandate:yes') }).click();
    await at(page, '/advisor/mandates');
  },
  'routes/advisor-give-back.tsx': async ({ agency, at, here, browser, page, stack }) => {
    const advisor = await advisorOf({ agency, browser, stack }, page, 'pedro');
    await at(advisor, '/advisor/give-back');
    await advisor.goto('/en/advisor/give-back');
    await advisor.getByRole('checkbox').first().check();
    await advisor.getByRole('button', { name: en('mandate:advisor.giveBack.choose') }).click();
    await expect(advisor.getByText(en('mandate:advisor.giveBack.sure'))).toBeVisible();
    await here(advisor);
    await advisor.getByRole('button', { name: en('mandate:advisor.giveBack.yes') }).click();
    await expect(advisor.getByText(en('mandate:advisor.giveBack.done'))).toBeVisible();
    await here(advisor);
  },
  'routes/advisor-colleague.tsx': async ({ agency, at, here, browser, page, stack }) => {
    const advisor = await advisorOf({ agency, browser, stack }, page, 'pedro');
    await advisor.goto('/en/advisor/mandates');
    await advisor.getByRole('link', { name: en('mandate:advisor.colleague.title') }).click();
    await expect(advisor).toHaveURL(/colleague/);
    await at(advisor, pathOf(advisor));
    await advisor.getByLabel(wordsOf('ar')('mandate:advisor.colleague.number')).fill('508114');
    await send(advisor);
    await expect(advisor.getByRole('alert')).toContainText(ar('mandate:advisor.colleague.wrong'));
    await here(advisor);
  },
  'routes/helpdesk.tsx': async ({ agency, at, browser, here, page, stack }) => {
    await signIn(page, 'desk-1', 'nl');
    await at(page, '/helpdesk');
    await nameReference(page, 'Z1-9999-9999');
    await expect(page.getByText(nl('helpdesk:desk.cannot', { link: nl('common:helpByPhone') }))).toBeVisible();
    await here(page);
    await at(page, `/helpdesk/start?call=call-1&ref=${referenceOf(agency, 'amal')}`);
    await askApproval(page, referenceOf(agency, 'amal'));
    // A colleague's request waits, above every page.
    await at(await somebody(browser, stack, 'desk-2', 'nl', true), '/helpdesk?noted');
  },
  'routes/helpdesk-call-back.tsx': async ({ at, here, page }) => {
    await signIn(page, 'desk-1', 'nl');
    await at(page, '/helpdesk/call-back');
    await unchecked(page);
    await send(page);
    await leadsTo(page, ar('helpdesk:callBack.tooFew'), page.locator('#facts'));
    await here(page);
  },
  'routes/helpdesk-emergency.tsx': async ({ at, here, page }) => {
    await signIn(page, 'desk-1', 'nl');
    await at(page, '/helpdesk/emergency');
    await unchecked(page);
    await send(page);
    await leadsTo(page, ar('helpdesk:emergency.tooShort'), page.locator('#report'));
    await here(page);
  },
  'routes/helpdesk-requests.tsx': async ({ agency, at, here, browser, page, stack }) => {
    await signIn(page, 'desk-2', 'nl');
    await at(page, '/helpdesk/requests');
    const agent = await somebody(browser, stack, 'desk-1', 'nl');
    await askApproval(agent, referenceOf(agency, 'amal'));
    await breakGlass(agent, referenceOf(agency, 'farid'));
    await at(page, '/helpdesk/requests');
    await page.locator('main form button[value=no]').first().click();
    await expect(page.getByRole('status').or(page.getByRole('alert')).first()).toBeVisible();
    await here(page);
  },
  'routes/helpdesk-request.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'desk-1', 'nl');
    for (const answer of ['yes', 'no']) {
      await askApproval(page, referenceOf(agency, 'amal'));
      const path = pathOf(page);
      if (answer === 'yes') await at(page, path);
      const colleague = await somebody(browser, stack, 'desk-2', 'nl');
      await colleague.goto('/nl/helpdesk/requests');
      await colleague.locator(`main form button[value=${answer}]`).first().click();
      await at(page, path);
    }
  },
  'routes/helpdesk-call.tsx': async ({ agency, at, here, browser, page, stack }) => {
    await signIn(page, 'desk-1', 'nl');
    const caller = await somebody(browser, stack, 'imani', 'en', true);
    await askCode(caller, 'en');
    await nameReference(page, referenceOf(agency, 'imani'));
    await expect(page.locator('.code')).toBeVisible();
    const path = pathOf(page);
    await at(page, path);
    await page.goto(`/nl${path}`);
    await typeCode(page, '00000000');
    await expect(page.getByText(nl('helpdesk:desk.wrong'))).toBeVisible();
    await here(page);
    await stack.query(`update view_grant set state = 'expired'`);
    await at(page, path);
  },
  'routes/helpdesk-view.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    const agent = await viewing({ agency, browser, stack }, page);
    await at(agent, pathOf(agent));
  },
  'routes/helpdesk-view-case.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    const agent = await viewing({ agency, browser, stack }, page);
    await agent
      .getByRole('navigation', { name: nl('helpdesk:view.cases') })
      .getByRole('link')
      .last()
      .click();
    await expect(agent).toHaveURL(/view\/[\w-]+$/);
    await at(agent, pathOf(agent));
    // Shows two pages side by side, so it is made for a wide screen.
    await agent.setViewportSize({ width: 1280, height: 800 });
    await at(agent, pathOf(agent));
  },
  'routes/helpdesk-view-page.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    const agent = await viewing({ agency, browser, stack }, page);
    const view = pathOf(agent);
    for (const other of ['who-looked', 'wait', 'contact']) await at(agent, `${view.replace(/view$/, '')}${other}`);
  },
  'routes/helpdesk-reason.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    const agent = await viewing({ agency, browser, stack }, page);
    const path = `${pathOf(agent).replace(/\/view$/, '')}/reason`;
    await at(agent, path);
    await agent.goto(`/nl${path}`);
    await agent.getByRole('button', { name: nl('helpdesk:reason.not-understood') }).click();
    await expect(agent.getByText(nl('helpdesk:reason.saved'))).toBeVisible();
    await at(agent, '/helpdesk/reason');
  },
  'routes/helpdesk-insight.tsx': async ({ agency, at, browser, page, stack }) => {
    await signIn(page, 'amal', 'ar');
    const agent = await viewing({ agency, browser, stack }, page);
    const call = agent.url();
    await at(agent, '/helpdesk/insight');
    await agent.goto(call.replace(/\/view$/, '/reason'));
    await agent.getByRole('button', { name: nl('helpdesk:reason.not-understood') }).click();
    await expect(agent.getByText(nl('helpdesk:reason.saved'))).toBeVisible();
    await at(agent, '/helpdesk/insight');
  },
};
