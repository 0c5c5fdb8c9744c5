import type { Theme, Tokens } from '~/ui/theme';

/** Two colours that a page shows on each other, and the contrast that WCAG 2.2 AA asks for. */
export interface Pair {
  readonly scheme: keyof Theme;
  readonly front: string;
  readonly back: string;
  readonly needs: 4.5 | 3;
  /** Null when one of them is not #rrggbb. */
  readonly ratio: number | null;
}

const SURFACES = ['page', 'card', 'now-soft', 'good-soft', 'bad-soft'];

/** Texts (1.4.3) need 4.5. */
const TEXTS: readonly (readonly [front: string, backs: readonly string[]])[] = [
  ['ink', SURFACES],
  ['soft', ['page', 'card', 'now-soft']],
  ['action', SURFACES],
  ['action-strong', SURFACES],
  ['on-action', ['action', 'action-strong']],
  ['now', ['card']],
  ['bad', ['page', 'card']],
];

/** Edges of fields and buttons, the focus ring, timeline marks and the bars of pictures (1.4.11) need 3. */
const MARKS: readonly (readonly [front: string, backs: readonly string[]])[] = [
  ['now', SURFACES],
  ['soft', ['page', 'card']],
  ['action', ['page', 'card']],
  ['good', ['page', 'good-soft']],
  ['bad', ['page', 'bad-soft']],
  ['band', ['card']],
];

export function contrastsOf({ light, dark }: Theme): Pair[] {
  const schemes = { light, dark: { ...light, ...dark } };
  return (['light', 'dark'] as const).flatMap((scheme) =>
    [...TEXTS.map((text) => [...text, 4.5] as const), ...MARKS.map((mark) => [...mark, 3] as const)].flatMap(
      ([front, backs, needs]) =>
        backs.map((back) => ({ scheme, front, back, needs, ratio: ratioIn(schemes[scheme], front, back) })),
    ),
  );
}

export const isTooLow = ({ ratio, needs }: Pair): boolean => ratio === null || ratio < needs;

function ratioIn(tokens: Tokens, front: string, back: string): number | null {
  const [a, b] = [front, back].map((name) => luminanceOf(tokens[`--zicht-color-${name}`] ?? ''));
  if (a == null || b == null) return null;
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Relative luminance as WCAG 2.2 defines it; null unless the colour is #rgb or #rrggbb. */
function luminanceOf(colour: string): number | null {
  const digits = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (!digits) return null;
  const whole = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(whole.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
