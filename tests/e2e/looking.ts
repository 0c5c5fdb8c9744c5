import type { Browser, Page } from '@playwright/test';
import type { Agency } from '../../mocks/agency';
import { expect, type Language, signIn } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

const PHONE = { width: 360, height: 640 };

/** Somebody with a browser of his own. */
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

/** What a person would quote of the newest of his cases. */
export function referenceOf(agency: Agency, person: string): string {
  const found = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === person);
  if (!found) throw new Error(`${person} has no case`);
  return found.reference;
}

/** The caller asks for a code on his page and gives both numbers that stand there. @param asHeReads what he changed first */
export async function askCode(
  caller: Page,
  language: Language,
  asHeReads = async () => {},
): Promise<{ check: string; digits: string }> {
  const t = wordsOf(language);
  await caller.goto(`/${language}/helpdesk/with-me`);
  await asHeReads();
  await caller.getByRole('button', { name: t('helpdesk:caller.make') }).click();
  const check = (await caller.locator('[data-code=check]').textContent()) ?? '';
  const digits = (await caller.locator('[data-code=digits]').textContent()) ?? '';
  expect(digits).toMatch(/^\d{4} \d{4}$/);
  return { check, digits };
}

/** The employee names the reference of the caller; whether he can continue is on the page then. */
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

/** The employee called back and was told three facts; a colleague's yes is asked. */
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

/** An emergency, with its report; on wish the one whose file it is hears of it later. */
export async function breakGlass(agent: Page, reference: string, hold = false): Promise<void> {
  const t = wordsOf('nl');
  await agent.goto('/nl/helpdesk/emergency');
  await agent.getByLabel(t('helpdesk:desk.reference')).fill(reference);
  await agent.getByLabel(t('helpdesk:desk.callId')).fill('call-9');
  await agent.getByLabel(t('helpdesk:emergency.kind.danger-person')).check();
  await agent.getByLabel(t('helpdesk:emergency.report')).fill('De politie belt: er is direct gevaar.');
  if (hold) await agent.getByLabel(t('helpdesk:emergency.hold')).check();
  await agent.getByRole('button', { name: t('helpdesk:emergency.open') }).click();
  await agent.waitForURL(/view$/);
}

/** A mandate that waits for the client's yes, from the code that he gave; his list of them is open. */
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

/** A mandate from the code to the client's yes, as the two do it on their pages; on wish a colleague may stand in. */
export async function giveMandate(client: Page, advisor: Page, reference: string, colleague = false): Promise<void> {
  const t = wordsOf('en');
  await offerMandate(client, advisor, reference);
  await client.getByRole('link', { name: t('mandate:read') }).click();
  if (colleague) await client.getByLabel(t('mandate:colleague.may')).check();
  await client.getByRole('button', { name: t('mandate:yes') }).click();
  await expect(client.getByRole('heading', { name: t('mandate:pile.now') })).toBeVisible();
}
