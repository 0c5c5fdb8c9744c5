import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrastsOf, isTooLow } from './contrast';
import { cssOf, over, readTheme, tokensIn } from './theme';

const own = tokensIn(readFileSync('app/ui/zicht.css', 'utf8'));
const example = readTheme(readFileSync('mocks/examples/theme.css', 'utf8'));

test.each([
  ['our own colours', own],
  ['the example of an agency’s', over(own, example.theme)],
])('%s is readable in light and dark', (_name, theme) => {
  expect(contrastsOf(theme).filter(isTooLow)).toEqual([]);
  expect(contrastsOf(theme).length).toBeGreaterThan(50);
});

test('colours too close to each other, or unknown, are found', () => {
  const pale = over(own, readTheme(':root { --zicht-color-action: #8fc7c4; --zicht-color-soft: rgb(1 2 3); }').theme);
  const found = contrastsOf(pale).filter(isTooLow);
  expect(found).toContainEqual(expect.objectContaining({ scheme: 'light', front: 'action', back: 'card' }));
  expect(found).toContainEqual(expect.objectContaining({ front: 'soft', ratio: null }));
});

test('contrast is computed as in WCAG', () => {
  const ratio = (front: string, back: string) =>
    contrastsOf({ light: { '--zicht-color-ink': front, '--zicht-color-page': back }, dark: {} })[0]?.ratio;
  expect(ratio('#000000', '#fff')).toBeCloseTo(21, 5);
  expect(ratio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

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
