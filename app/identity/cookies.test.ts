import { beforeAll, expect, test } from 'vitest';
import { openTestStore } from '../../tests/database';
import { departureCookies, departureOf, noDepartureCookie } from './cookies.server';

let close: () => Promise<void>;
beforeAll(async () => {
  ({ close } = await openTestStore());
  return () => close();
});

/** A browser's cookies, oldest first. */
class Browser {
  private readonly kept = new Map<string, string>();

  get request(): Request {
    const cookie = [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ');
    return new Request('http://localhost/', { headers: { cookie } });
  }

  take(...headers: readonly string[]): void {
    for (const header of headers) {
      const [pair = ''] = header.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (value === '') this.kept.delete(name);
      else this.kept.set(name, value);
    }
  }
}

test('tabs that sign in at once each find their own attempt', () => {
  const browser = new Browser();
  for (const tab of ['a', 'b', 'c']) browser.take(...departureCookies(browser.request, tab, `left ${tab}`));
  for (const tab of ['b', 'a', 'c']) {
    expect(departureOf(browser.request, tab)).toBe(`left ${tab}`);
    browser.take(noDepartureCookie(tab));
    expect(departureOf(browser.request, tab)).toBeNull();
  }
});

test('an attempt that fails takes no other tab’s', () => {
  const browser = new Browser();
  for (const tab of ['a', 'b']) browser.take(...departureCookies(browser.request, tab, `left ${tab}`));
  expect(departureOf(browser.request, 'nobody’s')).toBeNull();
  browser.take(noDepartureCookie('nobody’s'), noDepartureCookie('a'));
  expect(departureOf(browser.request, 'b')).toBe('left b');
});

test('many attempts keep the newest four', () => {
  const browser = new Browser();
  const tabs = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const tab of tabs) browser.take(...departureCookies(browser.request, tab, `left ${tab}`));
  expect(tabs.filter((tab) => departureOf(browser.request, tab) !== null)).toEqual(['c', 'd', 'e', 'f']);
});
