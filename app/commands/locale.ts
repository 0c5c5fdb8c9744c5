import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogues } from '~/i18n/read-catalogues';
import { checkCatalogues } from './check-catalogues';
import { type Context, contextOf } from './context-of';
import { fromXliff, toXliff } from './xliff';

/** `npm run locale:new`, `locale:export`, `locale:import`: sets up a language, exports and imports its texts. */
const USAGE = `usage: npm run locale:new -- CODE ["Own name"]     sets up a language, such as: pl Polski
       npm run locale:export -- CODE            prints its texts as XLIFF 2.1, with a note for each
       npm run locale:import -- FILE.xlf        writes a translated XLIFF file into locales/`;

const FOLDER = 'locales';
const LIST = join(FOLDER, 'languages.json');
const READERS = join(FOLDER, 'readers.json');

const [command, first, second] = process.argv.slice(2);
try {
  if (command === 'new' && first) setUp(first, second);
  else if (command === 'export' && first) process.stdout.write(exported(first));
  else if (command === 'import' && first) imported(first);
  else throw new RangeError('Name a language or a file.');
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 2;
}

function setUp(language: string, ownName = new Intl.DisplayNames([language], { type: 'language' }).of(language)): void {
  if (Intl.PluralRules.supportedLocalesOf([language]).length === 0)
    throw new RangeError(`${language}: Node has no plural forms and dates for this language`);
  if (existsSync(join(FOLDER, language))) throw new RangeError(`${join(FOLDER, language)} exists already`);
  write(fromXliff(toXliff(readCatalogues(FOLDER), language, () => '')));
  const names: Record<string, unknown> = JSON.parse(readFileSync(LIST, 'utf8'));
  writeJson(LIST, { ...names, [language]: ownName });
  const readers: Record<string, unknown> = JSON.parse(readFileSync(READERS, 'utf8'));
  writeJson(READERS, { ...readers, [language]: { nativeReader: null, read: 'New' } });
  printOpenTasks(language);
}

function exported(language: string): string {
  const context: Context = JSON.parse(readFileSync(join(FOLDER, 'context.json'), 'utf8'));
  return toXliff(readCatalogues(FOLDER), language, contextOf(context));
}

function imported(path: string): void {
  const read = fromXliff(readFileSync(path, 'utf8'));
  write(read);
  printOpenTasks(read.language);
}

function write({ language, catalogues }: ReturnType<typeof fromXliff>): void {
  if (!/^[a-z]{2,3}$/.test(language)) throw new RangeError(`${language} is not a language code`);
  mkdirSync(join(FOLDER, language), { recursive: true });
  for (const [namespace, catalogue] of Object.entries(catalogues)) {
    if (!/^[a-z-]+$/.test(namespace)) throw new RangeError(`${namespace} is not a catalogue name`);
    writeJson(join(FOLDER, language, `${namespace}.json`), catalogue);
  }
}

function printOpenTasks(language: string): void {
  const faults = checkCatalogues(readCatalogues(FOLDER)).filter((fault) => fault.startsWith(`${language}/`));
  const name = new Intl.DisplayNames(['en'], { type: 'language' }).of(language);
  console.log(
    faults.length === 0
      ? `${name} is complete. Left to do: its terms in locales/glossary.json, a line in app/i18n/format.test.ts, and npm test.`
      : `${name}: ${faults.length} things to do before it can be built. The first ones:\n${faults.slice(0, 10).join('\n')}
Translate the files in ${join(FOLDER, language)}/, or: npm run --silent locale:export -- ${language} > ${language}.xlf`,
  );
  console.log(JSON.stringify({ language, left: faults.length }));
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
