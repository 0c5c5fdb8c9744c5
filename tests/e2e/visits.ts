import type { Page } from '@playwright/test';
import type { Agency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { codeIn, type MailServer } from '../../mocks/mail/server';
import { expect, type Language, signIn } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

/** Settings with only this planner. */
export const onlyPlanner = (stack: Stack, only: 'zms' | 'jcc'): Record<string, string> => ({
  PLANNERS: JSON.stringify(plannerList(stack.agency.url).filter(({ kind }) => kind === only)),
});

/** Settings with only the planner that allows a second booking and owns its holds. */
export const onlyZms = (stack: Stack): Record<string, string> => onlyPlanner(stack, 'zms');

/** Takes a person from the sign-in to the form that confirms the first free time. */
export async function toHold(page: Page, language: Language = 'en', person = 'amal'): Promise<void> {
  await toSearch(page, language, person);
  await page.getByRole('button', { name: wordsOf(language)('appointment:search.take') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wordsOf(language)('appointment:hold.title'));
}

export async function toSearch(page: Page, language: Language = 'en', person = 'amal'): Promise<void> {
  const t = wordsOf(language);
  await signIn(page, person, language);
  await page.locator('main .cards a').first().click();
  await page.getByRole('link', { name: t('case:visit.book') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:search.title'));
}

/** Fills in the code that was mailed, on the page that asks for it. */
export async function confirmAddress(page: Page, language: Language, mail: MailServer): Promise<void> {
  const t = wordsOf(language);
  await expect.poll(() => codeIn(mail), { timeout: 20_000 }).not.toBe('');
  await page.getByLabel(t('appointment:confirm.code')).fill(codeIn(mail));
  await page.getByRole('button', { name: t('appointment:confirm.button') }).click();
  await expect(page.getByRole('button', { name: t('appointment:confirm.button') })).toHaveCount(0);
}

/** Books the first free time and returns the booking's address. */
export async function book(page: Page, language: Language = 'en', person = 'amal'): Promise<string> {
  const t = wordsOf(language);
  await toHold(page, language, person);
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  return page.url();
}

/**
 * From a booking's page to the form that confirms another time for it: the last one on the first page of times. Enters
 * another email address, since some planners allow one booking an address.
 */
export async function toMove(page: Page, language: Language = 'en', email = 'moved@example.org'): Promise<void> {
  const t = wordsOf(language);
  await page.getByRole('link', { name: t('appointment:booking.move'), exact: true }).click();
  await expect(page.getByText(t('appointment:search.movingMore'))).toBeVisible();
  await page.locator('.slots button').last().click();
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill(email);
}

/** The portal learns from a simulated agency's counts when it starts: a few seconds, more under load. */
export const LEARNED = { timeout: 100_000 };

/** Waits for ranges; with `complete`, also for the replayed past. */
export async function learned(stack: Stack, complete = false): Promise<void> {
  await expect(async () => {
    if (complete) expect((await fetch(`${stack.origin}/en/wait/figures.json`)).status).toBe(200);
    else expect(await (await fetch(`${stack.origin}/en/wait`)).text()).toContain('procedure=family');
  }).toPass(LEARNED);
}

/** Open bookings at the agency's OAP planner. */
export async function bookingsAt(agency: Agency): Promise<readonly unknown[]> {
  const answer: { bookings: unknown[] } = await (await fetch(`${agency.url}/control/planner/bookings`)).json();
  return answer.bookings;
}
