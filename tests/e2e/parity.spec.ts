import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { giveMandate, referenceOf, somebody } from './looking';
import { wordsOf } from './words';

const t = wordsOf('en');
const CASE_LINK = /href="(\/en\/cases\/[\w-]{22})"/;
const CLIENT_LINK = /href="(\/en\/advisor\/clients\/[\w-]+)"/;

test('an advisor sees what his client sees, byte for byte, and a decision in the same instant', async ({
  browser,
  stack,
  agency,
}) => {
  for (const person of ['farid', 'imani']) {
    const client = await somebody(browser, stack, person, 'en');
    const advisor = await somebody(browser, stack, 'adv-small', 'en');
    await stack.query('delete from mandate');
    await giveMandate(client, advisor, referenceOf(agency, person));
    const pages = [
      { page: client, path: await firstLink(client, '/en/cases', CASE_LINK) },
      { page: advisor, path: await firstLink(advisor, '/en/advisor', CLIENT_LINK) },
    ] as const;
    /** The case's own part of both pages, asked at the same time. */
    const both = async () => {
      const texts = await Promise.all(pages.map(async ({ page, path }) => (await page.request.get(path)).text()));
      return texts.map(caseIn);
    };
    const [own, seen] = await both();
    expect(own?.length).toBeGreaterThan(1_000);
    expect(seen).toBe(own);

    const published = agency.world.clock.now().add({ hours: 3 });
    agency.publishDecision(referenceOf(agency, person), published.toString());
    agency.moveClock({ now: published.subtract({ minutes: 5 }).toString() });
    const before = await both();
    expect(before).toEqual([own, own]);
    agency.moveClock({ now: published.toString() });
    const after = await both();
    expect(after[0]).toContain(t('case:stage.decided.name'));
    expect(after[0]).not.toBe(own);
    expect(after[1]).toBe(after[0]);

    await client.goto('/en/cases');
    await expect(client.getByText(t('case:next.readDecision'))).toBeVisible();
    await advisor.goto('/en/advisor');
    await expect(advisor.getByRole('strong').filter({ hasText: t('mandate:advisor.need.decision') })).toBeVisible();
    await Promise.all([client.context().close(), advisor.context().close()]);
  }
});

async function firstLink(page: Page, path: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await (await page.request.get(path)).text())?.[1];
  if (!found) throw new Error(`${path} leads to no case`);
  return found;
}

/** From the procedure's name to the time, without that time and the ids that React gives by place in the document. */
function caseIn(html: string): string {
  const main = /<p class="over">.*<\/main>/s.exec(html)?.[0] ?? '';
  const asOf = t('common:asOf', { time: '' }).trim().replace(/\W+$/, '');
  return main
    .slice(0, main.indexOf('</p>', main.lastIndexOf(asOf)))
    .replaceAll(/(id|aria-labelledby|aria-describedby)=":[^"]*"/g, '$1=""')
    .replaceAll(/\d{2}:\d{2}/g, '');
}
