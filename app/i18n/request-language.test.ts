import { describe, expect, test } from 'vitest';
import { languageOfPage, languageOfRequest, rememberLanguage } from './request-language.server';

const request = (headers: Record<string, string> = {}, path = '/') =>
  new Request(`http://localhost:3000${path}`, { headers });
const wishing = (wishes: string) => languageOfRequest(request({ 'accept-language': wishes }));

describe('the language for somebody who comes without one in the address', () => {
  test('is Dutch, if nothing says otherwise', () => {
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
  ])('is the most wanted of the browser that the portal speaks: %s → %s', (wishes, language) => {
    expect(wishing(wishes)).toBe(language);
  });

  test.each(['pl', 'pl-PL,ro;q=0.9', '*', '', ';;;,,', 'en;q=much', 'en;q='])(
    'is Dutch, if the browser asks for nothing that the portal speaks: %j',
    (wishes) => {
      expect(wishing(wishes)).toBe('nl');
    },
  );

  test('is the one chosen before, whatever the browser wants', () => {
    expect(languageOfRequest(request({ cookie: 'a=b; language=ar', 'accept-language': 'en' }))).toBe('ar');
  });

  test.each(['language=pl', 'language=', 'otherlanguage=ar', 'x=language=ar'])(
    'is the one of the browser, if the cookie names none that the portal speaks: %s',
    (cookie) => {
      expect(languageOfRequest(request({ cookie, 'accept-language': 'en' }))).toBe('en');
    },
  );
});

describe('the language of a page', () => {
  test('is the one in its address, whatever was chosen before', () => {
    expect(languageOfPage(request({ cookie: 'language=en' }, '/ar/contact'))).toBe('ar');
  });

  test.each(['/', '/pl/contact', '/cases/ar', '/arabic'])('is the reader’s, if the address has none: %s', (path) => {
    expect(languageOfPage(request({ cookie: 'language=en' }, path))).toBe('en');
  });
});

describe('remembering the language', () => {
  const cookieSet = (before: Record<string, string>) => {
    const headers = new Headers();
    rememberLanguage(request(before), headers, 'ar');
    return headers.get('set-cookie');
  };

  test('a cookie says the language for the whole site and nothing else', () => {
    expect(cookieSet({})).toMatch(/^language=ar; Path=\/;.*SameSite=Lax; Secure$/);
    expect(cookieSet({ cookie: 'language=en' })).toMatch(/^language=ar;/);
  });

  test('what is remembered is found on the next visit', () => {
    const cookie = cookieSet({})?.split(';')[0] ?? '';
    expect(languageOfRequest(request({ cookie, 'accept-language': 'en' }))).toBe('ar');
  });

  test('nothing is set again, if it is known already', () => {
    expect(cookieSet({ cookie: 'a=b; language=ar' })).toBeNull();
  });
});
