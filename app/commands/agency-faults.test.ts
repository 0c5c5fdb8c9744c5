import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { withAgencyTexts } from '~/i18n/agency-texts';
import { readCatalogues } from '~/i18n/read-catalogues';
import { procedureIn, stageIn } from '~/model/agency';
import { LANGUAGES } from '~/model/language';
import { faultsOfFolder, notesOf } from './agency-faults';

const CATALOGUES = readCatalogues('locales');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A copy of an agency's folder with other files. */
function check(files: Readonly<Record<string, string | object>>, agency = 'ind') {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-check-'));
  folders.push(folder);
  cpSync(`mocks/agencies/${agency}`, folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return faultsOfFolder(folder, CATALOGUES);
}

const inAll = <T>(text: (language: string) => T) => Object.fromEntries(LANGUAGES.map((one) => [one, text(one)]));
const words = (what: string) => inAll((language) => ({ name: `${what} ${language}`, now: `${what} now ${language}` }));

test('one file adds a procedure with two stages in every language', () => {
  const { agency, faults } = check({
    'procedures/season.json': {
      types: ['VVR-SEIZOEN'],
      texts: inAll((language) => ({ name: `Season ${language}` })),
      stages: {
        'labour-office': { names: ['Advies UWV'], means: 'wait', texts: words('Office') },
        contract: { names: ['Contract nodig'], means: 'send-papers', texts: words('Contract') },
      },
    },
  });
  expect(faults).toEqual([]);
  if (!agency) throw new Error();
  const procedure = procedureIn(agency, 'VVR-SEIZOEN');
  expect(stageIn(agency, procedure, { uuid: '', name: 'contract nodig' })).toMatchObject({ means: 'send-papers' });
  for (const language of LANGUAGES) {
    const own = CATALOGUES[language]?.case ?? {};
    expect(withAgencyTexts(own as Record<string, unknown>, 'case', agency.texts[language] ?? {})).toMatchObject({
      procedure: { season: `Season ${language}` },
      stage: { contract: { name: `Contract ${language}` }, 'labour-office': { now: `Office now ${language}` } },
    });
  }
});

describe('a fault has its file, line and words', () => {
  const season = { types: ['S'], texts: { nl: { name: 'Seizoen' } } };
  test.each<[string, Readonly<Record<string, string | object>>, RegExp, string?]>([
    ['broken JSON', { 'papers.json': '{\n  "a": {}\n  "b": {}\n}' }, /^papers\.json:3: is no JSON: comma expected$/],
    [
      'an unknown key',
      { 'procedures/visa.json': '{\n  "types": ["V"],\n  "txt": {}\n}' },
      /^procedures\/visa\.json:3: txt: /,
    ],
    [
      'a key that stands twice',
      { 'results.json': '{\n  "granted": ["A"],\n  "granted": ["B"]\n}' },
      /^results\.json:3: granted: stands twice$/,
    ],
    ['a wrong type', { 'agency.json': '{\n  "name": "A",\n  "showOthers": "no"\n}' }, /^agency\.json:3: showOthers: /],
    ['a file that nothing reads', { 'paper.json': {} }, /^paper\.json: is no file of an agency's folder$/],
    [
      'a missing text of a procedure',
      { 'procedures/season.json': season },
      /^procedures\/season\.json:\d+: ar: has no text case:procedure\.season$/,
    ],
    [
      'a missing text of a stage',
      {
        'procedures/visa.json':
          '{\n  "types": ["V"],\n  "stages": {\n    "x": { "names": ["X"], "means": "wait" }\n  }\n}',
      },
      /^procedures\/visa\.json:4: nl: has no text case:stage\.x\.now$/,
    ],
    [
      'a missing text of a paper',
      { 'papers.json': '{\n  "visa-form": { "names": ["F"] }\n}' },
      /^papers\.json:2: en: has no text case:next\.paper\.visa-form$/,
    ],
    [
      'an unknown text',
      { 'texts/en.json': '{\n  "case": {\n    "nxt": "x"\n  }\n}' },
      /^texts\/en\.json:3: en: the portal has no text case:nxt$/,
    ],
    [
      'a lost placeholder',
      { 'texts/nl.json': '{\n  "case": {\n    "next": {\n      "payUntil": "x"\n    }\n  }\n}' },
      /^texts\/nl\.json:4: nl: case:next\.payUntil needs the placeholders/,
    ],
    [
      'a language that is none of its own',
      { 'agency.json': '{\n  "languages": ["en"],\n  "ownLanguage": "nl"\n}' },
      /^agency\.json:3: ownLanguage: nl is none/,
    ],
    [
      'a procedure that is none',
      { 'ways.json': '{\n  "pay": [\n    { "kind": "desk", "procedures": ["x"] }\n  ]\n}' },
      /^ways\.json:3: "x" is no procedure/,
    ],
    [
      'a name of two stages',
      {
        'stages.json': '{\n  "a": { "names": ["X"], "means": "wait" },\n  "b": { "names": ["x"], "means": "wait" }\n}',
      },
      /^stages\.json:3: "x" leads to two stages$/,
    ],
    [
      'a task without a way',
      { 'ways.json': {} },
      /^ways\.json: a case of visa can ask send-papers, and there is no way to do it$/,
    ],
    [
      'a product that no planner knows',
      { 'planners.json': [{ name: 'muenchen', products: { BIO: '1' } }] },
      /^planners\.json: no planner knows DOC, the visit of collect, and ways\.json has no visit$/,
      'muenchen',
    ],
  ])('%s', (_what, files, fault, agency) => {
    const { faults } = check(files, agency);
    expect(
      faults.some((line) => fault.test(line)),
      faults.join('\n'),
    ).toBe(true);
  });
});

test('the folders of the demo have no faults', () => {
  for (const agency of ['ind', 'muenchen']) expect(check({}, agency).faults).toEqual([]);
});

test('a folder that names no result of a kind gets a note', () => {
  const outcomes = new Map([
    ['verleend', 'granted'],
    ['afgebroken', 'closed'],
  ] as const);
  expect(notesOf({ outcomes })).toEqual([
    expect.stringContaining('no result means refused'),
    expect.stringContaining('no result means withdrawn'),
  ]);
});
