import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

declare global {
  interface Window {
    /** Only in a page that was looked at. */
    readonly axe?: typeof axe;
  }
}

/**
 * What axe finds on a page, one line a rule. Runs in the page itself, as no page of ours has frames, and asks for
 * violations only: to describe what is well takes axe longer than to look.
 *
 * @param tags such as `wcag2aa`; all rules when left out
 */
export async function axeFaults(page: Page, tags?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  const options: RunOptions = { resultTypes: ['violations'], ...(tags ? { runOnly: [...tags] } : {}) };
  return page.evaluate(async (asked) => {
    if (!window.axe) throw new Error('axe is not in the page');
    const { violations } = await window.axe.run(document, asked);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, options);
}
