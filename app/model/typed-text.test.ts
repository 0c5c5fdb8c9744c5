import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typedDate, typedText, ungrouped } from './typed-text';
import { spokenDigits } from './view-as';

describe('a typed text', () => {
  test.each([
    ['\u202Aamal@example.org\u202C', 'amal@example.org'],
    ['amal@example.org\u200B', 'amal@example.org'],
    ['\u200E\u2067\uFEFF0022\u00AD20647\u2069', '002220647'],
    ['\u200B', ''],
    ['٠٠٢٢٢٠٦٤٧', '002220647'],
    ['۰۰۲۲۲۰۶۴۷', '002220647'],
    ['००२२२०६४७', '002220647'],
    ['০০২২২০৬৪৭', '002220647'],
    ['００２２２０６４７', '002220647'],
    ['𝟎𝟎𝟐𝟐𝟐𝟎𝟔𝟒𝟕', '002220647'],
    ['Ame\u0301lie', 'Amélie'],
    ['tab\tand\r\nlines', 'tab\tand\r\nlines'],
    ['\uD800', '\uFFFD'],
  ])('%j is %j', (typed, clean) => {
    expect(typedText(typed)).toBe(clean);
  });

  test.each(['A\u0000', '\u0007', 'a\u001Bb', '\u007F', '\u0085'])(
    'with the control character of %j is refused',
    (typed) => {
      expect(typedText(typed)).toBeNull();
    },
  );

  test('is clean after one pass', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const clean = typedText(typed);
        if (clean === null) return;
        expect(typedText(clean)).toBe(clean);
        expect(clean).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF\u00AD]/);
        expect(clean).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  test('has the number that was meant in the digits of any script', () => {
    const zeros = [0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xe50, 0x1040, 0x17e0, 0xff10, 0x1d7d8, 0x1e950];
    const digit = fc
      .record({ value: fc.nat(9), zero: fc.constantFrom(...zeros) })
      .map(({ value, zero }) => ({ value, typed: String.fromCodePoint(zero + value) }));
    fc.assert(
      fc.property(fc.array(digit, { maxLength: 20 }), (digits) => {
        const typed = digits.map((each) => each.typed).join('');
        expect(typedText(typed)).toBe(digits.map(({ value }) => value).join(''));
      }),
    );
  });
});

test.each([
  '002.220.647',
  '002 220 647',
  '002-220-647',
  '002\u2013220\u2013647',
  '002/220/647',
  '002\u00A0220\u00A0647',
])('the number %j is read without its groups', (typed) => {
  expect(ungrouped(typed)).toBe('002220647');
});

test.each(['①②③④⑤⑥⑦⑧', '1234567⑧', '1234567⁸', '1234567₈', '1234567½', '1234567Ⅷ', '⒈2345678', '㊀2345678'])(
  'the signs of %j are no digits of a code',
  (typed) => {
    expect(spokenDigits(typed)).toBeNull();
    expect(ungrouped(typed)).not.toMatch(/^\d+$/);
  },
);

test('a spoken code may be typed in groups and in any digits', () => {
  for (const typed of ['1234 5678', '1234.5678', '1234-5678', '١٢٣٤ ٥٦٧٨', '१२३४५६७८'])
    expect(spokenDigits(typed)).toBe('12345678');
  for (const typed of ['1234567', '123456789', '1234a5678', '1234\u00005678']) expect(spokenDigits(typed)).toBeNull();
});

test.each([
  ['2026-12-31', '2026-12-31'],
  ['31-12-2026', '2026-12-31'],
  ['31.12.2026', '2026-12-31'],
  ['2026/1/5', '2026-01-05'],
  ['31 december', null],
  ['', null],
])('the date %j is %j', (typed, date) => {
  expect(typedDate(typed)).toBe(date);
});
