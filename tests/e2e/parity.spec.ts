import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../app/model/language';
import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import { asOwnPage, giveMandate, referenceOf, somebody } from './looking';
import { openedView } from './own-references';
import { wordsOf } from './words';

const t = wordsOf('en');
/** The letter that comes with the decision. */
const DECISION = 'Beschikking op uw aanvraag';
const CASE_LINK = /href="(\/en\/cases\/[\w-]{22})"/;
const CLIENT_LINK = /href="(\/en\/advisor\/clients\/[\w-]+)"/;

test('I9: advisor and client see a case and its decision alike', async ({ browser, stack, agency }) => {
  for (const person of ['farid', 'imani']) {
    const client = await somebody(browser, stack, person, 'en');
    const advisor = await somebody(browser, stack, 'adv-small', 'en');
    await stack.query('delete from mandate');
    await giveMandate(client, advisor, referenceOf(agency, person));
    const pages = [
      { page: client, path: await firstLink(client, '/en/cases', CASE_LINK) },
      { page: advisor, path: await firstLink(advisor, '/en/advisor', CLIENT_LINK) },
    ] as const;
    /** Fetches the case's part of both pages at the same time. */
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
    expect(own).not.toContain(DECISION);
    expect(after[0]).toContain(DECISION);
    expect(after[1]).toBe(after[0]);

    await client.goto('/en/cases');
    await expect(client.getByText(t('case:answer.outcome.granted.title'))).toBeVisible();
    await advisor.goto('/en/advisor');
    await expect(advisor.getByRole('strong').filter({ hasText: t('mandate:advisor.read') })).toBeVisible();
    await Promise.all([client.context().close(), advisor.context().close()]);
  }
});

/** One case in each state: to come, waiting long, decided, suspended, too late, unknown to us, a long name, three. */
const STATES = ['amal', 'yonas', 'olena', 'farid', 'pedro', 'bao', 'longname', 'viktor'] as const;

test('I9: employee and caller see a case byte for byte alike', async ({ stack, agency }) => {
  const agent = await signedIn(stack, 'desk-2', 'staff');
  const people = await Promise.all(STATES.map((person) => signedIn(stack, person, 'applicant')));
  const textOf = async (who: Actor, path: string) => (await who.bytesOf(path))?.text ?? '';
  // Each language once, each state at least once, and every third language twice.
  for (const [n, language] of LANGUAGES.entries())
    for (const m of n % 3 === 0 ? [n, n + 3] : [n]) {
      const caller = people[m % people.length];
      if (!caller) throw new Error('nobody');
      const grant = await openedView(agent, caller, agency, language);
      const list = await textOf(caller, `/${language}/cases`);
      const cases = [...list.matchAll(/href="\/\w\w\/cases\/([\w-]{22})"/g)].map(([, ref]) => `/${ref}`);
      expect(cases.length).toBeGreaterThan(0);
      // Both pages hold a clock time, so they are fetched again when a minute ended in between.
      for (const path of ['', ...new Set(cases)])
        await expect(async () => {
          const own = await textOf(caller, `/${language}/cases${path}`);
          const seen = await textOf(agent, `/nl/helpdesk/calls/${grant}/view${path}`);
          const ownPart = within(own, /<main[^>]*>(.*?)<\/main>/s);
          expect(ownPart.length).toBeGreaterThan(300);
          expect(asOwnPage(within(seen, CALLERS_PANE)), `${caller.name} in ${language}`).toBe(ownPart);
        }).toPass();
    }
});

const CALLERS_PANE = /data-region="caller">(.*?)<\/section><section class="side-by-side__pane"/s;

/** A part of a page without React's ids, which depend on the place in the document. */
const within = (html: string, pattern: RegExp): string =>
  (pattern.exec(html)?.[1] ?? '').replaceAll(/(id|aria-labelledby|aria-describedby)=":[^"]*"/g, '$1=""');

async function firstLink(page: Page, path: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await (await page.request.get(path)).text())?.[1];
  if (!found) throw new Error(`${path} leads to no case`);
  return found;
}

/** The page from the procedure's name to the as-of time, without clock times and React's ids. */
function caseIn(html: string): string {
  const main = /<p class="over">.*<\/main>/s.exec(html)?.[0] ?? '';
  const asOf = t('common:asOf', { time: '' }).trim().replace(/\W+$/, '');
  return (
    main
      .slice(0, main.indexOf('</p>', main.lastIndexOf(asOf)))
      .replaceAll(/(id|aria-labelledby|aria-describedby)=":[^"]*"/g, '$1=""')
      .replaceAll(/\d{2}:\d{2}/g, '')
      // Each reader opens a letter under an address of their own.
      .replaceAll(/href="\/en\/[\w/-]+\/letters\/[\w-]+"/g, 'href="letter"')
  );
}
