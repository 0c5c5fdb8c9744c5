import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appointmentSchema, desksSchema, envelopeOf, slotsSchema, withoutPrefix } from './schema.server';

const SLOT = { key: 'k1', date: '2026-03-30', startTime: '09:10', endTime: '09:15', parts: 1 };

describe('the prefix of an answer', () => {
  test.each([
    ["as it is known, `)]}',`", ")]}',\n"],
    ['in another line ending', ")]}',\r\n"],
    ['of another installation', 'while(1);'],
    ['of one more', 'for(;;);\n'],
    ['of a byte order mark', '\uFEFF'],
    ['that is none', ''],
  ])('%s is stripped', (_what, prefix) => {
    expect(JSON.parse(withoutPrefix(`${prefix}{"status":"OK","data":[{"key":"a"}]}`))).toEqual({
      status: 'OK',
      data: [{ key: 'a' }],
    });
  });

  test('is everything before the first object or list', () => {
    const value = fc.oneof(fc.object(), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[{[]/.test(text)),
        value,
        (prefix, json) => {
          const text = JSON.stringify(json);
          expect(withoutPrefix(prefix + text)).toBe(text);
        },
      ),
    );
  });

  test('without an object or list changes nothing', () => {
    expect(withoutPrefix('Bad gateway')).toBe('Bad gateway');
  });
});

describe('an envelope', () => {
  const slots = envelopeOf(slotsSchema);

  test('with status OK holds the answer, or is malformed', () => {
    const { parts: _parts, ...row } = SLOT;
    expect(slots.parse({ status: 'OK', data: [SLOT] })).toEqual({ status: 'OK', data: { rows: [row], unreadable: 0 } });
    expect(slots.parse({ status: 'OK', data: [{ ...SLOT, key: '' }] })).toMatchObject({ data: { unreadable: 1 } });
    for (const data of [undefined]) expect(slots.safeParse({ status: 'OK', data }).success).toBe(false);
  });

  test('of a refusal holds its code, or nothing', () => {
    for (const data of ['APT_TAKEN', null, { code: 'APT_TAKEN' }])
      expect(slots.parse({ status: 'ERROR', data })).toEqual({ status: 'ERROR', data });
    expect(slots.parse({ status: 'ERROR' })).toEqual({ status: 'ERROR' });
  });

  test.each([{}, null, [], 'OK', { data: [] }, { status: {}, data: [] }])('is not %j', (value) => {
    expect(slots.safeParse(value).success).toBe(false);
  });

  test('around an answer without a schema may hold anything', () => {
    const any = envelopeOf(z.unknown());
    for (const answer of [
      { status: 'OK', data: SLOT },
      { status: 'OK', data: null },
      { status: 'ERROR', data: 'APT_TAKEN' },
    ])
      expect(any.parse(answer)).toEqual(answer);
  });
});

describe('a slot', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an hour with one digit', { startTime: '9:10' }],
    ['seconds', { startTime: '9:10:00', endTime: '09:15:00.000' }],
    ['a time behind the day', { date: '2026-03-30T00:00:00' }],
    ['other parts', { parts: null }],
    ['a number for a key', { key: 7 }],
  ])('may have %s', (_what, given) => {
    expect(slotsSchema.parse([{ ...SLOT, ...given }])).toMatchObject({
      rows: [{ date: '2026-03-30', endTime: '09:15' }],
      unreadable: 0,
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['no key', { key: '' }],
    ['a day that is none', { date: '2026-02-30' }],
    ['a day in other words', { date: '30-03-2026' }],
    ['a time in other words', { startTime: '9.10' }],
    ['no end', { endTime: null }],
  ])('with %s is skipped, and the others stay', (_what, given) => {
    const { rows, unreadable } = slotsSchema.parse([SLOT, { ...SLOT, ...given }]);
    expect([rows.length, unreadable]).toEqual([1, 1]);
  });
});

test('desks keep key and name, appointments key and code, and nothing else', () => {
  const desk = { key: 'AM', name: 'Amsterdam' };
  expect(
    desksSchema.parse([
      { ...desk, secret: 1 },
      { key: 'DH', name: ' ' },
    ]),
  ).toEqual({ rows: [desk], unreadable: 1 });
  expect(appointmentSchema.parse({ key: 'x', code: 'A12', customers: [] })).toEqual({ key: 'x', code: 'A12' });
  expect(appointmentSchema.parse({ key: 7, code: '' })).toEqual({ key: '7', code: null });
  expect(appointmentSchema.safeParse({ key: '' }).success).toBe(false);
});
