import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import type { CDPSession, Page } from '@playwright/test';
import { expect, signIn, test } from '../e2e/fixtures';
import { learned } from '../e2e/visits';

/** Limits of a page in bytes over the wire, with an empty cache. At 64 kbit/s a second is 8,000 bytes. */
const MOST = { requests: 8, all: 120_000, styles: 8_000, first: 14 * 1024 };
/** The page of past estimates has a table for each procedure. */
const MOST_FIGURES = 15_300;
/** A page with a living part loads its libraries: React, queries, translations. */
const MOST_ALIVE = { script: 90_000, requests: 9 };

interface Load {
  readonly type: string;
  readonly url: string;
  bytes: number;
}

test('pages keep their byte budget, do not shift and log no errors', async ({ page, agency, stack }) => {
  test.setTimeout(120_000);
  await learned(stack);
  await signIn(page, 'amal', 'en');
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The tests' browser blocks service workers, and says so.
    if (/error|warning/.test(message.type()) && !/Service Worker/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const theCase = (await page.locator('main .cards a').first().getAttribute('href')) ?? '';
  const session = await page.context().newCDPSession(page);

  const plain = ['/en', '/en/wait', '/en/wait/record', '/en/accessibility', '/en/cases', theCase, `${theCase}/watch`];
  for (const path of plain) {
    const loads = await loading(page, session, path);
    expect.soft(sum(loads, 'Script'), `${path} has nothing to enhance`).toBe(0);
    expect.soft(loads.length, path).toBeLessThanOrEqual(MOST.requests);
    expect.soft(sum(loads), path).toBeLessThanOrEqual(MOST.all);
    expect
      .soft(sum(loads, 'Document') + sum(loads, 'Stylesheet'), `${path}: HTML and styles`)
      .toBeLessThanOrEqual(path.endsWith('/record') ? MOST_FIGURES : MOST.first);
    expect.soft(await shifted(page), `${path} jumps`).toBe(0);
  }

  // A case page with a late section ships a script that requests it again.
  for (const [path, fault] of [
    ['/en/contact', 'none'],
    [`${theCase}/appointment`, 'none'],
    [theCase, 'slow'],
  ] as const) {
    if (fault === 'slow') await stack.clearCaches();
    agency.setFault('catalogue', fault);
    const loads = await loading(page, session, path);
    expect.soft(sum(loads, 'Script'), `${path} lives`).toBeGreaterThan(0);
    expect.soft(sum(loads, 'Script'), `${path}: scripts`).toBeLessThanOrEqual(MOST_ALIVE.script);
    expect.soft(sum(loads), path).toBeLessThanOrEqual(MOST.all);
    expect.soft(loads.length, path).toBeLessThanOrEqual(MOST_ALIVE.requests);
    expect.soft(await shifted(page), `${path} jumps`).toBe(0);
  }
  expect(complaints).toEqual([]);
});

/** Most words that a case page shows before anything is opened, and its length in phone screens of 360 × 640. */
const MOST_READ = { median: 200, words: 235, screens: 2.5, mostScreens: 2.95 };

const PHONE = { width: 360, height: 640 };

test('case pages keep to their budget of words and phone screens', async ({ browser, stack }, info) => {
  await learned(stack);
  const pages: { readonly person: string; readonly words: number; readonly screens: number }[] = [];
  for (const person of [
    'amal',
    'farid',
    'grace',
    'selam',
    'samir',
    'pedro',
    'chen',
    'imani',
    'bao',
    'sofia',
    'olena',
  ]) {
    const page = await (await browser.newContext({ baseURL: stack.origin, viewport: PHONE })).newPage();
    await signIn(page, person, 'en');
    await page.locator('main .cards a').first().click();
    pages.push({ person, ...(await page.evaluate(readOn)) });
    await page.context().close();
  }
  const record = await (await browser.newContext({ baseURL: stack.origin, viewport: PHONE })).newPage();
  await record.goto('/en/wait/record');
  expect((await record.evaluate(readOn)).screens, 'past estimates').toBeLessThanOrEqual(3);
  const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const [words, screens] = [pages.map((page) => page.words), pages.map((page) => page.screens)];
  const said = JSON.stringify(pages);
  console.log(`case pages: median ${median(words)} words, ${median(screens)} screens; longest ${Math.max(...words)}`);
  info.annotations.push({ type: 'case pages', description: said });
  expect(median(words), said).toBeLessThanOrEqual(MOST_READ.median);
  expect(Math.max(...words), said).toBeLessThanOrEqual(MOST_READ.words);
  expect(median(screens), said).toBeLessThanOrEqual(MOST_READ.screens);
  expect(Math.max(...screens), said).toBeLessThanOrEqual(MOST_READ.mostScreens);
});

/** Runs in the browser: visible words of the main part, and its end in screens. */
function readOn() {
  const main = document.querySelector('main') as HTMLElement;
  const segmenter = new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' });
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let words = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent?.checkVisibility({ visibilityProperty: true }) || parent.closest('.hidden')) continue;
    words += [...segmenter.segment(node.textContent ?? '')].filter(({ isWordLike }) => isWordLike).length;
  }
  const screens = Math.round((main.getBoundingClientRect().bottom / innerHeight) * 100) / 100;
  return { words, screens };
}

test('all style sheets together stay below their limit', () => {
  const folder = 'build/client/assets';
  const sheets = readdirSync(folder).filter((name) => name.endsWith('.css'));
  expect(sheets.length).toBeGreaterThan(1);
  const bytes = sheets.map((name) => brotliCompressSync(readFileSync(`${folder}/${name}`)).length);
  expect(bytes.reduce((all, each) => all + each, 0)).toBeLessThanOrEqual(MOST.styles);
});

const sum = (loads: readonly Load[], type?: string): number =>
  loads.filter((load) => !type || load.type === type).reduce((bytes, load) => bytes + load.bytes, 0);

/** Loads a page with an empty cache and waits until the network is idle. */
async function loading(page: Page, session: CDPSession, path: string): Promise<Load[]> {
  const loads = new Map<string, Load>();
  const begins = ({ requestId, type, request }: { requestId: string; type?: string; request: { url: string } }) =>
    loads.set(requestId, { type: type ?? '', url: request.url, bytes: 0 });
  const ends = ({ requestId, encodedDataLength }: { requestId: string; encodedDataLength: number }) => {
    const load = loads.get(requestId);
    if (load) load.bytes = encodedDataLength;
  };
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  session.on('Network.requestWillBeSent', begins);
  session.on('Network.loadingFinished', ends);
  await page.goto(path, { waitUntil: 'networkidle' });
  session.off('Network.requestWillBeSent', begins);
  session.off('Network.loadingFinished', ends);
  return [...loads.values()];
}

/** Cumulative layout shift so far. */
const shifted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => setTimeout(() => resolve(shift), 50));
      }),
  );
