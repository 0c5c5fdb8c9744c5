import { expect, test } from 'vitest';
import { faultsOf, passagesOf } from './english';

const faults = (text: string, path = 'a.tsx') => passagesOf(path, text).flatMap(faultsOf);

test.each([
  '// He waits.',
  '/** What his advisor sees. */ const a = 1;',
  'const a = [\n  1, // for him\n];',
  'const a = <p>{/* by himself */}</p>;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read, not run.
  'const a = `${/* Whoever */ 1}`;',
  'const a = 1;\n// so that nobody sees it',
  '// It says what somebody did.',
  '// What is on record stays.',
  'interface Told {}',
])('finds the fault in: %s', (text) => {
  expect(faults(text)).toHaveLength(1);
});

test.each([
  "const a = '// his';",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read, not run.
  'const a = `/* his */ ${1} // his`;',
  'const a = /\\/\\/ his/;',
  'const a = <p>// his</p>;',
  '// The, this, history: `his` is quoted.',
  'const his = 1;',
  'interface NotFound {}',
])('finds none in: %s', (text) => {
  expect(faults(text)).toEqual([]);
});

test('names the line within a long comment', () => {
  expect(faults('const a = 1;\n/**\n * One.\n * Whoever.\n */')[0]).toMatch(/^4: "Whoever" in a comment/);
});

test.each(['test(TITLE)', 'it.concurrent(TITLE)', 'test.describe(TITLE)', 'it.each([1])(TITLE)'])(
  'reads the title of %s',
  (call) => {
    expect(
      faults(call.replace('TITLE', "'one two three four five six seven eight nine ten eleven twelve thirteen'")),
    ).toEqual(['1: a title of 13 words; at most 12']);
    expect(faults(call.replace('TITLE', `'${'a'.repeat(91)}'`))).toEqual(['1: a title of 91 characters; at most 90']);
    expect(faults(call.replace('TITLE', "'what he sees'"))).toHaveLength(1);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code that is read, not run.
    expect(faults(call.replace('TITLE', '`a ${b + c + d} e`'))).toEqual([]);
  },
);

test('reads style sheets, migrations, contracts and documents', () => {
  expect(faults('a { b: c; /* his */ }', 'a.css')).toHaveLength(1);
  expect(faults('SELECT 1; -- his', 'a.sql')).toHaveLength(1);
  expect(faults('a: b # his', 'a.yaml')).toHaveLength(1);
  expect(faults('One.\n\nHis `his`.\n\n```\nhis\n```', 'a.md')).toEqual([expect.stringMatching(/^3: "His"/)]);
});
