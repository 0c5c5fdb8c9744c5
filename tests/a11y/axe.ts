import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

declare global {
  interface Window {
    /** Only there after `axeFaults` has put it into the page. */
    readonly axe?: typeof axe;
  }
}

/**
 * Returns axe's violations on a page, one line a rule. Runs inside the page, as no page of ours has frames. Asks for
 * violations only: describing what passes takes axe longer than the check itself.
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
