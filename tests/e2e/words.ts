import { readFileSync } from 'node:fs';
import { createInstance } from 'i18next';
import type { Key, Translate } from '../../app/i18n/keys';

const NAMESPACES = [
  'common',
  'home',
  'identity',
  'case',
  'appointment',
  'contact',
  'trouble',
  'wait',
  'mandate',
  'helpdesk',
  'audit',
];

/** What the portal says in a language, so that a test names a thing as its reader does. */
export function wordsOf(language: string): Translate {
  const catalogue = (namespace: string): Record<string, unknown> =>
    JSON.parse(readFileSync(new URL(`../../locales/${language}/${namespace}.json`, import.meta.url), 'utf8'));
  const instance = createInstance({
    lng: language,
    resources: { [language]: Object.fromEntries(NAMESPACES.map((name) => [name, catalogue(name)])) },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  void instance.init();
  return (key: Key, values) => instance.t(key, values ?? {});
}
