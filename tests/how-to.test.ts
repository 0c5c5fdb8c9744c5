import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from './imports';

/** Carries out docs/how-to.md on a copy of the repository, from the code blocks of the document itself. */

const run = promisify(execFile);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'zicht-how-to-')));
const sections = readFileSync(join(ROOT, 'docs/how-to.md'), 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.split('\n')[0] ?? '', text }));

/** The copy's own configuration, without the database, which none of these checks needs. */
const CONFIG = `import config from './vitest.config';
export default { ...config, test: { ...config.test, globalSetup: [], include: ['**/*.test.{ts,tsx}'], maxWorkers: 1 } };
`;

const PAGE_TEST = 'app/routes/complaint.test.tsx';
/** Renders the page of the how-to as the server does, in a language that reads from left to right and one that does not. */
const RENDERED = `import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { translatorOf } from '~/i18n/catalogues.server';
import { WordsProvider } from '~/i18n/use-t';
import Complaint from '~/routes/complaint';

test.each(['nl', 'ar'] as const)('the page has its words in %s', (language) => {
  const t = translatorOf(language);
  const page = <WordsProvider language={language} t={t}><Complaint /></WordsProvider>;
  expect(renderToString(page)).toContain(t('contact:complaint.title'));
});
`;

/** What each test file of the copy says once all four how-tos are carried out. */
let results: ReadonlyMap<string, FileResult>;
/** The TypeScript files that the how-tos write or change, and what the compiler says of them. */
const touched = new Set<string>();
let wrongTypes: string;

beforeAll(async () => {
  for (const part of ['app', 'docs', 'locales', 'mocks', 'tests'])
    cpSync(join(ROOT, part), join(folder, part), {
      recursive: true,
      filter: (path) => !/pictures.(nl|ar).*png$/.test(path),
    });
  for (const name of readdirSync(ROOT).filter((name) => /\.(json|ts|js|md)$|^LICENSE$/.test(name)))
    cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const { kind, code } of sections.flatMap(({ text }) => blocksOf(text))) {
    if (kind === 'sh') await command(code);
    else if (kind === 'diff') change(code);
    else write(/^\/\/ (\S+)$/m.exec(code)?.[1] ?? '', kind === 'json' ? code.replace(/^.*\n/, '') : code);
  }
  translateTheRest();
  nameTheTerms('pl');
  write('how-to.config.ts', CONFIG);
  write(PAGE_TEST, RENDERED);
  [results, wrongTypes] = await Promise.all([checked([PAGE_TEST, ...sections.flatMap(checksOf)]), typeFaults()]);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code of the how-tos has the right types', () => {
  expect(touched.size).toBeGreaterThan(5);
  expect(wrongTypes).toBe('');
});

test.each(sections.map((section) => [section.title, section] as const))('%s', (_title, section) => {
  const checks = [...checksOf(section), ...(section.title === 'Add a page' ? [PAGE_TEST] : [])];
  expect(checks.length).toBeGreaterThan(1);
  expect(checks.flatMap((file) => failuresOf(results.get(file)))).toEqual([]);
});

/** The test files that a section names at its end. */
function checksOf({ text }: { readonly text: string }): string[] {
  return text.slice(text.indexOf('\nChecked by ')).match(/[\w./-]+\.test\.ts/g) ?? [];
}

function blocksOf(text: string): { readonly kind: string; readonly code: string }[] {
  return [...text.matchAll(/^```(sh|diff|json|tsx?)\n(.*?)^```$/gms)].map(([, kind = '', code = '']) => ({
    kind,
    code,
  }));
}

function write(path: string, text: string): void {
  if (/\.tsx?$/.test(path)) touched.add(path);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Makes a change of which each line must be there once, as it stands. */
function change(diff: string): void {
  const [head = '', ...lines] = diff.trimEnd().split('\n');
  const path = head.replace(/^--- /, '');
  const side = (mark: string) =>
    lines.flatMap((line) => (line.startsWith(' ') || line.startsWith(mark) ? [line.slice(1)] : [])).join('\n');
  const text = readFileSync(join(folder, path), 'utf8');
  expect(text.split(side('-')), `${path} has these lines once:\n${side('-')}`).toHaveLength(2);
  write(
    path,
    text.replace(side('-'), () => side('+')),
  );
}

async function command(code: string): Promise<void> {
  const [line = '', file] = code.trim().split(' > ');
  const { stdout } = await run('npm', line.split(' ').slice(1), { cwd: folder, maxBuffer: 16_777_216 });
  // What comes back from the translator has a text of its own for each.
  if (file) write(file, stdout.replace(/<source>(.*?)<\/source>/gs, '$&<target>pl $1</target>'));
}

/** The how-to shows new texts in English and Dutch: here the other languages get theirs. */
function translateTheRest(): void {
  const languages = Object.keys(json('locales/languages.json')).filter((language) => language !== 'en');
  for (const name of readdirSync(join(folder, 'locales/en')))
    for (const language of languages) {
      const path = `locales/${language}/${name}`;
      write(path, JSON.stringify(withTexts(json(path), json(`locales/en/${name}`), language)));
    }
}

const json = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** A new language takes the English terms, as its translator here takes the English texts. */
function nameTheTerms(language: string): void {
  const glossary: Record<string, { readonly terms: Record<string, unknown> }> = json('locales/glossary.json');
  for (const { terms } of Object.values(glossary)) terms[language] ??= { ...Object(terms.en), source: 'usual' };
  write('locales/glossary.json', JSON.stringify(glossary));
}

type Texts = { readonly [key: string]: Texts | string };

function withTexts(own: Texts | undefined, english: Texts, language: string): Texts {
  const missing = Object.entries(english).flatMap(([key, value]) => {
    const has = own?.[key];
    if (typeof value !== 'string')
      return [[key, withTexts(typeof has === 'object' ? has : undefined, value, language)]];
    return has !== undefined || /_(zero|one|two|few|many|other)$/.test(key) ? [] : [[key, `${language} – ${key}`]];
  });
  return { ...own, ...Object.fromEntries(missing) };
}

/** Only what was touched is checked, which takes seconds instead of a minute. */
async function typeFaults(): Promise<string> {
  const files = [...touched].filter((path) => path !== 'how-to.config.ts');
  write('how-to.json', JSON.stringify({ extends: './tsconfig.json', include: ['*/**/*.d.ts'], files }));
  const tsc = [join(folder, 'node_modules/typescript/bin/tsc'), '--noEmit', '--pretty', 'false', '-p', 'how-to.json'];
  const { stdout } = await run(process.execPath, tsc, { cwd: folder }).catch((error) => error);
  return stdout;
}

async function checked(files: readonly string[]): Promise<Map<string, FileResult>> {
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs');
  const parts = ['run', '--config', 'how-to.config.ts', '--reporter=json', '--outputFile=result.json', ...files];
  // It ends with 1 where a test fails, of which the report tells more.
  await run(process.execPath, [vitest, ...parts], { cwd: folder }).catch(() => undefined);
  const report: { testResults: FileResult[] } = JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8'));
  return new Map(report.testResults.map((file) => [relative(folder, file.name).replaceAll('\\', '/'), file]));
}

function failuresOf(file: FileResult | undefined): string[] {
  if (!file) return ['was not run'];
  if (file.assertionResults.length === 0) return [`${file.name} has no tests: ${file.message}`];
  return file.assertionResults.flatMap(({ fullName, failureMessages }) =>
    failureMessages.map((message) => `${fullName}: ${message}`),
  );
}

interface FileResult {
  readonly name: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly fullName: string; readonly failureMessages: readonly string[] }[];
}
