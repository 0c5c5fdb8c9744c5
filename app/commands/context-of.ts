import type { ContextOf } from './xliff';

/** `namespace`, `namespace:group` or `namespace:group.text` → a note for translators about the texts below it. */
export type Context = Readonly<Record<string, string>>;

/** The notes about a text, from its namespace down to the text itself. */
export function contextOf(context: Context): ContextOf {
  return (key) => [...pathsTo(key)].flatMap((path) => context[path] ?? []).join(' ');
}

/** Keys without a note more specific than their namespace's. */
export const withoutContext = (context: Context, keys: readonly string[]): string[] =>
  keys.filter((key) => ![...pathsTo(key)].slice(1).some((path) => path in context));

/** A key's parents and the key: `case`, `case:next`, `case:next.pay` for `case:next.pay`. */
export function* pathsTo(key: string): Generator<string> {
  const [namespace = '', path = ''] = key.split(':');
  yield namespace;
  const parts = path.split('.');
  for (let length = 1; length <= parts.length; length++) yield `${namespace}:${parts.slice(0, length).join('.')}`;
}
