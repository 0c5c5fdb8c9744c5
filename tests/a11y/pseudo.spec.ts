import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, signIn, test } from '../e2e/fixtures';
import { learned } from '../e2e/visits';
import { throughKeyPages } from './key-pages';
import { spilled } from './measures';
import { servePseudo, unmarked, westernDigits, writePseudo } from './pseudo';

/** Longer and mirrored texts fit, every text comes from a catalogue, and digits are the language's own. */
test.describe.configure({ timeout: 180_000 });

test.describe('in a pseudo-language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-texts-'));
  test.use({ settings: { TEXTS_FROM: folder } });
  test.beforeAll(() => writePseudo(folder, ['en', 'ar']));
  test.afterAll(() => rmSync(folder, { recursive: true }));

  for (const [language, how] of [
    ['en', 'longer'],
    ['ar', 'mirrored'],
  ] as const) {
    test(`${how}: no text spills, and every word comes from a catalogue`, async ({ page, stack }) => {
      await learned(stack);
      await servePseudo(page, folder);
      const look = async () => {
        await alive(page);
        expect.soft(await unmarked(page), page.url()).toEqual([]);
        expect.soft(await spilled(page), page.url()).toEqual([]);
      };
      await throughKeyPages(page, language, look);
      for (const [person, paths] of [
        ['adv-small', ['advisor', 'advisor/feed', 'advisor/mandates']],
        ['desk-1', ['helpdesk', 'helpdesk/insight', 'helpdesk/call-back', 'staff/wait', 'staff/releases']],
      ] as const) {
        await page.context().clearCookies();
        await signIn(page, person, language);
        for (const path of paths) {
          await page.goto(`/${language}/${path}`);
          await look();
        }
      }
    });
  }
});

test('Persian pages use Persian digits except in names, phone numbers and references', async ({ page, stack }) => {
  await learned(stack);
  await throughKeyPages(page, 'fa', async () => {
    await alive(page);
    expect.soft(await westernDigits(page), page.url()).toEqual([]);
  });
});

/** Waits until a living page has rendered its texts from the catalogues that it fetched. */
async function alive(page: Page): Promise<void> {
  const lives = (await page.locator('link[data-catalogue]').count()) > 0;
  await page.waitForLoadState(lives ? 'networkidle' : 'load');
}
