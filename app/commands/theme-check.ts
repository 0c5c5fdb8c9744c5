import { readFileSync } from 'node:fs';
import { over, readTheme, type Theme, tokensIn } from '~/ui/theme';
import { contrastsOf, isTooLow, type Pair } from './contrast';

/** `npm run theme:check` checks that a theme has enough contrast, light and dark. */
const USAGE = `usage: npm run theme:check            checks the portal's own colours
       npm run theme:check -- FILE.css    checks them with an agency's theme on top`;

const own = tokensIn(readFileSync('app/ui/zicht.css', 'utf8'));
const [file, ...more] = process.argv.slice(2);
try {
  if (more.length > 0) throw new RangeError('Name one file only.');
  print(file === undefined ? own : over(own, themeIn(file)));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  process.exitCode = 2;
}

function themeIn(path: string): Theme {
  const { theme, faults } = readTheme(readFileSync(path, 'utf8'));
  const known = Object.keys(own.light);
  const unknown = [...Object.keys(theme.light), ...Object.keys(theme.dark)].filter((name) => !known.includes(name));
  const all = [...faults, ...unknown.map((name) => `${name} is not a token of app/ui/zicht.css`)];
  if (all.length > 0) throw new RangeError(all.map((fault) => `${path}: ${fault}`).join('\n'));
  return theme;
}

function print(theme: Theme): void {
  const pairs = contrastsOf(theme);
  const tooLow = pairs.filter(isTooLow);
  for (const pair of tooLow) console.log(lineOf(pair));
  if (tooLow.length === 0) console.log(`All ${pairs.length} pairs of colours have enough contrast (WCAG 2.2 AA).`);
  const least = Math.min(...pairs.map(({ ratio, needs }) => (ratio ?? 0) / needs));
  console.log(JSON.stringify({ pairs: pairs.length, tooLow: tooLow.length, least: Math.round(least * 100) / 100 }));
  if (tooLow.length > 0) process.exitCode = 1;
}

const lineOf = ({ scheme, front, back, needs, ratio }: Pair): string =>
  ratio === null
    ? `${scheme}: ${front} on ${back} has no known contrast: write both as #rrggbb`
    : `${scheme}: ${front} on ${back} has a contrast of ${ratio.toFixed(2)}; at least ${needs} is needed`;
