import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anchorsOf } from './documents';
import { ROOT } from './imports';

const ASVS = 'docs/asvs.csv';
const CONTROLS = 'docs/security.md';
const CONTROL_COUNT = 62;

/** One requirement of OWASP ASVS 5.0.0, as `docs/asvs.csv` has it. */
export interface Row {
  readonly id: string;
  /** 1 to 3. */
  readonly level: string;
  readonly verdict: string;
  /** Tests (`path` or `path#title`) and sections (`docs/x.md#anchor`). */
  readonly shownBy: readonly string[];
  readonly note: string;
}

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Lists controls and requirements without a test, a section or a reason that exists, as `document: what`. */
export function faultsOfSecurityDocuments(): string[] {
  return [...faultsOfAsvs(), ...faultsOfControls()];
}

function faultsOfAsvs(): string[] {
  const [, ...standard] = cellsOf(textOf('tests/asvs-5.0.0.csv'));
  const [, ...lines] = cellsOf(textOf(ASVS));
  const rows = lines.map(
    ([id = '', level = '', verdict = '', shownBy = '', note = '']): Row => ({
      id,
      level,
      verdict,
      shownBy: shownBy.split(' | ').filter(Boolean),
      note,
    }),
  );
  const differs = standard.findIndex(([id, level], at) => rows[at]?.id !== id || rows[at]?.level !== level);
  return [
    ...(differs >= 0 || rows.length !== standard.length
      ? [`${ASVS}: differs from the standard's ids and levels at ${standard[differs]?.[0] ?? 'its end'}`]
      : []),
    ...rows.flatMap((row) => faultsOfRow(row).map((fault) => `${ASVS}: ${row.id} ${fault}`)),
  ];
}

/** What is wrong with the verdict, the evidence or the reason of one requirement. */
export function faultsOfRow({ verdict, shownBy, note }: Row): string[] {
  const faults = shownBy.flatMap((evidence) => faultOfEvidence(evidence) ?? []);
  if (!['yes', 'part', 'no', 'does not apply'].includes(verdict)) faults.push('has no known verdict');
  if (['yes', 'part'].includes(verdict) && shownBy.length === 0) faults.push('has neither a test nor a section');
  if (verdict !== 'yes' && note === '') faults.push('does not say why');
  return faults;
}

function faultOfEvidence(evidence: string): string | null {
  const [path = '', ...rest] = evidence.split('#');
  const part = rest.join('#');
  if (!existsSync(join(ROOT, path))) return `names ${path}, which is not there`;
  if (/\.(test|spec)\.ts$/.test(path))
    return part === '' || hasTitle(textOf(path), part) ? null : `names the test "${part}", which ${path} lacks`;
  if (path.endsWith('.md')) return anchorsOf(path).includes(part) ? null : `names #${part}, which ${path} lacks`;
  return `names ${path}, which is neither a test nor a document`;
}

const hasTitle = (text: string, title: string) => ["'", '"', '`'].some((mark) => text.includes(mark + title + mark));

/** Links and names of files are checked with those of all documents. */
function faultsOfControls(): string[] {
  const document = textOf(CONTROLS);
  const controls = [...document.matchAll(/^\| (\d+) +\| .+? +\| (\S+) +\| (.*?) *\|$/gm)].map(
    ([, number = '', verdict = '', shown = '']) => ({ number, verdict, shown }),
  );
  const count = (verdict: string) => controls.filter((control) => control.verdict === verdict).length;
  const counts = `${count('yes')} yes, ${count('part')} part, ${count('no')} no.`;
  return [
    ...(controls.length === CONTROL_COUNT ? [] : [`${CONTROLS}: has ${controls.length} of ${CONTROL_COUNT} controls`]),
    ...(document.includes(`\n${counts}\n`) ? [] : [`${CONTROLS}: should say "${counts}"`]),
    ...controls.flatMap(({ number, verdict, shown }, at) => [
      ...(number === `${at + 1}` ? [] : [`${CONTROLS}: control ${number} is not in its place`]),
      ...faultsOfControl(verdict, shown).map((fault) => `${CONTROLS}: control ${number} ${fault}`),
    ]),
  ];
}

/** @param shown the last cell of a control: tests and links, and what is missing after "Gap:" */
export function faultsOfControl(verdict: string, shown: string): string[] {
  const faults: string[] = [];
  if (!['yes', 'part', 'no'].includes(verdict)) faults.push('has no known verdict');
  if (verdict !== 'no' && !/`[\w./-]+\.(test|spec)\.ts`|\]\([\w./-]*#[\w-]+\)/.test(shown))
    faults.push('has neither a test nor a section');
  if ((verdict !== 'yes') !== shown.includes('Gap: ')) faults.push('must name a gap unless it holds');
  return faults;
}

/** Rows of CSV (RFC 4180) without line breaks in cells. */
function cellsOf(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain,
      ),
    );
}
