import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, type Language, signIn, test } from './fixtures';
import type { Stack } from './stack';
import { wordsOf } from './words';

/** What another portal would have trained: the same model, changed to give Amal's estimate a certain trust. */
const CHANGES = {
  ok: { unrest: [] },
  unsettled: { unrest: ['inflow-up'] },
  'one-sided': { unrest: [], horizonDays: 150 },
  open: { unrest: [], horizonDays: 30 },
  none: { decisionsBehind: 0 },
} as const;
/** Later than the as-of date of the agency's counts: a portal takes the newest. */
const CHANGED_AS_OF = '2026-03-09';
type Trust = keyof typeof CHANGES;

for (const trust of ['ok', 'unsettled', 'one-sided', 'open', 'none'] as const) {
  // The page ships no script, so it is the same without JavaScript.
  for (const javaScriptEnabled of trust === 'ok' ? [true, false] : [true]) {
    test.describe(`${trust}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled });

      test('is shown in words and never as one date', async ({ page, stack }) => {
        await storeModel(stack, trust);
        await signIn(page, 'amal', 'en');
        await page.locator('main .cards a').first().click();
        const address = new URL(page.url()).pathname.replace(/^\/en/, '');
        for (const language of ['nl', 'ar'] as const) {
          await page.goto(`/${language}${address}`);
          await showsTrust(page, language, trust);
          if (javaScriptEnabled) expect(await axeFaults(page)).toEqual([]);
        }
      });
    });
  }
}

test('a changed range says what changed and why', async ({ page, stack }) => {
  const t = wordsOf('en');
  await storeModel(stack, 'unsettled');
  await signIn(page, 'amal', 'en');
  await page.locator('main .cards a').first().click();
  const wait = page.getByRole('region', { name: t('case:wait.title') });
  await expect(wait.locator('.wait__dates')).toBeVisible();
  await expect(wait.getByText(/What has changed since/)).toHaveCount(0);
  await expect.poll(() => stack.query('select 1 from range_shown')).toHaveLength(1);
  await stack.query(`update range_shown set shown_on = shown_on - 30, high_on = high_on - 40, stage = 'fee'`);
  await page.reload();
  await wait.getByText(/What has changed since/).click();
  await expect(wait.getByText(t('case:wait.moved.later', { count: 40 }))).toBeVisible();
  await expect(wait.getByText(t('case:wait.cause.stage'))).toBeVisible();
  await expect(wait.getByText(t('case:wait.cause.inflow-up'))).toBeVisible();
});

async function showsTrust(page: Page, language: Language, trust: Trust): Promise<void> {
  const t = wordsOf(language);
  const wait = page.getByRole('region', { name: t('case:wait.title') });
  const said = wait.locator('.wait__dates');
  if (trust === 'ok' || trust === 'unsettled') {
    await expect(wait.getByText(t('case:wait.tenths'))).toBeVisible();
    await expect(wait.getByRole('img')).toHaveCount(1);
    await expect(wait.getByText(t('case:wait.unsettled'))).toHaveCount(trust === 'unsettled' ? 1 : 0);
    await expect(wait.getByText(t('case:wait.not'))).toBeHidden();
    await wait.getByText(t('case:wait.how')).click();
    await expect(wait.getByText(t('case:wait.not'))).toBeVisible();
    // A range has two dates.
    expect(((await said.textContent()) ?? '').match(/20\d\d/g)).toHaveLength(2);
  }
  if (trust === 'one-sided') await expect(wait.getByText(t('case:wait.oneSidedMore'))).toBeVisible();
  if (trust === 'open') await expect(wait.getByText(t('case:wait.openMore'))).toBeVisible();
  if (trust === 'none') {
    await expect(said).toHaveText(t('case:wait.none'));
    await expect(wait.getByText(/20\d\d/)).toHaveCount(
      await wait.getByText(t('case:wait.cohort').split('{{')[0] ?? '').count(),
    );
  }
  await expect(page.getByRole('progressbar')).toHaveCount(0);
}

interface Body {
  readonly asOf: string;
  readonly model: { readonly procedures: Record<string, object> };
}

/** Stores a changed model where portals share theirs, and lets the portal load it. */
async function storeModel(stack: Stack, trust: Trust): Promise<void> {
  const [row] = await stack.query(`select body from estimate where as_of = '2026-03-02'`);
  const { horizonDays, ...change } = { horizonDays: 730, ...CHANGES[trust] };
  const body = row?.body as Body;
  const family = { ...body.model.procedures.family, recentCoverage: null, ...change };
  const model = { ...body.model, horizonDays, procedures: { ...body.model.procedures, family } };
  const asOf = CHANGED_AS_OF;
  await stack.query('insert into estimate (as_of, complete, body, trained_at) values ($1, true, $2, now())', [
    asOf,
    JSON.stringify({ ...body, asOf, complete: true, model }),
  ]);
  await stack.clearCaches();
}
