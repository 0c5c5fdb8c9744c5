import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, test } from './fixtures';
import { askApproval, breakGlass, referenceOf, reportEmergency, somebody } from './looking';
import type { Stack } from './stack';
import { wordsOf } from './words';

const nl = wordsOf('nl');
const ar = wordsOf('ar');

async function approve(colleague: Page): Promise<void> {
  await colleague.goto('/nl/helpdesk/requests');
  await colleague.getByRole('button', { name: nl('helpdesk:requests.approve.alt'), exact: true }).click();
  await expect(colleague.getByText(nl('helpdesk:requests.yes'))).toBeVisible();
}

const actionsOf = async (stack: Stack) =>
  (
    await stack.query(
      `select action from audit_event
       where action not in ('sign-in', 'sign-out', 'view-own', 'refused-request', 'refused-by-policy') order by seq`,
    )
  ).map(({ action }) => action);

async function faultsOf(page: Page): Promise<string[]> {
  const faults = await axeFaults(page, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  return faults.map((fault) => `${page.url()}: ${fault}`);
}

test('a call-back and a colleague’s approval open the stage and the appointment', async ({
  browser,
  stack,
  agency,
}) => {
  const faults: string[] = [];
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const mate = await somebody(browser, stack, 'desk-3', 'nl');
  await agent.goto('/nl/helpdesk/call-back');
  // Without an approver of another team online, the page says how it would go.
  await expect(agent.getByText(nl('helpdesk:callBack.nobody'))).toBeVisible();
  faults.push(...(await faultsOf(agent)));
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await agent.reload();
  await expect(agent.getByText(nl('helpdesk:callBack.nobody'))).toHaveCount(0);
  faults.push(...(await faultsOf(agent)));
  await askApproval(agent, referenceOf(agency, 'amal'));
  await expect(agent.getByRole('heading', { level: 1 })).toHaveText(nl('helpdesk:callBack.stand.waiting'));
  faults.push(...(await faultsOf(agent)));
  const request = agent.url();

  // Nothing opens before the approval.
  const early = await agent.request.post(request, { headers: { origin: stack.origin } });
  expect(early.status()).toBe(422);
  const id = request.split('/').at(-1) ?? '';
  // Neither the employee nor a member of their team may approve.
  for (const eyes of [agent, mate]) {
    await eyes.goto('/nl/helpdesk/requests');
    await expect(eyes.getByText(nl('helpdesk:requests.none'))).toBeVisible();
    const form = { request: id, answer: 'yes' };
    const yes = await eyes.request.post('/nl/helpdesk/requests', { form, headers: { origin: stack.origin } });
    expect(yes.status()).toBe(409);
    expect(await yes.text()).toContain(nl('helpdesk:requests.cannot'));
  }

  await colleague.goto('/nl/helpdesk/requests');
  await expect(colleague.getByText('call-7')).toBeVisible();
  faults.push(...(await faultsOf(colleague)));
  expect((await colleague.request.get(request)).status()).toBe(404);
  expect(await actionsOf(stack)).not.toContain('find-caller');
  await approve(colleague);

  await agent.goto(request);
  await agent.getByRole('button', { name: nl('helpdesk:desk.open') }).click();
  const pane = agent.getByRole('region', { name: nl('helpdesk:view.dutch') });
  await expect(pane.getByRole('heading', { level: 1 })).toHaveText(nl('case:stage.biometrics.name'));
  await expect(pane.getByRole('heading', { level: 2 })).toHaveText([nl('case:visit.title')]);
  await expect(agent.getByText('Haddad')).toHaveCount(0);
  faults.push(...(await faultsOf(agent)));
  const other = `${agent.url().split('/view/')[0]}/view/AAAAAAAAAAAAAAAAAAAAAA`;
  expect((await agent.request.get(other)).status()).toBe(404);
  // An approval opens only once.
  expect((await agent.request.post(request, { headers: { origin: stack.origin } })).status()).toBe(422);
  expect((await actionsOf(stack)).filter((action) => String(action) !== 'read-own-log')).toEqual([
    'ask-approval',
    // Two entries, since the page was requested twice.
    'read-requests',
    'read-requests',
    'approve-view',
    'use-approval',
    'find-caller',
    'view-case',
  ]);

  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:ground.second-approval'))).toBeVisible();
  await expect(caller.getByText('Smit')).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('an unknown reference looks like a known one and opens nothing', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await askApproval(agent, referenceOf(agency, 'farid'));
  const known = await agent.locator('main').textContent();
  await askApproval(agent, 'Z1-9999-9999');
  expect(await agent.locator('main').textContent()).toBe(known);
  await approve(colleague);
  await agent.reload();
  await agent.getByRole('button', { name: nl('helpdesk:desk.open') }).click();
  await expect(agent.getByText(nl('helpdesk:callBack.cannot'))).toBeVisible();
});

test('a call-back’s view ends after five idle or fifteen total minutes', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  for (const past of ["last_seen_at = now() - interval '5 minutes'", 'expires_at = now()']) {
    await askApproval(agent, referenceOf(agency, 'amal'));
    await approve(colleague);
    await agent.reload();
    await agent.getByRole('button', { name: nl('helpdesk:desk.open') }).click();
    await agent.waitForURL(/view\/[\w-]{22}$/);
    await stack.query(`update view_grant set ${past} where state = 'active'`);
    await agent.reload();
    await expect(agent.getByRole('heading', { level: 1 })).toHaveText(nl('helpdesk:view.over'));
  }
});

test('an emergency opens at once, and its person sees it', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await agent.goto('/nl/helpdesk/emergency');
  const faults = await faultsOf(agent);
  await breakGlass(agent, referenceOf(agency, 'amal'));
  await expect(agent.getByRole('region', { name: nl('helpdesk:view.caller') })).toBeVisible();
  faults.push(...(await faultsOf(agent)));
  await colleague.goto('/nl/helpdesk/requests');
  await expect(colleague.getByText('De politie belt')).toBeVisible();
  faults.push(...(await faultsOf(colleague)));
  await colleague.getByRole('button', { name: nl('helpdesk:requests.approve.glass') }).click();
  await expect(colleague.getByText(nl('helpdesk:requests.yes'))).toBeVisible();
  expect(await actionsOf(stack)).toEqual([
    'break-glass',
    'find-caller',
    'view-cases',
    'read-requests',
    'confirm-emergency',
  ]);
  const minutes = await stack.query(
    'select extract(epoch from expires_at - active_at)::int / 60 as minutes from view_grant',
  );
  expect(minutes).toEqual([{ minutes: 10 }]);
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:ground.emergency'))).toBeVisible();
  expect(faults).toEqual([]);
});

