import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cssOf, over, readTheme, tokensIn } from './theme';

const own = tokensIn(readFileSync('app/ui/zicht.css', 'utf8'));
const example = readTheme(readFileSync('mocks/examples/theme.css', 'utf8'));

test('print and forced-colours rules are not tokens of the theme', () => {
  const css = ':root { --zicht-radius: 1px } @media print { :root { --zicht-radius: 2px } .a { color: red } }';
  expect(tokensIn(css)).toEqual({ light: { '--zicht-radius': '1px' }, dark: {} });
  expect(readTheme(css).faults).not.toEqual([]);
});

test('an agency’s light colours leave our dark ones unchanged', () => {
  const { light, dark } = over(own, readTheme(':root { --zicht-color-page: #ffffff; }').theme);
  expect(light['--zicht-color-page']).toBe('#ffffff');
  expect(dark['--zicht-color-page']).toBe(own.dark['--zicht-color-page']);
});

test('the example theme is accepted and reproduced', () => {
  expect(example.faults).toEqual([]);
  expect(readTheme(cssOf(example.theme))).toEqual(example);
});

test.each([
  ['hides something', ':root { --zicht-radius: 0; } .notice { display: none }'],
  ['fetches something', ':root { --zicht-font: url(https://evil.example/x) }'],
  ['takes in another file', '@import "other.css"; :root { --zicht-radius: 0 }'],
  ['sets what is no token', ':root { color: red }'],
  ['leaves its place', ':root { --zicht-font: x</style><script>; }'],
  ['sets nothing', '/* later */'],
])('a theme that %s is refused', (_what, css) => {
  expect(readTheme(css).faults).not.toEqual([]);
});
