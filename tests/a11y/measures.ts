import { expect, type Page } from '@playwright/test';

// Functions without a parameter run inside the page. They refer to nothing outside themselves.

/** Lists what is cut off, spills out of its box or makes the page scroll sideways, one line each. */
export const spilledHere = (): string[] => {
  const faults: string[] = [];
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} wide on a screen of ${clientWidth}`);
  // Leaves out text for screen readers (so is the language's name on a small screen), pictures, and tables that scroll
  // by themselves.
  const apart = '.languages--brief .languages__name, .hidden, .hidden *, .skip, svg, svg *, .wide, .wide *, option, br';
  for (const element of document.body.querySelectorAll(`:not(${apart})`)) {
    const { display } = getComputedStyle(element);
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const box = element.getBoundingClientRect();
    const outside = box.left < -1 || box.right > clientWidth + 1;
    const boxed = display !== 'inline' && display !== 'contents' && element.clientWidth > 0;
    // The browser cuts the text of a closed select itself, and shows it whole when opened.
    const wider = boxed && element.tagName !== 'SELECT' && element.scrollWidth > element.clientWidth + 1;
    // A heading's letters reach a few pixels outside its narrow lines without being cut.
    const higher =
      boxed &&
      element.scrollHeight > element.clientHeight + (getComputedStyle(element).overflowY === 'visible' ? 8 : 1);
    if (outside || wider || (higher && element.tagName !== 'BODY'))
      faults.push(`${outside ? 'outside' : wider ? 'too wide' : 'too high'}: ${element.outerHTML.slice(0, 160)}`);
  }
  return faults;
};

export const spilled = (page: Page): Promise<string[]> => page.evaluate(spilledHere);

/** WCAG 2.5.8: lists targets smaller than 24 pixels, or 44 for buttons and fields. */
export const smallTargets = (): string[] =>
  [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].flatMap(
    (element) => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || getComputedStyle(element).visibility === 'hidden' || element.matches('.skip')) return [];
      const least = element.matches('.button, select, input:not([type=checkbox], [type=radio])') ? 44 : 24;
      // A machine without Chinese letters draws boxes of half their width.
      const wide = width >= 24 || /^\p{Script=Han}{2,}$/u.test(element.textContent ?? '');
      const fits = height >= least && wide;
      return fits ? [] : [`${Math.round(width)} x ${Math.round(height)}: ${element.outerHTML.slice(0, 160)}`];
    },
  );

/** WCAG 1.4.12: sets the text spacing that a reader may set. Returns how to remove it. */
export const spacedText = (): (() => void) => {
  // The content security policy does not block a style sheet that a script makes.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
  return () => {
    document.adoptedStyleSheets = [];
  };
};

/** Returns what is wrong with the mark of the focus, or null. */
const focusFault = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return 'nothing has the focus';
    const said = element.outerHTML.slice(0, 120);
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2 || /, 0\)$/.test(outlineColor))
      return `no mark of the focus on ${said}`;
    const [box] = element.getClientRects();
    if (!box || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
      return `out of sight: ${said}`;
    const top = document.elementFromPoint(box.left + Math.min(box.width / 2, 20), Math.max(box.top, 0) + 4);
    return top && (element.contains(top) || top.contains(element)) ? null : `covered: ${said}`;
  });

/** Presses Tab until a matching element has the focus. Every stop on the way must show its focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    // After the page's last element the browser's own toolbar gets the focus.
    if (await page.evaluate(() => document.activeElement === document.body)) continue;
    expect(await focusFault(page)).toBeNull();
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`the Tab key does not lead to ${selector}`);
}

/** Lists the stops of the Tab key from the top of the page to its end. */
export async function tabStops(page: Page): Promise<{ name: string; place: number; x: number; y: number }[]> {
  const stops: { name: string; place: number; x: number; y: number }[] = [];
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const { left, right, top } = element.getBoundingClientRect();
      const name = element.textContent?.trim() || element.getAttribute('name') || '';
      const x = document.dir === 'rtl' ? -right : left;
      return { name, place: [...document.querySelectorAll('*')].indexOf(element), x, y: top + scrollY };
    });
    if (stop === null) return stops;
    stops.push(stop);
  }
  return stops;
}

/** Lists shapes painted in colours outside the reader's own scheme. */
export const foreignColours = (): string[] => {
  const probe = document.body.appendChild(document.createElement('i'));
  const own = ['Canvas', 'CanvasText', 'LinkText', 'Highlight', 'GrayText', 'Mark'].map((name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return [...document.querySelectorAll('svg:not(.qr) :is(rect, circle, line, path)')].flatMap((shape) => {
    const { fill, stroke } = getComputedStyle(shape);
    const painted = [shape.matches('line') ? 'none' : fill, stroke].filter((paint) => paint !== 'none');
    return painted.every((paint) => own.includes(paint)) ? [] : [`${painted} ${shape.outerHTML.slice(0, 100)}`];
  });
};

/** Lists references, telephone numbers and accounts that could break or be reordered: what is not in a `Whole`. */
export const loose = (): string[] => {
  const number = /\b[A-Z]{1,2}\d?-\d{3,}(-\d{3,})*|\+\d{2}[ \d]{6,}|\b[A-Z]{2}\d{2} [A-Z]{4}( \d+)+/;
  const faults: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    const [found] = number.exec(text.textContent ?? '') ?? [];
    if (!found || !parent || parent.closest('script, style, option, textarea, noscript')) continue;
    if (!parent.matches('.whole[dir=ltr]')) faults.push(`${found} in ${parent.outerHTML.slice(0, 120)}`);
  }
  return faults;
};

/** Lists elements that move or fade although the reader asked for no motion. */
export const moving = (): string[] =>
  [...document.querySelectorAll('*')].flatMap((element) => {
    const { animationDuration, transitionDuration } = getComputedStyle(element);
    return animationDuration === '0s' && transitionDuration === '0s' ? [] : [element.outerHTML.slice(0, 120)];
  });
