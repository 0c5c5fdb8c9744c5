import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Agency } from '~/config/agency.server';
import { withAgencyTexts } from '~/i18n/agency-texts';
import { type Catalogues, readCatalogues } from '~/i18n/read-catalogues';
import { procedureKeys, stageKeys } from '~/model/agency';
import { directionOf, LANGUAGES, OWN_NAME } from '~/model/language';
import { faultsOfFolder, notesOf } from './agency-faults';

/** `npm run agency:check` reads an agency's folder as the portal does at start, and shows its words. */
const USAGE = `usage: npm run agency:check -- FOLDER                  tells every fault with file and line
       npm run agency:check -- FOLDER --preview FILE  also writes a page of all its words in every language`;

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { preview: { type: 'string' } } });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) throw new RangeError('Name one folder.');
  process.exitCode = check(folder, values.preview) ? 0 : 1;
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 2;
}

function check(folder: string, preview: string | undefined): boolean {
  const catalogues = readCatalogues('locales');
  const { agency, faults } = faultsOfFolder(folder, catalogues);
  for (const fault of faults) console.log(`${folder}/${fault}`);
  const notes = agency ? notesOf(agency) : [];
  for (const note of notes) console.log(`note: ${folder}/${note}`);
  if (agency && preview) writeFileSync(preview, pageOf(agency, catalogues));
  const counts = { procedures: agency?.procedures.length ?? 0, stages: agency ? stageKeys(agency).length : 0 };
  console.log(
    JSON.stringify({
      ...counts,
      languages: (agency?.languages ?? LANGUAGES).length,
      faults: faults.length,
      notes: notes.length,
    }),
  );
  return faults.length === 0;
}

/** One table: procedures, stages and papers as rows, languages as columns. */
function pageOf(agency: Agency, catalogues: Catalogues): string {
  const { languages } = agency;
  const words = new Map(
    languages.map((language) => {
      const own = catalogues[language]?.case as Readonly<Record<string, unknown>>;
      return [language, withAgencyTexts(own, 'case', agency.texts[language] ?? {})] as const;
    }),
  );
  const row = (name: string, paths: readonly (readonly string[])[]) =>
    `<tr><th scope="row">${escaped(name)}</th>${languages
      .map((language) => {
        const texts = paths.map((path) => `<p>${escaped(textAt(words.get(language), path))}</p>`).join('');
        return `<td lang="${language}" dir="${directionOf(language)}">${texts}</td>`;
      })
      .join('')}</tr>`;
  const head = languages.map((language) => `<th scope="col" lang="${language}">${OWN_NAME[language]}</th>`).join('');
  const rows = [
    ...procedureKeys(agency).map((key) => row(key, [['procedure', key]])),
    ...stageKeys(agency).map((key) =>
      row(
        key,
        ['name', 'now'].map((text) => ['stage', key, text]),
      ),
    ),
    ...agency.papers.map(({ key }) => row(key, [['next', 'paper', key]])),
  ];
  const style = 'td,th{border:1px solid;padding:.3em;vertical-align:top;text-align:start;min-width:12em}';
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Words of the agency</title><style>${style}</style>
<table><thead><tr><th scope="col">key</th>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>${lettersOf(agency)}</html>
`;
}

/** Which documents people can open. */
function lettersOf({ letters }: Agency): string {
  if (!letters) return '<p>People can open no letters.</p>';
  const { types, formats, confidentiality, megabytes } = letters;
  const rules = `${formats.join(', ')}, up to ${confidentiality}, at most ${megabytes} MB`;
  return `<p>Letters that people can open: ${escaped(types.join(', '))} (${rules}).</p>`;
}

function textAt(words: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (at, part) => (at as Readonly<Record<string, unknown>> | undefined)?.[part],
    words,
  );
  return typeof found === 'string' ? found : '';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
