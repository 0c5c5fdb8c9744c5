import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const APP = join(import.meta.dirname, '..');
/** What people copy or read out, as a child of an element or as a value within a text. */
const BARE = [
  /(?<![=$\w])\{[\w.?]*\b(reference|vNumber|phone|iban)\}/,
  /\b(number|amount|reference): [\w.?]*\b(phone|vNumber|reference|amount)\b/,
];
const bareIn = (text: string): string[] =>
  text.split('\n').filter((line) => !/^\s*(\/\/|\*|readonly )/.test(line) && BARE.some((bare) => bare.test(line)));

test('components show numbers that people copy as a Whole', () => {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(100);
  const faults = files.flatMap((name) =>
    bareIn(readFileSync(join(APP, name), 'utf8')).map((line) => `${name}: ${line}`),
  );
  expect(faults).toEqual([]);
});

test.each([
  '<bdi translate="no">{line.reference}</bdi>',
  '          {view.reference}',
  "label={t('common:call', { number: agency.phone })}",
  "t('case:answer.amount', { amount: next.amount })",
])('a bare number is a fault: %s', (line) => {
  expect(bareIn(line)).toEqual([line]);
});

test.each(['<Whole text={line.reference} />', '// a {reference} in a comment', 'chosen={values?.reference}'])(
  'is no fault: %s',
  (line) => {
    expect(bareIn(line)).toEqual([]);
  },
);
