import type { ContextOf } from './xliff';

/** `namespace`, `namespace:group` or `namespace:group.text` → what a translator is told of the texts below it. */
export type Context = Readonly<Record<string, string>>;

/** What is said of a text: the lines of everything that it stands in, from the namespace down to the text itself. */
export function contextOf(context: Context): ContextOf {
  return (key) => [...pathsTo(key)].flatMap((path) => context[path] ?? []).join(' ');
}

/** Keys that only their namespace says something of. */
export const withoutContext = (context: Context, keys: readonly string[]): string[] =>
  keys.filter((key) => ![...pathsTo(key)].slice(1).some((path) => path in context));

/** What a text stands in, and the text itself: `case`, `case:next`, `case:next.pay` for `case:next.pay`. */
export function* pathsTo(key: string): Generator<string> {
  const [namespace = '', path = ''] = key.split(':');
  yield namespace;
  const parts = path.split('.');
  for (let length = 1; length <= parts.length; length++) yield `${namespace}:${parts.slice(0, length).join('.')}`;
}
