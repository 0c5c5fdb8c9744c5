import { expect, test } from 'vitest';
import type { ProcedureFigures } from '~/model/estimate/public-figures';
import { DESCRIPTION, figuresCsv, figuresJson } from './public-download';

const figures: ProcedureFigures = {
  procedure: 'family',
  stages: ['received'],
  termDays: 90,
  cohort: { month: '2025-09', share: 0.41, decisions: 180 },
  waiting: [
    { fromDays: 0, toDays: 7, people: 24.3 },
    { fromDays: 7, toDays: null, people: 0 },
  ],
  months: [{ month: '2026-02', weeks: 4, received: 96, decided: 90, open: 501 }],
  trend: [{ month: '2026-02', low: 41, median: 80, high: null, trust: 'one-sided' }],
  year: { n: 100, early: 10, covered: 80.5, late: 9.5 },
  record: [{ quarter: '2025-Q4', stage: 'received', n: 10, early: 1, covered: 8, late: 1, pending: 3 }],
  told: [{ quarter: '2025-Q4', decisions: 270, withinTerm: 0.62, withinPast80: null }],
};
const known = { asOf: '2026-03-02', complete: true, figures: [figures] };

test('each number has a row of six fields in machine formats', () => {
  const lines = figuresCsv(known).split('\r\n');
  expect(lines[0]).toBe('procedure,table,period,stage,measure,value');
  expect(lines).toEqual(
    expect.arrayContaining([
      'family,term,,,days,90',
      'family,waiting,0-7,,people,24.3',
      'family,waiting,7-,,people,0',
      'family,months,2026-02,,received,96',
      'family,trend,2026-02,,high,',
      'family,trend,2026-02,,trust,one-sided',
      'family,year,,,covered,80.5',
      'family,record,2025-Q4,received,pending,3',
      'family,told,2025-Q4,,withinPast80,',
    ]),
  );
  expect(lines.at(-1)).toBe('');
  for (const line of lines.slice(0, -1)) expect(line.split(',')).toHaveLength(6);
});

test('exactly the tables and measures present are described', () => {
  const rows = figuresCsv(known).trimEnd().split('\r\n').slice(1);
  const used = new Set(rows.map((row) => `${row.split(',')[1]} ${row.split(',')[4]}`));
  const explained = Object.entries(DESCRIPTION.tables).flatMap(([table, measures]) =>
    Object.keys(measures).map((measure) => `${table} ${measure}`),
  );
  expect([...used].sort()).toEqual(explained.sort());
});

test('a name can neither break a row nor be a formula', () => {
  const csv = figuresCsv({ ...known, figures: [{ ...figures, procedure: '=1+1', cohort: null, record: [] }] });
  expect(csv).toContain("'=1+1,term,,,days,90");
  const quoted = figuresCsv({ ...known, figures: [{ ...figures, procedure: 'work, "skilled"' }] });
  expect(quoted).toContain('"work, ""skilled""",term,,,days,90');
});

test('the JSON holds the same and describes itself', () => {
  const json = figuresJson(known);
  expect(json).toMatchObject({ asOf: '2026-03-02', complete: true, procedures: [{ procedure: 'family' }] });
  expect(json.description.tables.record.pending).toContain('not come');
});
