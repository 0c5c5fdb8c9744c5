interface Declaration {
  readonly prop: string;
  readonly value: string;
  cloneBefore(change: { readonly prop: string; readonly value: string }): void;
}
interface Root {
  walkDecls(visit: (declaration: Declaration) => void): void;
}

type Physical = readonly (readonly [prop: string, value: string])[];

/**
 * For the build: puts before each logical declaration the physical one that browsers of 2018 know. Newer browsers use
 * the logical one. Declarations that differ by side use Chromium's older names.
 */
export const forOlderBrowsers = {
  postcssPlugin: 'for-older-browsers',
  Once(root: Root): void {
    root.walkDecls((declaration) => {
      for (const [prop, value] of physical(declaration.prop, declaration.value))
        declaration.cloneBefore({ prop, value });
    });
  },
};

/**
 * A logical declaration in a browser without logical names; empty when there is no equivalent, or it is not logical.
 */
export function physical(prop: string, value: string): Physical {
  const [, box, axis, side, part = ''] =
    /^(inset|margin|padding|border)-(block|inline)(?:-(start|end))?(-width|-color|-style)?$/.exec(prop) ?? [];
  if (!box || !axis) return [];
  const [first = value, second = first] = side || box === 'border' ? [value] : value.split(/\s+(?![^(]*\))/);
  const both = (start: string, end: string): Physical => {
    if (side === 'start') return [[start, value]];
    return side === 'end'
      ? [[end, value]]
      : [
          [start, first],
          [end, second],
        ];
  };
  const named = (where: string) => `${box === 'inset' ? '' : `${box}-`}${where}${part}`;
  if (axis === 'block') return both(named('top'), named('bottom'));
  if (box === 'inset' || (!side && first === second)) return both(named('left'), named('right'));
  return both(`-webkit-${box}-start${part}`, `-webkit-${box}-end${part}`);
}
