/** Name of a custom property (`--zicht-color-page`) → its value. */
export type Tokens = Readonly<Record<string, string>>;

/** The tokens that a style sheet sets on the root: always, and in dark mode on top of that. */
export interface Theme {
  readonly light: Tokens;
  readonly dark: Tokens;
}

const DARK = /@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{\s*:root\s*\{([^{}]*)\}\s*\}/g;
const LIGHT = /(?<![\w-]):root\s*\{([^{}]*)\}/g;
const ANY_AT_RULE = /@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g;
const DECLARATION = /^(--zicht-[a-z-]+)\s*:\s*([^<>\\@]+)$/;

/** The tokens of any style sheet of ours; other rules are ignored. */
export function tokensIn(css: string): Theme {
  const { light, dark } = partsOf(css);
  return { light: Object.fromEntries(light.flatMap(tokenOf)), dark: Object.fromEntries(dark.flatMap(tokenOf)) };
}

/**
 * Parses an agency's theme and reports its faults. The file may contain `:root { --zicht-…: …; }` and the same in
 * `@media (prefers-color-scheme: dark)`, and nothing else, so that no theme can hide, move or fetch anything.
 */
export function readTheme(css: string): { readonly theme: Theme; readonly faults: readonly string[] } {
  const { light, dark, rest } = partsOf(css);
  const wrong = [...light, ...dark].filter((line) => tokenOf(line).length === 0);
  return {
    theme: tokensIn(css),
    faults: [
      ...wrong.map((line) => `"${line}" sets no --zicht- property to a plain value`),
      ...(rest === '' ? [] : [`"${rest.slice(0, 40)}" stands outside :root`]),
      ...(light.length + dark.length === 0 ? ['sets nothing'] : []),
    ],
  };
}

export const cssOf = ({ light, dark }: Theme): string =>
  `:root{${declarations(light)}}@media (prefers-color-scheme:dark){:root{${declarations(dark)}}}`;

/** Merges two themes, light and dark apart: what an agency leaves out stays ours. */
export const over = (below: Theme, above: Theme): Theme => ({
  light: { ...below.light, ...above.light },
  dark: { ...below.dark, ...above.dark },
});

export const declarations = (tokens: Tokens): string =>
  Object.entries(tokens)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');

function partsOf(css: string) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const day = bare.replace(DARK, '');
  const always = day.replace(ANY_AT_RULE, '');
  return {
    dark: [...bare.matchAll(DARK)].flatMap(([, body = '']) => linesOf(body)),
    light: [...always.matchAll(LIGHT)].flatMap(([, body = '']) => linesOf(body)),
    rest: day.replace(LIGHT, '').trim(),
  };
}

const linesOf = (body: string): string[] =>
  body
    .split(';')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);

function tokenOf(line: string): [name: string, value: string][] {
  const [, name, value] = DECLARATION.exec(line) ?? [];
  return name && value && !/url\(|\/\*/i.test(value) ? [[name, value.trim()]] : [];
}