test('only two employees hide an emergency from its person', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await breakGlass(agent, referenceOf(agency, 'amal'), true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:ground.emergency'))).toBeVisible();
  await colleague.goto('/nl/helpdesk/requests');
  await colleague.getByRole('button', { name: nl('helpdesk:requests.approve.hidden') }).click();
  await expect(colleague.getByText(nl('helpdesk:requests.yes'))).toBeVisible();
  await expect(() => caller.goto('/ar/who-looked')).toPass();
  await expect(caller.getByText(ar('audit:none'))).toBeVisible();
  await expect(caller.getByText(ar('audit:later'))).toBeVisible();
  await expect(caller.getByText(ar('audit:ground.emergency'))).toHaveCount(0);
  expect(await actionsOf(stack)).toContain('safety-hold');
});

test('an unconfirmed emergency is reported once', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  await breakGlass(agent, referenceOf(agency, 'amal'), true);
  await stack.query("update view_request set answer_before = now() - interval '1 second'");
  await expect.poll(() => actionsOf(stack), { timeout: 15_000 }).toContain('report-emergency');
  await expect
    .poll(async () => (await stack.query('select reported_at from view_request'))[0]?.reported_at, { timeout: 5_000 })
    .not.toBeNull();
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:ground.emergency')).first()).toBeVisible();
  expect((await actionsOf(stack)).filter((action) => action === 'report-emergency')).toHaveLength(1);
});

test('a third open emergency is refused', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  await breakGlass(agent, referenceOf(agency, 'amal'));
  await breakGlass(agent, referenceOf(agency, 'farid'));
  await reportEmergency(agent, referenceOf(agency, 'imani'));
  await expect(agent.getByText(nl('helpdesk:emergency.open-limit'))).toBeVisible();
});

test('a refused emergency ends at once', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await breakGlass(agent, referenceOf(agency, 'amal'));
  await colleague.goto('/nl/helpdesk/requests');
  await colleague.getByRole('button', { name: nl('helpdesk:requests.refuse') }).click();
  await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible({ timeout: 3_000 });
});
