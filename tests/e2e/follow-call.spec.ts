import { expect } from '@playwright/test';
import { test } from './page-of-script';

const body = (state: string) => `<a id="call-refresh" data-state="${state}" href="/with-me">Again</a>
  <form action="/with-me" method="get"><input type="hidden" name="width"><button>Send</button></form>`;

test('the page reloads when an employee begins to look', async ({ page, script }) => {
  script.answer('/with-me/now', { state: 'waiting' });
  await script.open('follow-call', body('waiting'));
  await script.passes(3_000);
  expect(script.requests('/with-me')).toBe(0);
  script.answer('/with-me/now', { state: 'looking' });
  await script.passes(1_500);
  await page.waitForURL('**/with-me');
});

test('a slow page is requested once', async ({ script }) => {
  script.answer('/with-me/now', { state: 'ended' });
  script.answer('/with-me', 204);
  await script.open('follow-call', body('looking'));
  await script.passes(9_000);
  expect(script.requests('/with-me')).toBe(1);
});

for (const answer of [500, 'lost', 'hang', 302, { status: 500 }] as const)
  test(`an answer without a state changes nothing: ${JSON.stringify(answer)}`, async ({ script }) => {
    script.answer('/with-me/now', answer);
    await script.open('follow-call', body('looking'));
    await script.passes(6_000);
    expect(script.requests('/with-me')).toBe(0);
  });

test('polling does not interrupt a form that was sent', async ({ page, script }) => {
  script.answer('/with-me/now', { state: 'looking' });
  script.answer('/with-me', 204);
  await script.open('follow-call', body('waiting'));
  await page.getByRole('button').click();
  await expect.poll(() => script.requests('/with-me')).toBe(1);
  await expect(page.locator('input')).toHaveValue(/^\d+(\.\d)?$/);
  await script.passes(6_000);
  expect(script.requests('/with-me')).toBe(1);
});

test('a form that its script handles does not stop polling', async ({ page, script }) => {
  script.answer('/with-me/now', { state: 'waiting' });
  await script.open('follow-call', body('waiting'));
  await page.evaluate(() => document.forms[0]?.addEventListener('submit', (event) => event.preventDefault()));
  await page.getByRole('button').click();
  script.answer('/with-me/now', { state: 'looking' });
  await script.passes(1_500);
  await page.waitForURL('**/with-me');
});

test('polling resumes at once on return from the background', async ({ page, script }) => {
  script.answer('/with-me/now', { state: 'looking' });
  await script.open('follow-call', body('waiting'));
  await script.background(true);
  await script.passes(6_000);
  expect(script.requests('/with-me/now')).toBe(0);
  await script.background(false);
  await page.waitForURL('**/with-me');
});
