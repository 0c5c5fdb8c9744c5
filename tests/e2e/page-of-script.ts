import { join } from 'node:path';
import { test as base, expect, type Page, type Route } from '@playwright/test';
import { bundleScript } from '../../vite-inline-script';

const ORIGIN = 'https://portal.example';
/** How far the page's clock goes at a time, in milliseconds, and in how many steps at most. */
const STEP = 300;
const STEPS = 50;

/** A page with one of enhance/'s scripts, and a server that answers what the test sets. No portal runs behind it. */
export interface ScriptPage {
  /** Opens the page at `/page`: its body, followed by the script. */
  open(name: string, body: string, head?: string): Promise<void>;
  /** Sets the response to requests for a path: a status, JSON, none at all (`hang`) or no network (`lost`). */
  answer(path: string, answer: Answer): void;
  /** Counts the requests for a path so far. */
  requests(path: string): number;
  /** Advances the page's clock by this many milliseconds. */
  passes(milliseconds: number): Promise<void>;
  /** Moves the page into the background, or back. */
  background(isHidden: boolean): Promise<void>;
}

type Answer = number | object | 'hang' | 'lost';

const bundles = new Map<string, Promise<{ readonly code: string }>>();

function bundleOf(name: string): Promise<{ readonly code: string }> {
  const bundle = bundles.get(name) ?? bundleScript(join(import.meta.dirname, `../../app/enhance/${name}.ts`));
  bundles.set(name, bundle);
  return bundle;
}

export const test = base.extend<{ readonly script: ScriptPage }>({
  script: async ({ page }, use) => use(await scriptPage(page)),
});

async function scriptPage(page: Page): Promise<ScriptPage> {
  const answers = new Map<string, Answer>();
  const requested: string[] = [];
  let html = '';
  /** The open page's requests in their order, and those of them that hang. */
  let ofPage: string[] = [];
  const hanging = new Set<string>();
  await page.addInitScript(countRequests);
  await page.clock.install({ time: '2026-03-02T09:00:00Z' });
  await page.clock.pauseAt('2026-03-02T09:00:01Z');
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    requested.push(path);
    if (path === '/page') {
      ofPage = [];
      hanging.clear();
    }
    ofPage.push(path);
    if (path === '/page' && !answers.has(path)) return route.fulfill({ contentType: 'text/html', body: html });
    const answer = answers.get(path) ?? `<title>${path}</title>`;
    if (answer !== 'hang') return fulfil(route, answer);
    hanging.add(`${path} ${ofPage.filter((other) => other === path).length}`);
  });
  /** Lists the page's pending requests without those that hang. A page that is being left has none. */
  async function waitingFor(): Promise<string[]> {
    const open = await page.evaluate(() => [...window.openRequests]).catch(() => []);
    return open.filter((name) => !hanging.has(name));
  }

  return {
    async open(name, body, head = '') {
      const { code } = await bundleOf(name);
      html = `<!doctype html><html lang="en"><head><title>Page</title>${head}</head><body>${body}<script>${code}</script></body></html>`;
      await page.goto(`${ORIGIN}/page`);
    },
    answer(path, answer) {
      answers.set(path, answer);
    },
    requests: (path) => requested.filter((other) => other === path).length,
    async passes(milliseconds) {
      const step = Math.max(STEP, Math.ceil(milliseconds / STEPS));
      for (let left = milliseconds; left > 0; left -= step) {
        await page.clock.runFor(Math.min(left, step));
        // On the page's clock a response takes no time.
        await expect.poll(waitingFor).toEqual([]);
      }
    },
    async background(isHidden) {
      await page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    },
  };
}

declare global {
  interface Window {
    openRequests: Set<string>;
  }
}

/** Runs in the page and keeps its pending requests there. */
function countRequests(): void {
  const { fetch } = window;
  const counts = new Map<string, number>();
  window.openRequests = new Set();
  window.fetch = async (input, options) => {
    const path = String(input);
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    window.openRequests.add(`${path} ${count}`);
    try {
      return await fetch(input, options);
    } finally {
      window.openRequests.delete(`${path} ${count}`);
    }
  };
}

function fulfil(route: Route, answer: Exclude<Answer, 'hang'> | string): Promise<void> {
  if (answer === 'lost') return route.abort('internetdisconnected');
  if (typeof answer === 'string') return route.fulfill({ contentType: 'text/html', body: answer });
  if (typeof answer === 'number')
    return route.fulfill({ status: answer, headers: answer === 302 ? { location: '/elsewhere' } : {} });
  return route.fulfill({ json: answer });
}
