import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf } from './documents';
import { ROOT } from './imports';

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** One requirement of OWASP ASVS 5.0.0, as `docs/asvs.csv` has it. */
interface Row {
  readonly id: string;
  /** 1 to 3. */
  readonly level: string;
  readonly verdict: string;
  /** Tests (`path` or `path#title`) and sections (`docs/x.md#anchor`). */
  readonly shownBy: readonly string[];
  readonly note: string;
}

const [, ...standard] = cellsOf(textOf('tests/asvs-5.0.0.csv'));
const [head, ...lines] = cellsOf(textOf('docs/asvs.csv'));
const rows = lines.map(
  ([id = '', level = '', verdict = '', shownBy = '', note = '']): Row => ({
    id,
    level,
    verdict,
    shownBy: shownBy.split(' | ').filter(Boolean),
    note,
  }),
);

describe('each requirement of ASVS', () => {
  test('has one row, with the level of the standard', () => {
    expect(head).toEqual(['id', 'level', 'verdict', 'shown_by', 'note']);
    expect(standard).toHaveLength(345);
    expect(rows.map(({ id, level }) => [id, level])).toEqual(standard);
  });

  test('has a verdict with its evidence or its reason', () => {
    expect(rows.flatMap((row) => faultsOf(row).map((fault) => `${row.id}: ${fault}`))).toEqual([]);
  });
});

test('rows without evidence, reason or verdict are found', () => {
  const row: Row = { id: '1.1.1', level: '2', verdict: 'yes', shownBy: ['tests/house.test.ts'], note: '' };
  expect(faultsOf(row)).toEqual([]);
  expect(faultsOf({ ...row, shownBy: [] })).toEqual(['has neither a test nor a section']);
  expect(faultsOf({ ...row, shownBy: ['tests/gone.test.ts'] })).toEqual(['tests/gone.test.ts is not there']);
  expect(faultsOf({ ...row, shownBy: ['tests/house.test.ts#no title'] })).toHaveLength(1);
  expect(faultsOf({ ...row, shownBy: ['docs/security.md#nowhere'] })).toHaveLength(1);
  expect(faultsOf({ ...row, shownBy: ['app/root.tsx'] })).toHaveLength(1);
  expect(faultsOf({ ...row, verdict: 'part' })).toEqual(['does not say why']);
  expect(faultsOf({ ...row, verdict: 'no' })).toEqual(['does not say why']);
  expect(faultsOf({ ...row, verdict: 'maybe' })).toEqual(['has no known verdict']);
});

describe('our 62 controls', () => {
  const document = textOf('docs/security.md');
  const controls = [...document.matchAll(/^\| (\d+) +\| (.+?) +\| (\S+) +\| (.*) \|$/gm)].map(
    ([, number, , verdict = '', shown = '']) => ({ number: Number(number), verdict, shown }),
  );

  test('stand in the table, each once', () => {
    expect(controls.map(({ number }) => number)).toEqual(Array.from({ length: 62 }, (_, index) => index + 1));
  });

  test('have a verdict with its evidence, and say what is missing', () => {
    const faulty = controls.filter(
      ({ verdict, shown }) =>
        !['yes', 'part', 'no'].includes(verdict) ||
        (verdict !== 'no' && !/`[\w./-]+\.(test|spec)\.ts`|\]\([\w./]*#[\w-]+\)/.test(shown)) ||
        (verdict === 'yes') === shown.includes('Gap: '),
    );
    expect(faulty).toEqual([]);
  });

  test('are counted right', () => {
    const count = (verdict: string) => controls.filter((control) => control.verdict === verdict).length;
    expect(document).toContain(`\n${count('yes')} yes, ${count('part')} part, ${count('no')} no.\n`);
  });
});

function faultsOf({ verdict, shownBy, note }: Row): string[] {
  const faults = shownBy.flatMap((evidence) => faultOfEvidence(evidence) ?? []);
  if (!['yes', 'part', 'no', 'does not apply'].includes(verdict)) return [...faults, 'has no known verdict'];
  if (['yes', 'part'].includes(verdict) && shownBy.length === 0) faults.push('has neither a test nor a section');
  if (verdict !== 'yes' && note === '') faults.push('does not say why');
  return faults;
}

function faultOfEvidence(evidence: string): string | null {
  const [path = '', ...rest] = evidence.split('#');
  const part = rest.join('#');
  if (!existsSync(join(ROOT, path))) return `${path} is not there`;
  if (/\.(test|spec)\.ts$/.test(path))
    return part === '' || hasTitle(textOf(path), part) ? null : `${path} has no test with the title "${part}"`;
  if (path.endsWith('.md')) return anchorsOf(path).includes(part) ? null : `${path} has no section #${part}`;
  return `${path} is neither a test nor a document`;
}

const hasTitle = (text: string, title: string) => ["'", '"', '`'].some((mark) => text.includes(mark + title + mark));

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
