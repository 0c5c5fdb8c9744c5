import type { Page } from '@playwright/test';
import type { Offline } from '../../app/enhance/service-worker';
import { LANGUAGES } from '../../app/model/language';
import { expect, signIn, test } from '../e2e/fixtures';
import { somebody } from '../e2e/looking';
import { wordsOf } from '../e2e/words';
import { isGood, keepAnswers } from './look';
import { fileOf, PAGES } from './route-table';
import { STATES_OF_APPLICANTS } from './states-of-applicants';
import { STATES_OF_PROFESSIONALS } from './states-of-professionals';

const STATES = { ...STATES_OF_APPLICANTS, ...STATES_OF_PROFESSIONALS };

test.describe.configure({ timeout: 240_000 });

/** The pages are those of the route table: one that nobody leads here fails. */
for (const file of PAGES) {
  test(`${file} is good in each of its states, in both directions of reading`, async ({
    agency,
    browser,
    page,
    stack,
  }) => {
    const lead = STATES[file];
    if (!lead)
      throw new Error(`${file} is a page that no check looks at: give it its states in tests/a11y/states-of-*.ts`);
    let seen = 0;
    const look = async (shown: typeof page, how = {}) => {
      const shownBy = fileOf(new URL(shown.url()).pathname);
      if (shownBy === file) seen++;
      expect.soft(shownBy, shown.url()).toBe(file);
      await isGood(shown, how);
    };
    const here = (shown: typeof page) => look(shown);
    const at = async (shown: typeof page, path: string) => {
      keepAnswers(shown);
      for (const language of ['nl', 'ar']) {
        await shown.goto(`/${language}${path}`);
        await look(shown, { whole: language === 'nl' });
      }
    };
    page.setDefaultTimeout(20_000);
    keepAnswers(page);
    await lead({ agency, at, browser, here, page, stack });
    expect(seen).toBeGreaterThan(0);
  });
}

test('no state is of a page that is gone', () => {
  expect(Object.keys(STATES).filter((file) => !PAGES.includes(file))).toEqual([]);
});

/** One case for each circumstance that a file can be in. */
for (const person of [
  'yonas',
  'olena',
  'farid',
  'imani',
  'pedro',
  'sofia',
  'tomasz',
  'bao',
  'longname',
  'fatou',
  'jun',
  'viktor',
]) {
  test(`the case of ${person}`, async ({ page }) => {
    await signIn(page, person, 'nl');
    const path = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
    keepAnswers(page);
    for (const language of ['nl', 'ar']) {
      await page.goto(path.replace(/^\/nl/, `/${language}`));
      await isGood(page, { whole: language === 'nl' });
    }
  });
}

/** The other languages: their letters, directions and long words, on the pages that everybody sees. */
for (const language of LANGUAGES.filter((one) => !['nl', 'ar'].includes(one))) {
  test(`${language}: the first pages, a case and its free times`, async ({ page }) => {
    const t = wordsOf(language);
    for (const path of ['', '/contact']) {
      await page.goto(`/${language}${path}`);
      await isGood(page, { whole: false });
    }
    await signIn(page, 'amal', language);
    await page.getByRole('link', { name: t('case:procedure.family') }).click();
    await isGood(page, { whole: false });
    await page.getByRole('link', { name: t('case:visit.book') }).click();
    await isGood(page, { whole: false });
  });
}

test('a page that fails on our side is good too', async ({ page, stack }) => {
  keepAnswers(page);
  await signIn(page, 'amal', 'nl');
  await stack.query('alter table mandate rename to mandate_away');
  try {
    for (const language of ['nl', 'ar']) await fails(page, 500, `/${language}/mandates`);
  } finally {
    await stack.query('alter table mandate_away rename to mandate');
  }
  await page.getByRole('link', { name: wordsOf('ar')('trouble:error.again') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wordsOf('ar')('mandate:title'));
});

test.describe('a portal that is full', () => {
  test.use({ settings: { MOST_AT_ONCE: '1' } });

  test('says so on a page that is good', async ({ agency, browser, page, stack }) => {
    keepAnswers(page);
    const caller = await somebody(browser, stack, 'farid', 'nl');
    agency.setFault('cases', 'slow');
    for (const language of ['nl', 'ar']) {
      // Whoever is inside waits for the cases as long as a page has patience.
      const asked = caller.waitForRequest(/cases/);
      const inside = caller.goto('/nl/cases');
      await asked;
      await fails(page, 503, `/${language}`);
      await inside;
    }
  });
});

test('the page of the service worker is good in every language', async ({ page }) => {
  keepAnswers(page);
  const worker = await (await page.request.get('/service-worker.js')).text();
  const data = /^const OFFLINE=(\{.*?"policy":"(?:[^"\\]|\\.)*"\});/s.exec(worker)?.[1] ?? '{"pages":{}}';
  const offline: Offline['pages'] = JSON.parse(data).pages;
  expect(Object.keys(offline).sort()).toEqual([...LANGUAGES].sort());
  for (const language of LANGUAGES) {
    await page.route(`**/${language}/cases`, (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: offline[language] ?? '' }),
    );
    await page.goto(`/${language}/cases`);
    await isGood(page, { whole: language === 'nl' });
    await page.unrouteAll();
  }
});

test.describe('a portal that is closed for work', () => {
  test.use({ settings: { MAINTENANCE_UNTIL: '2026-03-02T18:00:00Z' } });

  test('says so on a page that is good', async ({ page }) => {
    for (const language of ['nl', 'ar']) {
      await page.goto(`/${language}`);
      await isGood(page, { whole: language === 'nl' });
    }
  });
});

async function fails(page: Page, status: number, path: string): Promise<void> {
  expect((await page.goto(path))?.status()).toBe(status);
  await isGood(page, { whole: path.startsWith('/nl') });
}
