import { LANGUAGES } from '../../app/model/language';
import type { CaseFile } from '../../mocks/world/case-file';
import { signInByHttp, Visitor } from '../load/visitor';
import { type Ends, endsOn, idleAmber, judgedWords } from './dead-ends';
import { expect, NOW, test } from './fixtures';
import { DEEP } from './variants';
import { learned } from './visits';

/** The same cases are in other states on other days: tasks and the law's days pass, and ranges move. */
const DAYS_ON = DEEP ? [0, 20, 60, 150] : [0];
/** Every n-th person, and every n-th page in a browser that runs scripts. */
const [PERSON, SCRIPTS] = DEEP ? [1, 10] : [12, 8];
/** Languages a state; each state begins with another one, so that all come up. */
const LANGUAGES_A_STATE = DEEP ? LANGUAGES.length : 2;
const LEAST_SHARE = 0.98;

/** What registries leave out, write otherwise or are late with, a case each. */
const ODD: readonly ((file: CaseFile) => Partial<CaseFile>)[] = [
  () => ({}),
  () => ({ properties: [] }),
  () => ({ result: null }),
  ({ received }) => ({ decideBy: received }),
  ({ result }) => ({ result: result && { ...result, name: 'Niet in behandeling genomen' } }),
  ({ properties }) => ({
    properties: properties.map((one) => (one.name === 'gevraagd' ? { ...one, value: 'iets anders' } : one)),
  }),
  () => ({ suspension: 'Wij wachten op een ander onderzoek' }),
];

let putBack = () => {};
// The simulated agency serves the next test too.
test.afterEach(() => putBack());

/** Changes the cases in place, one odd way each, and returns what restores them. */
function change(files: readonly CaseFile[]): () => void {
  const asTheyWere = files.map((file) => ({ ...file }));
  files.forEach((file, index) => {
    Object.assign(file, ODD[index % ODD.length]?.(file));
  });
  return () =>
    files.forEach((file, index) => {
      Object.assign(file, asTheyWere[index]);
    });
}

test('a page that says nothing ends no cause of contact', async ({ page }) => {
  const html = '<main><h1>?</h1><section class="card--main"><ul><li>?</li></ul></section></main>';
  const ends = await page.evaluate(endsOn, { html, words: judgedWords('en') });
  expect(Object.values(ends).filter((end) => end !== null)).toEqual([]);
});

for (const days of DAYS_ON) {
  const now = new Date(Date.parse(NOW) + days * 86_400_000).toISOString();

  test.describe(`cases ${days} days on`, () => {
    test.use({ settings: days === 0 ? {} : { ZICHT_NOW: now } });

    test(`every cause of contact ends on the case page, ${days} days on`, async ({ agency, page, stack }, info) => {
      test.setTimeout(DEEP ? 1_800_000 : 90_000);
      agency.moveClock({ now });
      await learned(stack);
      const files = agency.world.cases;
      putBack = change(files);
      const people = agency.world.people.filter(
        ({ slug, role }) => role === 'applicant' && files.some(({ parties }) => parties[0]?.person.slug === slug),
      );
      const missing = new Map<string, string[]>();
      const broken: string[] = [];
      let [states, ends, good, withScripts] = [0, 0, 0, 0];
      const judge = (found: Ends, about: string) => {
        for (const [cause, end] of Object.entries(found)) {
          ends++;
          if (end !== null) good++;
          else missing.set(cause, [...(missing.get(cause) ?? []), about]);
        }
      };
      // A blank page parses what the server sent, as a browser without scripts would.
      const parser = await page.context().newPage();

      for (const [index, { slug }] of people.entries()) {
        if (index % PERSON !== 0) continue;
        const visitor = new Visitor();
        await signInByHttp(visitor, stack.origin, slug, '/en/accessibility');
        const list = await visitor.get(`${stack.origin}/en/cases`);
        const refs = new Set([...`${list.url} ${list.text}`.matchAll(/\/en\/cases\/([\w-]+)/g)].map(([, ref]) => ref));
        for (const ref of refs) {
          states++;
          for (let turn = 0; turn < LANGUAGES_A_STATE; turn++) {
            const language = LANGUAGES[(states * 5 + turn) % LANGUAGES.length] ?? 'en';
            const path = `/${language}/cases/${ref}`;
            const words = judgedWords(language);
            const { status, text } = await visitor.get(`${stack.origin}${path}`);
            expect(status, path).toBe(200);
            const plain = await parser.evaluate(endsOn, { html: text, words });
            judge(plain, `${slug} ${language}`);
            if (turn > 0) continue;
            expect
              .soft(await parser.evaluate(idleAmber, text), `amber on ${slug}'s page that asks nothing`)
              .toEqual([]);
            for (const link of linksIn(text)) {
              const { status: answered } = await visitor.get(`${stack.origin}${link}`);
              if (answered >= 400) broken.push(`${slug}: ${link} answers ${answered}`);
            }
            if (states % SCRIPTS !== 0) continue;
            withScripts++;
            await page.context().addCookies(cookiesOf(visitor, stack.origin));
            await page.goto(path);
            const scripted = await page.evaluate(endsOn, { html: null, words });
            expect.soft(scripted, `${slug} ${language} with scripts`).toEqual(plain);
            judge(scripted, `${slug} ${language} with scripts`);
          }
        }
      }

      const share = `${((100 * good) / ends).toFixed(1)} % of ${ends} ends on pages of ${states} states, ${withScripts} also with scripts`;
      const least = [...missing].map(
        ([cause, abouts]) => `${cause}: ${abouts.length} (${abouts.slice(0, 5).join(', ')})`,
      );
      console.log([share, ...least].join('\n'));
      info.annotations.push({ type: `no dead ends, ${days} days on`, description: share });
      expect(broken).toEqual([]);
      expect(good / ends, least.join('\n')).toBeGreaterThanOrEqual(LEAST_SHARE);
    });
  });
}

/** The portal's own addresses that the main part of a page leads to, files too. */
function linksIn(html: string): readonly string[] {
  const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '';
  const links = [...main.matchAll(/href="(\/[^"#]+)"/g)].map(([, link]) => (link ?? '').replaceAll('&amp;', '&'));
  return [...new Set(links)];
}

function cookiesOf(visitor: Visitor, origin: string) {
  return visitor
    .cookiesFor(origin)
    .split('; ')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return {
        name,
        value,
        domain: new URL(origin).hostname,
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Lax' as const,
      };
    });
}
