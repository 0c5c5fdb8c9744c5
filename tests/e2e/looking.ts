import type { Browser, Page } from '@playwright/test';
import type { Agency } from '../../mocks/agency';
import { expect, type Language, signIn } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

const PHONE = { width: 360, height: 640 };

/** Opens a browser context and signs a person in there. */
export async function somebody(
  browser: Browser,
  stack: Stack,
  person: string,
  language: Language,
  phone = false,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.origin, ...(phone ? { viewport: PHONE } : {}) });
  const page = await context.newPage();
  await signIn(page, person, language);
  return page;
}

/** The reference of the first case in which this person is the applicant. */
export function referenceOf(agency: Agency, person: string): string {
  const found = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === person);
  if (!found) throw new Error(`${person} has no case`);
  return found.reference;
}

/**
 * Makes a code on the caller's page and returns both numbers shown there.
 *
 * @param prepare runs on that page before the code is made
 */
export async function askCode(
  caller: Page,
  language: Language,
  prepare = async () => {},
): Promise<{ check: string; digits: string }> {
  const t = wordsOf(language);
  await caller.goto(`/${language}/helpdesk/with-me`);
  await prepare();
  await caller.getByRole('button', { name: t('helpdesk:caller.make') }).click();
  const check = (await caller.locator('[data-code=check]').textContent()) ?? '';
  const digits = (await caller.locator('[data-code=digits]').textContent()) ?? '';
  expect(digits).toMatch(/^\d{4} \d{4}$/);
  return { check, digits };
}

/** Enters the caller's reference as an employee. The page then says whether they can continue. */
export async function nameReference(agent: Page, reference: string): Promise<void> {
  const t = wordsOf('nl');
  await agent.goto('/nl/helpdesk');
  await agent.getByLabel(t('helpdesk:desk.reference')).fill(reference);
  await agent.getByLabel(t('helpdesk:desk.callId')).fill('call-1');
  await agent.getByRole('button', { name: t('helpdesk:desk.go') }).click();
}

export async function typeCode(agent: Page, digits: string): Promise<void> {
  const t = wordsOf('nl');
  await agent.getByLabel(t('helpdesk:desk.code')).fill(digits);
  await agent.getByRole('button', { name: t('helpdesk:desk.open') }).click();
}

/** Records a call-back with three confirmed facts and requests a colleague's approval. */
export async function askApproval(agent: Page, reference: string): Promise<void> {
  const t = wordsOf('nl');
  await agent.goto('/nl/helpdesk/call-back');
  await agent.getByLabel(t('helpdesk:desk.reference')).fill(reference);
  await agent.getByLabel(t('helpdesk:desk.callId')).fill('call-7');
  await agent.getByLabel(t('helpdesk:callBack.calledBack')).check();
  for (const fact of ['born', 'address', 'family'] as const) await agent.getByLabel(t(`helpdesk:fact.${fact}`)).check();
  await agent.getByRole('button', { name: t('helpdesk:callBack.ask') }).click();
  await expect(agent.getByRole('heading', { level: 1 })).toHaveText(t('helpdesk:callBack.stand.waiting'));
}

/**
 * Opens a case by emergency.
 *
 * @param isDelayed asks a colleague for a disclosure delay: the person sees the look later
 */
export async function breakGlass(agent: Page, reference: string, isDelayed = false): Promise<void> {
  await reportEmergency(agent, reference, isDelayed);
  await agent.waitForURL(/view$/);
}

/** Fills in the report of an emergency and sends it. */
export async function reportEmergency(agent: Page, reference: string, isDelayed = false): Promise<void> {
  const t = wordsOf('nl');
  await agent.goto('/nl/helpdesk/emergency');
  await agent.getByLabel(t('helpdesk:desk.reference')).fill(reference);
  await agent.getByLabel(t('helpdesk:desk.callId')).fill('call-9');
  await agent.getByLabel(t('helpdesk:emergency.kind.danger-person')).check();
  await agent.getByLabel(t('helpdesk:emergency.report')).fill('De politie belt: er is direct gevaar.');
  if (isDelayed) await agent.getByLabel(t('helpdesk:emergency.hold')).check();
  await agent.getByRole('button', { name: t('helpdesk:emergency.open') }).click();
}

/** Requests a mandate with the client's code. It waits for the client's yes, and the client's page lists it. */
export async function offerMandate(client: Page, advisor: Page, reference: string): Promise<void> {
  const t = wordsOf('en');
  await client.goto('/en/mandates');
  await client.getByRole('button', { name: t('mandate:give.button') }).click();
  const digits = (await client.locator('.code').textContent()) ?? '';
  await advisor.goto('/en/advisor/mandates');
  await advisor.getByLabel(t('mandate:advisor.reference')).fill(reference);
  await advisor.getByLabel(t('mandate:advisor.mandates.code')).fill(digits);
  await advisor.getByRole('button', { name: t('mandate:advisor.mandates.ask') }).click();
  await expect(advisor.getByText(t('mandate:advisor.mandates.done'))).toBeVisible();
  await client.goto('/en/mandates');
}

/**
 * Gives a mandate by the pages of both sides, from the code to the client's yes.
 *
 * @param colleague whether a colleague may stand in
 */
export async function giveMandate(client: Page, advisor: Page, reference: string, colleague = false): Promise<void> {
  const t = wordsOf('en');
  await offerMandate(client, advisor, reference);
  await client.getByRole('link', { name: t('mandate:read') }).click();
  if (colleague) await client.getByLabel(t('mandate:colleague.may')).check();
  await client.getByRole('button', { name: t('mandate:yes') }).click();
  await expect(client.getByRole('heading', { name: t('mandate:pile.now') })).toBeVisible();
}

/** Confirms the draw that another employee prepared, as `desk-2`. */
export async function confirmDraw(browser: Browser, stack: Stack): Promise<void> {
  const t = wordsOf('nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await colleague.goto('/nl/staff/releases');
  await colleague.getByRole('button', { name: t('appointment:release.confirm') }).click();
  await expect(colleague.getByText(t('appointment:release.confirmed'))).toBeVisible();
  await colleague.context().close();
}

/** Confirms the switch of a wait that another employee prepared, as `desk-2`. */
export async function confirmSwitch(browser: Browser, stack: Stack): Promise<void> {
  const t = wordsOf('nl');
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  await colleague.goto('/nl/staff/wait');
  await colleague.getByRole('button', { name: t('wait:staff.confirm') }).click();
  await expect(colleague.getByText(t('wait:staff.saved'))).toBeVisible();
  await colleague.context().close();
}

/** A caller's page as an employee gets it, with the caller's own links and buttons, which the view keeps inside the call. */
export const asOwnPage = (html: string): string =>
  html
    .replaceAll(
      / data-own="([^"]+)" (?:(href|action)="[^"]*"|role="link" aria-disabled="true" aria-describedby="[^"]*")/g,
      (_, own, name) => ` ${name ?? 'href'}="${own}"`,
    )
    .replaceAll(' data-own="" target="_blank"', '')
    .replaceAll(/ data-inert="" disabled="" aria-describedby="[^"]*"/g, '');
