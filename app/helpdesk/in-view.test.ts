import { expect, test } from 'vitest';
import { inView, withOwnIds } from './in-view';

const CALL = '/nl/helpdesk/calls/g';
const inCall = (html: string, only: string | null = null) => inView(html, CALL, only);

test.each([
  ['/ar/cases', '/view'],
  ['/ar/cases?own=1', '/view?own=1'],
  ['/ar/cases/A_b-1', '/view/A_b-1'],
  ['/ar/cases/A_b-1#wait', '/view/A_b-1#wait'],
  ['/ar/cases/A/appointment?part=am&amp;desk=x', '/view/A/appointment?part=am&amp;desk=x'],
  ['/ar/bookings/7', '/bookings/7'],
  ['/ar/who-looked', '/who-looked'],
  ['/fr/wait?x=1', '/wait?x=1'],
  ['/fr/contact', '/contact'],
])('%s stays in the call', (own, address) => {
  expect(inCall(`<a class="x" href="${own}">go</a>`)).toBe(
    `<a class="x" data-own="${own}" href="${CALL}${address}">go</a>`,
  );
});

const NOWHERE = ['/ar/mandates', '/ar/cases/A/watch', '/ar/bookings/7/calendar', '/ar', '/ar/sign-out', '/x/y'];

test.each(NOWHERE)('%s leads nowhere', (own) => {
  const html = inCall(`<a href="${own}">go</a>`);
  expect(html).not.toContain(' href=');
  expect(html).toContain('aria-disabled="true" aria-describedby="only-caller"');
});

test('links within the page and phone numbers stay', () => {
  const html = '<a href="#x">x</a><a href="?month=2026-04">m</a><a href="tel:123">t</a>';
  expect(inCall(html)).toBe(html);
});

test('a second copy of a page has ids of its own', () => {
  const html =
    '<label for="a">a</label><input id="a" aria-describedby="b only-caller"/><p id="b"></p><a href="#b">b</a>';
  expect(withOwnIds(html, 'own-')).toBe(
    '<label for="own-a">a</label><input id="own-a" aria-describedby="own-b only-caller"/><p id="own-b"></p><a href="#own-b">b</a>',
  );
});

test('another site opens beside the call', () => {
  expect(inCall('<a href="https://ind.nl/">x</a>')).toContain('target="_blank"');
});

test('a button that would send something is inert', () => {
  const html = inCall(
    '<form method="post"><button type="submit">Go</button></form><button type="button">Copy</button>',
  );
  expect(html).toBe(
    '<form method="post"><button data-inert="" disabled="" aria-describedby="only-caller" type="submit">Go</button>' +
      '</form><button type="button">Copy</button>',
  );
});

test('a search stays usable, within the call', () => {
  const html = inCall('<form method="get" action="/ar/cases/A/appointment"><button>Show</button></form>');
  expect(html).toContain(`action="${CALL}/view/A/appointment"`);
  expect(html).not.toContain('disabled');
});

test('after a call-back no other page can be opened', () => {
  const html = inCall('<a href="/ar/cases/A">a</a><a href="/ar/cases/B">b</a><a href="/ar/cases">l</a>', 'A');
  expect([...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href)).toEqual([`${CALL}/view/A`]);
});
