import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appointmentSchema, deskSchema, envelopeOf, slotSchema, withoutPrefix } from './schema.server';

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
  const slots = envelopeOf(z.array(slotSchema));

  test('with status OK holds the answer, or is malformed', () => {
    expect(slots.parse({ status: 'OK', data: [SLOT] })).toEqual({ status: 'OK', data: [SLOT] });
    for (const data of [undefined, null, 'OK', {}, [{ ...SLOT, key: '' }]])
      expect(slots.safeParse({ status: 'OK', data }).success).toBe(false);
  });

  test('of a refusal holds its code, or nothing', () => {
    expect(slots.parse({ status: 'ERROR', data: 'APT_TAKEN' })).toEqual({ status: 'ERROR', data: 'APT_TAKEN' });
    expect(slots.parse({ status: 'ERROR', data: null })).toEqual({ status: 'ERROR', data: null });
    expect(slots.parse({ status: 'ERROR' })).toEqual({ status: 'ERROR' });
  });

  test.each([{}, null, [], 'OK', { data: [] }, { status: 1, data: [] }])('is not %j', (value) => {
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
  test('may write an hour with one digit and omit its parts', () => {
    const { parts: _parts, ...slot } = SLOT;
    expect(slotSchema.parse({ ...slot, startTime: '9:10' })).toEqual({ ...SLOT, startTime: '9:10' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['no key', { key: '' }],
    ['a day that is none', { date: '2026-02-30' }],
    ['a day in other words', { date: '30-03-2026' }],
    ['a time in other words', { startTime: '9.10' }],
    ['a time with seconds', { endTime: '09:15:00' }],
    ['half a part', { parts: 0.5 }],
  ])('refuses %s', (_what, given) => {
    expect(slotSchema.safeParse({ ...SLOT, ...given }).success).toBe(false);
  });
});

test('desks keep key and name, appointments key and code, and nothing else', () => {
  expect(deskSchema.parse({ key: 'AM', name: 'Amsterdam', secret: 1 })).toEqual({ key: 'AM', name: 'Amsterdam' });
  expect(appointmentSchema.parse({ key: 'x', code: 'A12', customers: [] })).toEqual({ key: 'x', code: 'A12' });
  expect(
    [deskSchema.safeParse({ key: 'AM', name: '' }), appointmentSchema.safeParse({ key: 'x' })].some(
      ({ success }) => success,
    ),
  ).toBe(false);
});
