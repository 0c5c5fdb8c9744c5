import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  amountOrNone,
  flagOrNone,
  nameOrNone,
  needed,
  neededName,
  neededRows,
  neededToken,
  neededWhole,
  objectOrNone,
  onceEach,
  readAs,
  rowsOf,
  text,
  textOrNone,
} from './field-values.server';

const NONE = [null, undefined, '', ' ', '\t\n', '\u00a0', '\u200b', '.', ' . ', {}, []];

test.each(NONE)('%j is none as a text and as a number', (none) => {
  const row = z.object({ text: textOrNone, amount: amountOrNone, flag: flagOrNone });
  expect(row.parse({ text: none, amount: none, flag: none })).toEqual({ text: null, amount: null, flag: null });
  expect(row.parse({})).toEqual({ text: null, amount: null, flag: null });
  expect(z.object({ key: needed }).safeParse({ key: none }).success).toBe(false);
  expect(z.object({ key: neededWhole }).safeParse({ key: none }).success).toBe(false);
});

test.each([0, '0', '0.0', -5, '-5', 'P0D', 'ten'])('%j is no amount', (value) => {
  expect(amountOrNone.parse(value)).toBeNull();
});

test('numbers may be texts and texts numbers', () => {
  expect([amountOrNone.parse(' 10 '), amountOrNone.parse(7.5), neededWhole.parse('1806390000')]).toEqual([
    10, 7.5, 1_806_390_000,
  ]);
  expect([textOrNone.parse(7), needed.parse(31001), textOrNone.parse(' A ')]).toEqual(['7', '31001', 'A']);
  expect([flagOrNone.parse('1'), flagOrNone.parse('false'), flagOrNone.parse(0), flagOrNone.parse('x')]).toEqual([
    true,
    false,
    false,
    null,
  ]);
});

test('an endless text is cut, and an endless key is none', () => {
  const endless = '👩'.repeat(50_000);
  expect([textOrNone.parse(endless)?.length, nameOrNone.parse(endless)?.length]).toEqual([1_999, 249]);
  expect(neededName.parse(endless)).toBe(`${'👩'.repeat(124)}…`);
  expect(needed.safeParse(endless).success).toBe(false);
  expect(neededToken.parse(endless)).toBe(endless);
  expect(neededName.parse('x'.repeat(250))).toBe('x'.repeat(250));
});

test('an object may be a list of one', () => {
  const schema = z.object({ key: needed });
  expect(objectOrNone(schema).parse([{ key: 'a' }])).toEqual({ key: 'a' });
  expect(objectOrNone(schema).parse([])).toBeNull();
  expect(readAs(schema, [{ key: 'a' }]).data).toEqual({ key: 'a' });
  expect(readAs(schema, [{ key: 'a' }, { key: 'b' }]).success).toBe(false);
});

describe('a list', () => {
  const rows = rowsOf(z.object({ key: needed, name: needed }));

  test('loses its unreadable rows only, whatever they are', () => {
    const good = fc.record({ key: fc.stringMatching(/^[a-z]{1,9}$/), name: fc.stringMatching(/^[A-Z]{1,9}$/) });
    const odd = fc.oneof(fc.anything(), fc.record({ key: fc.constantFrom(...NONE), name: fc.string() }));
    const isGood = (value: unknown) => z.object({ key: needed, name: needed }).safeParse(value).success;
    fc.assert(
      fc.property(fc.array(fc.oneof(good, odd)), (list) => {
        const read = rows.parse(list);
        expect(read.rows).toHaveLength(list.filter(isGood).length);
        expect(read.unreadable).toBe(list.length - read.rows.length);
      }),
    );
  });

  test.each([[null], [undefined], [''], [{}], [[]]])('of %j is empty', (none) => {
    expect(rows.parse(none)).toEqual({ rows: [], unreadable: 0 });
  });

  test('may be an object with numbers for names', () => {
    expect(rows.parse({ '0': { key: 'a', name: 'A' }, '7': null })).toEqual({
      rows: [{ key: 'a', name: 'A' }],
      unreadable: 1,
    });
  });

  test('may be its one item, as of dates or times', () => {
    expect(rowsOf(needed).parse('2026-03-02')).toEqual({ rows: ['2026-03-02'], unreadable: 0 });
    expect(rows.parse('x')).toEqual({ rows: [], unreadable: 1 });
  });

  test('that was asked for must be there', () => {
    const answer = z.object({ desks: neededRows(needed) });
    expect(answer.safeParse({}).success).toBe(false);
    expect(answer.parse({ desks: null })).toEqual({ desks: { rows: [], unreadable: 0 } });
  });

  test('may be its one row, and a row a list of one', () => {
    const row = { key: 'a', name: 'A' };
    expect(rows.parse(row)).toEqual({ rows: [row], unreadable: 0 });
    expect(rows.parse([[row]])).toEqual({ rows: [row], unreadable: 0 });
    expect(rows.parse({ key: 'a' })).toEqual({ rows: [], unreadable: 1 });
  });

  test('has each row once', () => {
    expect(onceEach(['a1', 'b1', 'a2'], (text) => text.slice(0, 1))).toEqual(['a1', 'b1']);
  });
});

test('a text cannot turn or break the page that shows it', () => {
  expect(text.parse('Jan\u202egnaW\u202c\u0000 \u2066de\u2069 Wit\u0007')).toBe('JangnaW de Wit');
  expect(text.parse('\u202e\u0000')).toBe('');
  expect(text.parse('می\u200cخواهم')).toBe('می\u200cخواهم');
});
