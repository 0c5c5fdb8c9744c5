import type { Page } from '@playwright/test';
import { axeFaults } from '../a11y/axe';
import { expect, signIn, test } from './fixtures';
import { confirmSwitch } from './looking';
import { READERS } from './variants';
import { LEARNED, learned } from './visits';
import { wordsOf } from './words';

// The portal learns from a simulated agency's counts when it starts: a few seconds, more under load.
test.describe.configure({ timeout: 120_000 });

async function isGood(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  expect(await axeFaults(page)).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}

for (const [language, javaScriptEnabled] of READERS) {
  test.describe(`${language}, JavaScript ${javaScriptEnabled ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled });
    const t = wordsOf(language);

    test(`a visitor finds the page, chooses and sees a range`, async ({ page, stack }) => {
      await learned(stack);
      await page.goto(`/${language}`);
      await page.getByLabel(t('wait:form.procedure')).selectOption('family');
      await page.getByRole('button', { name: t('wait:form.submit') }).click();
      await expect(page.locator('.wait__dates')).toHaveText(/20\d\d/);
      await page.goto(`/${language}/wait`);
      await expect(page.getByRole('heading', { name: t('wait:overview.title') })).toBeVisible();
      if (javaScriptEnabled) await isGood(page);

      await page.getByLabel(t('wait:form.procedure')).selectOption('family');
      await page.getByLabel(t('wait:form.month')).selectOption('2025-12');
      await page.getByLabel(t('wait:form.stage')).selectOption('review');
      await page.getByRole('button', { name: t('wait:form.submit') }).click();

      await expect(page).toHaveURL(/procedure=family&month=2025-12&day=&stage=review$/);
      const answer = page.getByRole('region', { name: t('wait:answer.title') });
      await expect(answer.locator('.wait__dates')).toHaveText(
        beginningOf(t('case:wait.range', { low: '§', high: '§' })),
      );
      await expect(answer).toContainText(t('case:wait.tenths'));
      await expect(answer).toContainText(t('case:stage.review.name'));
      // The choice is in the address, so that it can be kept.
      await page.reload();
      await expect(page.getByLabel(t('wait:form.month'))).toHaveValue('2025-12');
      if (javaScriptEnabled) await isGood(page);
    });
  });
}

test('a month gives a wider range than a date', async ({ stack }) => {
  await learned(stack);
  const span = async (query: string) => {
    const page = await (await fetch(`${stack.origin}/en/wait?procedure=family&${query}`)).text();
    const html = page.replaceAll('\u00a0', ' ');
    const [, low = '', high = ''] = /will probably come between ([\w ]+) and ([\w ]+)\./.exec(html) ?? [];
    return { low: Date.parse(low), high: Date.parse(high) };
  };
  const day = await span('month=2026-01&day=15&stage=');
  const month = await span('month=2026-01&day=&stage=');
  expect(day.low).toBeGreaterThanOrEqual(Date.parse('2026-03-02') - 86_400_000);
  expect(day.high).toBeGreaterThan(day.low);
  expect(month.low).toBeLessThanOrEqual(day.low);
  expect(month.high).toBeGreaterThanOrEqual(day.high);
});

test('an invalid question is explained, and no address breaks the page', async ({ page, stack }) => {
  await learned(stack);
  const t = wordsOf('en');
  for (const [query, fault] of [
    ['procedure=family&month=2026-02&day=30', 'day'],
    ['procedure=family&month=2026-03&day=20', 'future'],
    ['procedure=family&month=nonsense', 'month'],
    ['procedure=constructor', 'procedure'],
  ] as const) {
    await page.goto(`/en/wait?${query}`);
    await expect(page.getByRole('alert')).toContainText(t(`wait:fault.${fault}`));
    await isGood(page);
  }
  await page.goto('/en/wait?procedure=visa&stage=intention');
  await expect(page.getByText(t('wait:answer.stageNotThere'))).toBeVisible();
});

test('without counts the page says so', async ({ page, agency, stack }) => {
  agency.setFault('statistics', 'down');
  await stack.query('truncate estimate');
  await stack.restartPortal();
  await page.goto('/nl/wait');
  await expect(page.getByText(wordsOf('nl')('wait:notNow'))).toBeVisible();
  await isGood(page);
});

test('the past stands in words, pictures and tables', async ({ page, stack }) => {
  await learned(stack, true);
  for (const language of ['nl', 'en', 'ar'] as const) {
    const t = wordsOf(language);
    await page.goto(`/${language}/wait?procedure=asylum&month=2025-10`);
    await page.getByRole('heading', { name: t('wait:cohort.title') }).click();
    await expect(page.getByText(beginningOf(t('case:wait.cohort', { month: '§' })))).toBeVisible();
    for (const title of [t('wait:trend.title'), t('wait:flow.title')]) {
      const part = page.getByRole('region', { name: title });
      await part.getByRole('heading').click();
      await expect(part.getByRole('img')).toBeVisible();
      await part.getByText(t('wait:allNumbers')).click();
      expect(await part.getByRole('row').count()).toBeGreaterThan(20);
    }
    await isGood(page);
  }
});

test('the track record says how often the range was right', async ({ page, stack }) => {
  await learned(stack, true);
  for (const language of ['nl', 'en', 'ar'] as const) {
    const t = wordsOf(language);
    await page.goto(`/${language}/wait/record`);
    const said = page.getByText(beginningOf(t('wait:record.overall', { right: '§', early: '§', late: '§' })));
    await expect(said).toBeVisible();
    const table = page.getByRole('region', { name: t('wait:record.byProcedure') }).getByRole('table');
    for (const column of ['right', 'early', 'late', 'term', 'past80', 'pending'] as const)
      await expect(table.getByRole('columnheader', { name: t(`wait:record.${column}`) })).toBeVisible();
    await expect(table.getByRole('rowheader')).toHaveCount(8);
    const family = page.getByRole('region', { name: t('case:procedure.family'), exact: true });
    await family.getByRole('heading').first().click();
    await family
      .locator('summary', { hasText: t('wait:record.quarters') })
      .first()
      .click();
    await family.locator('summary', { hasText: t('wait:record.stages') }).click();
    expect(await family.getByRole('row').count()).toBeGreaterThan(5);
    await isGood(page);
  }
});

test('CSV and JSON hold the same figures and may be cached', async ({ stack }) => {
  await learned(stack, true);
  const csv = await fetch(`${stack.origin}/nl/wait/figures.csv`);
  expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
  expect(csv.headers.get('content-disposition')).toContain('expected-wait-2026-03-02.csv');
  expect(csv.headers.get('cache-control')).toBe('public, max-age=600');
  const page = (cookie: string) => fetch(`${stack.origin}/nl/wait/record`, { headers: { cookie } });
  expect((await page('language=nl')).headers.get('cache-control')).toBe('public, max-age=600');
  expect((await page('')).headers.get('cache-control')).toBe('no-store');

  const [header, ...rows] = (await csv.text())
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(header).toEqual(['procedure', 'table', 'period', 'stage', 'measure', 'value']);
  expect(rows.every((row) => row.length === 6)).toBe(true);

  const json = await (await fetch(`${stack.origin}/nl/wait/figures.json`)).json();
  expect(json.asOf).toBe('2026-03-02');
  expect(json.procedures).toHaveLength(8);
  for (const { procedure, months } of json.procedures) {
    const { month, received } = months[3];
    expect(rows).toContainEqual([procedure, 'months', month, '', 'received', `${received}`]);
  }
  const described = new Map<string, object>(Object.entries(json.description.tables));
  for (const [, table = '', , , measure = ''] of rows) expect(described.get(table)).toHaveProperty(measure);
});

test('staff can withdraw a range from both pages and give a reason', async ({ browser, page, stack }) => {
  await learned(stack);
  const t = wordsOf('nl');
  await signIn(page, 'desk-1', 'nl', '/nl/staff/wait');
  await isGood(page);
  const set = async (trust: 'off' | 'none', reason: string) => {
    const form = page.locator('form[method=post]').filter({ has: page.locator('select[name=reason]') });
    await form.getByLabel(t('wait:staff.procedure')).selectOption('family');
    await form.getByLabel(t(`wait:staff.${trust}`)).check();
    await form.getByLabel(t('wait:staff.reasonFor')).selectOption(reason);
    await form.getByLabel(t('wait:staff.until')).fill('2026-03-31');
    await form.getByRole('button', { name: t('wait:staff.save') }).click();
    await expect(page.getByText(t(trust === 'off' ? 'wait:staff.saved' : 'wait:staff.prepared'))).toBeVisible();
  };
  await set('none', 'decision-stop');
  const row = page.getByRole('row', { name: t('case:procedure.family') });
  // One employee alone changes nothing.
  await expect(row).toContainText(t('wait:staff.offShort'));
  await expect(page.getByRole('button', { name: t('wait:staff.confirm') })).toHaveCount(0);
  const form = { do: 'confirm', switch: await page.locator('input[name=switch]').inputValue() };
  await page.request.post('/nl/staff/wait', { form, headers: { origin: stack.origin } });
  await page.reload();
  await expect(row).toContainText(t('wait:staff.offShort'));
  await isGood(page);
  await confirmSwitch(browser, stack);
  await page.goto('/nl/staff/wait');
  await expect(row).toContainText(t('wait:staff.noneShort'));
  await expect(page.getByText('Anouk Smit')).toHaveCount(0);
  await expect(row).toContainText('2 maart 2026');

  const context = await browser.newContext({ baseURL: stack.origin });
  const visitor = await context.newPage();
  try {
    for (const language of ['nl', 'en', 'ar'] as const) {
      const words = wordsOf(language);
      await visitor.goto(`/${language}/wait?procedure=family&month=2026-01`);
      await expect(visitor.getByText(words('wait:answer.none'))).toBeVisible();
      await expect(visitor.getByText(words('case:wait.switched.decision-stop'))).toBeVisible();
    }
    await isGood(visitor);
    await signIn(visitor, 'amal');
    await visitor.getByRole('link', { name: t('case:procedure.family') }).click();
    await expect(visitor.getByText(t('case:wait.none'))).toBeVisible();
    await expect(visitor.getByText(t('case:wait.switched.decision-stop'))).toBeVisible();
  } finally {
    await set('off', '');
    await context.close();
  }
  await expect(row).toContainText(t('wait:staff.offShort'));
  const actions = await stack.query("select action from audit_event where action like '%-switch' order by seq");
  expect(actions.map(({ action }) => action)).toEqual(['prepare-switch', 'confirm-switch', 'undo-switch']);
});

test('an incomplete change is refused, and only employees reach the page', async ({ page, stack }) => {
  await learned(stack);
  await signIn(page, 'desk-2', 'en', '/en/staff/wait');
  const t = wordsOf('en');
  await page.getByLabel(t('wait:staff.procedure')).selectOption('study');
  await page.getByLabel(t('wait:staff.none')).check();
  await page.getByRole('button', { name: t('wait:staff.save') }).click();
  await page
    .getByRole('alert')
    .getByRole('link', { name: t('wait:staff.reasonFor') })
    .click();
  await expect(page.getByLabel(t('wait:staff.reasonFor'))).toBeFocused();
  await expect(page.getByLabel(t('wait:staff.none'))).toBeChecked();
  await expect(page.getByRole('row', { name: t('case:procedure.study') })).toContainText(t('wait:staff.offShort'));

  await page.context().clearCookies();
  await signIn(page, 'amal', 'en');
  await page.goto('/en/staff/wait');
  await expect(page).toHaveURL(/\/en\/cases$/);
});

test('a what-if simulation shows the ranges before and after', async ({ page, stack }) => {
  await learned(stack);
  await signIn(page, 'desk-3', 'en', '/en/staff/wait');
  const t = wordsOf('en');
  await page.getByLabel(t('wait:staff.inflow')).fill('+150');
  await page.getByLabel(t('wait:staff.capacity')).fill('-20');
  await page.getByLabel(t('wait:staff.weeks')).fill('26');
  await page.getByRole('button', { name: t('wait:staff.compute') }).click();
  const result = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: t('wait:staff.now') }) });
  // A busy portal answers "ask again in a moment".
  await expect(async () => {
    if ((await result.count()) === 0) await page.getByRole('button', { name: t('wait:staff.compute') }).click();
    await expect(result.getByRole('rowheader')).toHaveCount(8);
  }).toPass(LEARNED);
  const [now = '', then = '', unchanged = ''] = await result
    .getByRole('row', { name: t('case:procedure.family') })
    .getByRole('cell')
    .allTextContents();
  expect(then).not.toBe(unchanged);
  expect(now).not.toBe('');
  await isGood(page);
  await page.goto('/en/staff/wait?inflow=9999&capacity=0&weeks=13');
  await expect(page.getByLabel(t('wait:staff.inflow'))).toHaveAccessibleDescription(t('wait:staff.percentage'));
});

/** Matches a text by the words before its first placeholder (here §). */
function beginningOf(text: string): RegExp {
  const [start = ''] = text.split('§');
  return new RegExp(`^\\s*${start.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
