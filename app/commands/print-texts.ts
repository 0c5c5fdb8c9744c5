import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readCatalogues } from '~/i18n/read-catalogues';
import { isLanguage, LANGUAGES } from '~/model/language';
import { STATE_NAMES, textsOfState } from './state-texts';

/** `npm run texts`: prints what a person in a state can read, for a reader who grew up with the language. */
const USAGE = `usage: npm run texts -- --state STATE [--language CODE]
STATE: ${STATE_NAMES.join(', ')}
Without --language: a page for each language.`;

try {
  const options = { state: { type: 'string' }, language: { type: 'string' } } as const;
  const { state = '', language } = parseArgs({ options }).values;
  if (!STATE_NAMES.includes(state)) throw new RangeError('Name a state.');
  if (language !== undefined && !isLanguage(language)) throw new RangeError(`${language} is not a language here`);
  const pages = language === undefined ? LANGUAGES : [language];
  for (const one of pages) print(one, state);
  console.log(JSON.stringify({ state, languages: pages }));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 2;
}

function print(language: string, state: string): void {
  const catalogues = readCatalogues('locales');
  const english = new Map(textsOfState(catalogues, 'en', state).map(({ key, text }) => [key, text]));
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language);
  console.log(`# ${name}: ${state}\n${readerOf(language)}\n`);
  for (const { key, text } of textsOfState(catalogues, language, state))
    console.log(language === 'en' ? `${text}\n` : `${english.get(key)}\n${text}\n`);
}

function readerOf(language: string): string {
  const readers: Readonly<Record<string, { readonly nativeReader: string | null; readonly read: string }>> = JSON.parse(
    readFileSync('locales/readers.json', 'utf8'),
  );
  const { nativeReader = null, read = '' } = readers[language] ?? {};
  return `${nativeReader === null ? 'Not yet read by a native speaker' : `Read by ${nativeReader}`}. ${read}.`;
}
