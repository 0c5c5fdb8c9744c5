import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { over, readTheme, tokensIn } from '~/ui/theme';
import { contrastsOf, isTooLow } from './contrast';

const own = tokensIn(readFileSync('app/ui/zicht.css', 'utf8'));
const example = readTheme(readFileSync('mocks/examples/theme.css', 'utf8'));

test.each([
  ['our own colours', own],
  ['the colours of the example agency', over(own, example.theme)],
])('%s have enough contrast, light and dark', (_name, theme) => {
  expect(contrastsOf(theme).filter(isTooLow)).toEqual([]);
  expect(contrastsOf(theme).length).toBeGreaterThan(50);
});

test('colours with too little or unknown contrast are found', () => {
  const pale = over(own, readTheme(':root { --zicht-color-action: #8fc7c4; --zicht-color-soft: rgb(1 2 3); }').theme);
  const found = contrastsOf(pale).filter(isTooLow);
  expect(found).toContainEqual(expect.objectContaining({ scheme: 'light', front: 'action', back: 'card' }));
  expect(found).toContainEqual(expect.objectContaining({ front: 'soft', ratio: null }));
});

test('contrast is computed as WCAG defines it', () => {
  const ratio = (front: string, back: string) =>
    contrastsOf({ light: { '--zicht-color-ink': front, '--zicht-color-page': back }, dark: {} })[0]?.ratio;
  expect(ratio('#000000', '#fff')).toBeCloseTo(21, 5);
  expect(ratio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
