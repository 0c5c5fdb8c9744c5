import { describe, expect, test } from 'vitest';
import { emailOf, hasOtherLetters, phoneOf } from './contact-address';

describe('an address for mail', () => {
  test.each([
    ['amal@example.org', 'amal@example.org'],
    ["o'brien+visa@sub.example.org", "o'brien+visa@sub.example.org"],
    ['a@b.nl', 'a@b.nl'],
    ['amal@EXAMPLE.org', 'amal@example.org'],
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['почта@пример.рф', null],
    ['post@пример.рф', 'post@xn--e1afmkfd.xn--p1ai'],
    // A Cyrillic "а" is not the bank's own.
    ['me@bаnk.example', 'me@xn--bnk-6cd.example'],
    ['amal＠example.org', 'amal@example.org'],
    ['mailto:amal@example.org', 'amal@example.org'],
    ['Amal Haddad <amal@example.org>', 'amal@example.org'],
    ['amal@example', null],
    ['amal@example.org\r\nBcc: all@example.org', null],
    ['amal@127.0.0.1', null],
    ['amal@example.org/path', null],
    ['a..b@example.org', null],
    ['@example.org', null],
    ['a b@example.org', null],
    [`${'a'.repeat(250)}@example.org`, null],
    ['', null],
  ])('%j is %j', (typed, email) => {
    expect(emailOf(typed)).toBe(email);
  });
});

test.each([
  ['josé@example.org', true],
  ['почта@пример.рф', true],
  ['محمد@example.org', true],
  ['Amal <amál@example.org>', true],
  ['amal@example.org', false],
  ['josé@', false],
  ['josé example@example.org', false],
])('%j has other letters before the @: %j', (typed, other) => {
  expect(hasOtherLetters(typed)).toBe(other);
});

describe('a telephone number', () => {
  test.each([
    ['06 12345678', '0612345678'],
    ['06-12.34.56.78', '0612345678'],
    ['+31 (0)6 12345678', '+31612345678'],
    ['0031 6 12345678', '+31612345678'],
    ['(020) 123 45 67', '0201234567'],
    ['+963 944 123 456', '+963944123456'],
    ['+３１ 6 12345678', '+31612345678'],
    ['tel:+31612345678', '+31612345678'],
    ['0475/12.34.56', '0475123456'],
    ['030 / 123456', '030123456'],
    ['+32 475/12 34 56', '+32475123456'],
    ['1234567/7654321', null],
    ['030/123456/7', null],
    ['06 12345678 (after 5)', null],
    ['06 12345678 (5)', null],
    ['06 12345678 ext 2', null],
    ['06 12345678 / 06 87654321', null],
    ['0612345678 0687654321', null],
    ['06 12345678, na 17', null],
    ['06 1234567⑧', null],
    ['06 1234567²', null],
    ['12345', null],
    ['06+12345678', null],
    ['', null],
  ])('%j is %j', (typed, phone) => {
    expect(phoneOf(typed)).toBe(phone);
  });
});
