import { describe, expect, test } from 'vitest';
import { languageOfPage, languageOfRequest, rememberLanguage } from './request-language.server';

const request = (headers: Record<string, string> = {}, path = '/') =>
  new Request(`http://localhost:3000${path}`, { headers });
const wishing = (wishes: string) => languageOfRequest(request({ 'accept-language': wishes }));

describe('the language for an address without one', () => {
  test('is Dutch by default', () => {
    expect(languageOfRequest(request())).toBe('nl');
  });

  test.each([
    ['ar', 'ar'],
    ['ar-SY,ar;q=0.9,en;q=0.8', 'ar'],
    ['EN-us', 'en'],
    ['en;q=0.5, ar;q=0.9', 'ar'],
    ['pl,ro;q=0.9,en;q=0.4', 'en'],
    ['en; q=0.1 , nl;q=0.2', 'nl'],
    ['ar;q=0,en;q=0.1', 'en'],
  ])('is the browser’s first that the portal has: %s → %s', (wishes, language) => {
    expect(wishing(wishes)).toBe(language);
  });

  test.each(['pl', 'pl-PL,ro;q=0.9', '*', '', ';;;,,', 'en;q=much', 'en;q='])(
    'is Dutch when the portal has none of the browser’s: %j',
    (wishes) => {
      expect(wishing(wishes)).toBe('nl');
    },
  );

  test('is the one chosen before, whatever the browser wants', () => {
    expect(languageOfRequest(request({ cookie: 'a=b; language=ar', 'accept-language': 'en' }))).toBe('ar');
  });

  test.each(['language=pl', 'language=', 'otherlanguage=ar', 'x=language=ar'])(
    'is the browser’s when the cookie names no known language: %s',
    (cookie) => {
      expect(languageOfRequest(request({ cookie, 'accept-language': 'en' }))).toBe('en');
    },
  );
});

describe('the language of a page', () => {
  test('is the one in its address, whatever was chosen before', () => {
    expect(languageOfPage(request({ cookie: 'language=en' }, '/ar/contact'))).toBe('ar');
  });

  test.each(['/', '/pl/contact', '/cases/ar', '/arabic'])('is the reader’s when the address has none: %s', (path) => {
    expect(languageOfPage(request({ cookie: 'language=en' }, path))).toBe('en');
  });
});

describe('remembering the language', () => {
  const cookieSet = (before: Record<string, string>) => {
    const headers = new Headers();
    rememberLanguage(request(before), headers, 'ar');
    return headers.get('set-cookie');
  };

  test('the cookie holds the language for the whole site, nothing else', () => {
    expect(cookieSet({})).toBe('language=ar; Max-Age=31536000; Path=/; SameSite=Lax; Secure');
    expect(cookieSet({ cookie: 'language=en' })).toMatch(/^language=ar;/);
  });

  test('the next visit gets the remembered language', () => {
    const cookie = cookieSet({})?.split(';')[0] ?? '';
    expect(languageOfRequest(request({ cookie, 'accept-language': 'en' }))).toBe('ar');
  });

  test('an unchanged language sets no cookie', () => {
    expect(cookieSet({ cookie: 'a=b; language=ar' })).toBeNull();
  });
});
