import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { askCode, giveMandate, nameReference, referenceOf, somebody, typeCode } from './looking';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test('the pages of a call and of a mandate have no fault that a machine can find', async ({
  browser,
  stack,
  agency,
}) => {
  test.slow();
  const client = await somebody(browser, stack, 'amal', 'en', true);
  const advisor = await somebody(browser, stack, 'adv-small', 'en');
  await giveMandate(client, advisor, referenceOf(agency, 'amal'), true);
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const faults: string[] = [];
  const look = async (page: typeof client, path: string) => {
    if (path !== '') await page.goto(path);
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    faults.push(...violations.map(({ id, nodes }) => `${path || page.url()}: ${id} ${nodes[0]?.html ?? ''}`));
  };
  for (const path of ['/ar/mandates', '/ar/who-looked', '/ar/helpdesk/with-me']) await look(client, path);
  for (const path of ['/en/advisor', '/en/advisor/mandates', '/en/advisor/feed']) await look(advisor, path);
  await advisor.goto('/en/advisor/mandates');
  await advisor.locator('a[href$="/colleague"]').click();
  await look(advisor, '');
  await advisor.goto('/en/advisor');
  await advisor.locator('table a').first().click();
  await look(advisor, '');
  for (const path of ['/nl/helpdesk', '/nl/helpdesk/insight']) await look(agent, path);
  const { digits } = await askCode(client, 'ar');
  await look(client, '');
  await nameReference(agent, referenceOf(agency, 'amal'));
  await look(agent, '');
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  await look(agent, '');
  expect(faults).toEqual([]);
});
