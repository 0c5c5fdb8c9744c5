import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTables } from '~/model/statistics';
import { countTables } from './count-tables';
import { histories, type LogEvent, parseLog } from './event-log';

const at = (id: string, stage: string, entered: string, n = 1): LogEvent => ({
  case: id,
  procedure: 'family',
  stage,
  entered,
  n,
});

describe('counting a log', () => {
  const log = [
    at('a', 'received', '2024-01-01T00:00:00Z'),
    at('a', 'review', '2024-01-04T00:00:00Z'),
    at('a', 'DECIDED', '2024-01-11T00:00:00Z'),
    at('b', 'received', '2024-01-09T00:00:00Z', 3),
  ];

  test('counts each day and exit in its week, stage and bin', () => {
    const [tables] = countTables(log, '2024-01-17', { runOffEvery: 1 });
    expect(tables).toMatchObject({ asOf: '2024-01-15', firstWeek: '2024-01-01', stages: ['received', 'review'] });
    expect(tables?.inflow).toEqual([1, 3]);
    expect(tables?.stock).toEqual([0, 1]);
    const days = (stage: number, week: number): number =>
      (tables?.stageExposure ?? []).reduce((sum, row) => sum + (row[0] === week && row[1] === stage ? row[3] : 0), 0);
    expect([days(0, 0), days(1, 0), days(0, 1), days(1, 1)]).toEqual([3, 4, 18, 3]);
    const bin = (edge: number): number => tables?.bins.indexOf(edge) ?? -1;
    expect(tables?.stageExits).toEqual([
      [0, 0, bin(3), 1, 1],
      [1, 1, bin(7), -1, 1],
    ]);
    expect(tables?.ageDecided).toEqual([[1, bin(10), 1]]);
    const [issue] = tables?.runOff ?? [];
    expect(issue?.slice(0, 6)).toEqual([1, 1, bin(4), tables?.ageBins.indexOf(7), 1, 1]);
  });

  test('ignores events after the last Monday', () => {
    const [before] = countTables(log.slice(0, 2), '2024-01-10');
    expect(countTables(log, '2024-01-10')).toEqual([before]);
  });

  test('makes valid tables from any log in any order', () => {
    const event = fc.record({
      case: fc.integer({ min: 0, max: 12 }).map(String),
      procedure: fc.constantFrom('family', 'study'),
      stage: fc.constantFrom('received', 'review', 'documents', 'DECIDED'),
      entered: fc.integer({ min: 0, max: 200 * 24 }).map((hour) => new Date(1.7e12 + hour * 3.6e6).toISOString()),
      n: fc.constant(2),
    });
    fc.assert(
      fc.property(fc.uniqueArray(event, { maxLength: 60, selector: (one) => one.entered }), (events) => {
        for (const tables of countTables(events, '2024-06-01', { runOffEvery: 1 })) {
          expect(checkTables(tables)).toMatchObject({ ok: true });
        }
        const backwards = countTables([...events].reverse(), '2024-06-01', { runOffEvery: 1 });
        const sorted = (one: { procedure: string }[]) => one.sort((a, b) => (a.procedure < b.procedure ? -1 : 1));
        expect(sorted(backwards)).toEqual(sorted(countTables(events, '2024-06-01', { runOffEvery: 1 })));
      }),
    );
  });
});

describe('reading a log', () => {
  test('parses quotes, n, dates and date-times', () => {
    const text =
      'case,procedure,stage,entered,n\n"a,1",family,"in ""review""",2024-01-02,4\r\nb,family,x,2024-01-03T10:00:00Z,\n';
    expect(parseLog(text)).toEqual([
      { case: 'a,1', procedure: 'family', stage: 'in "review"', entered: '2024-01-02', n: 4 },
      { case: 'b', procedure: 'family', stage: 'x', entered: '2024-01-03T10:00:00Z', n: 1 },
    ]);
  });

  test.each([
    ['who,what\n', /line 1: expected/],
    ['case,procedure,stage,entered\na,family,x,soon\n', /line 2: "soon" is not an ISO date/],
    ['case,procedure,stage,entered,n\na,family,x,2024-01-01,0\n', /line 2: n is "0"/],
    ['case,procedure,stage,entered\na,,x,2024-01-01\n', /line 2: a field is empty/],
  ])('names the line where %j is wrong', (text, expected) => {
    expect(() => parseLog(text)).toThrow(expected);
  });

  test('ends a case at its first decision', () => {
    const [one] = histories([at('a', 'DECIDED', '2024-02-01'), at('a', 'x', '2024-03-01'), at('a', 'y', '2024-01-01')]);
    expect(one).toMatchObject({ stages: ['y'] });
    expect((one?.decided ?? 0) - (one?.entered[0] ?? 0)).toBe(31);
  });
});
