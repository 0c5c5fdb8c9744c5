import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, test } from './fixtures';
import { askApproval, breakGlass, referenceOf, somebody } from './looking';
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
  (await stack.query('select action from audit_event order by seq')).map(({ action }) => action);

async function faultsOf(page: Page): Promise<string[]> {
  const faults = await axeFaults(page, ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
  return faults.map((fault) => `${page.url()}: ${fault}`);
}

test('a caller who can not sign in: call-back, a colleague’s yes, stage and appointment only, and he sees it later', async ({
  browser,
  stack,
  agency,
}) => {
  const faults: string[] = [];
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const mate = await somebody(browser, stack, 'desk-3', 'nl');
  await agent.goto('/nl/helpdesk/call-back');
  // So long as nobody of another team is there it is said how it would go.
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

  // Without a yes nothing opens.
  const early = await agent.request.post(request, { headers: { origin: stack.origin } });
  expect(early.status()).toBe(422);
  const id = request.split('/').at(-1) ?? '';
  // Neither himself nor one of his team makes it four eyes.
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
  // Opened once: the same yes opens nothing more.
  expect((await agent.request.post(request, { headers: { origin: stack.origin } })).status()).toBe(422);
  expect((await actionsOf(stack)).filter((action) => String(action) !== 'read-own-log')).toEqual([
    'ask-approval',
    // Seen twice: the page was asked for twice.
    'read-requests',
    'read-requests',
    'approve-view',
    'find-caller',
    'view-case',
  ]);

  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:ground.second-approval'))).toBeVisible();
  await expect(caller.getByText('Smit')).toHaveCount(0);
  expect(faults).toEqual([]);
});

test('an unknown reference gets the same page as a known one, and opens nothing after the yes', async ({
  browser,
  stack,
  agency,
}) => {
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

test('five minutes without a look, or fifteen in all, end a view after a call-back', async ({
  browser,
  stack,
  agency,
}) => {
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

test('an emergency opens at once, a colleague confirms it, and the person sees it', async ({
  browser,
  stack,
  agency,
}) => {
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

test('an emergency that nobody confirms is reported once, and its safety hold ends with that', async ({
  browser,
  stack,
  agency,
}) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  await breakGlass(agent, referenceOf(agency, 'amal'), true);
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:none'))).toBeVisible();
  await caller.goto('/ar/helpdesk/with-me');
  await expect(caller.getByRole('button', { name: ar('helpdesk:caller.stop') })).toHaveCount(0);
  await stack.query("update view_request set answer_before = now() - interval '1 second'");
  await expect.poll(() => actionsOf(stack), { timeout: 15_000 }).toContain('report-emergency');
  await expect
    .poll(async () => (await stack.query('select reported_at from view_request'))[0]?.reported_at, { timeout: 5_000 })
    .not.toBeNull();
  // The page he is on renews itself now that the look may be told of, which may cut his own way short.
  await expect(() => caller.goto('/ar/who-looked')).toPass();
  await expect(caller.getByText(ar('audit:ground.emergency')).first()).toBeVisible();
  expect((await actionsOf(stack)).filter((action) => action === 'report-emergency')).toHaveLength(1);
});

test('a refused emergency ends at once', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await breakGlass(agent, referenceOf(agency, 'amal'));
  await colleague.goto('/nl/helpdesk/requests');
  await colleague.getByRole('button', { name: nl('helpdesk:requests.refuse') }).click();
  await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible({ timeout: 3_000 });
});
