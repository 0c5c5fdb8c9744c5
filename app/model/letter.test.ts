import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attachment, fileNameOf, formatOf, isDisclosed, LETTER_FORMATS, type LetterRules } from './letter';

const RULES: LetterRules = {
  types: ['beschikking'],
  confidentiality: 'zaakvertrouwelijk',
  formats: ['pdf'],
  megabytes: 1,
};
const LETTER = {
  status: 'definitief',
  confidentiality: 'zaakvertrouwelijk',
  type: ['0b', 'beschikking'],
  sentOn: '2026-03-02',
  bytes: 1_048_576,
};

test.each<[string, object, boolean]>([
  ['as it should be', {}, true],
  ['without a day of sending', { sentOn: null }, true],
  ['of unknown size', { bytes: null }, true],
  ['more open', { confidentiality: 'openbaar' }, true],
  ['sent tomorrow', { sentOn: '2026-03-03' }, false],
  ['more confidential', { confidentiality: 'vertrouwelijk' }, false],
  ['of no known level', { confidentiality: null }, false],
  ['still being written', { status: 'in_bewerking' }, false],
  ['without a status', { status: null }, false],
  ['of another type', { type: ['0b', 'intern advies'] }, false],
  ['too large', { bytes: 1_048_577 }, false],
])('a letter %s is disclosed or not', (_what, change, disclosed) => {
  expect(isDisclosed({ ...LETTER, ...change }, RULES, '2026-03-02')).toBe(disclosed);
});

test.each([
  ['%PDF-1.7\n', 'pdf'],
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['\xff\xd8\xff\xe0', 'jpeg'],
  ['%PD', null],
  ['<html>', null],
  ['PK\x03\x04', null],
  ['MZ', null],
  ['', null],
])('a file that begins with %j is %s', (text, format) => {
  expect(formatOf(Buffer.from(text, 'latin1'))).toBe(format);
});

test.each([
  ['Beschikking verblijf (A. B.)', 'Beschikking-verblijf-A-B.pdf'],
  ['../../etc/passwd', 'etc-passwd.pdf'],
  ['decision.pdf', 'decision.pdf'],
  ['report.exe', 'report.pdf'],
  ['\u202egnp.exe', 'gnp.pdf'],
  ['قرار رقم ٥', 'قرار-رقم-٥.pdf'],
  ['"; filename=x.html\r\n', 'filename-x.pdf'],
  ['…', 'letter.pdf'],
])('the title %j gives the name %s', (title, name) => {
  expect(fileNameOf(title, 'pdf')).toBe(name);
});

test('no title breaks out of the header or changes the ending', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...LETTER_FORMATS), (title, format) => {
      const name = fileNameOf(title, format);
      expect(name).toMatch(/^[\p{L}\p{M}\p{N}-]+\.(pdf|png|jpg)$/u);
      expect(attachment(name)).toMatch(/^attachment; filename="[A-Za-z0-9.-]+"; filename\*=UTF-8''[\w.!~%-]+$/);
    }),
    { numRuns: 500 },
  );
});
