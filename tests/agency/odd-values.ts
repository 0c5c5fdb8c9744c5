import { changed, pathsOf } from './paths';

type Path = readonly string[];

/** Takes the field away. */
const ABSENT = Symbol('absent');

/** A good answer with one field as the field sends it. */
export interface OddAnswer {
  readonly path: Path;
  /** For the title of a failure. */
  readonly what: string;
  readonly body: unknown;
}

/** A body in which each field in turn has each form of none, a number for a text, or a list for an object. */
export function oddAnswersOf(body: unknown): OddAnswer[] {
  return [[], ...pathsOf(body)].flatMap((path) => {
    const value = at(body, path);
    return [null, '', {}, [], ' ', '.', ABSENT, ...otherFormsOf(value)].map((put) => ({
      path,
      what: `${path.join('.') || 'the answer'} is ${put === ABSENT ? 'absent' : JSON.stringify(put).slice(0, 60)}`,
      body: put === ABSENT ? without(body, path) : changed(body, path, put),
    }));
  });
}

/** A body in which each text in turn has 100,000 characters. */
export const endlessAnswersOf = (body: unknown): OddAnswer[] =>
  pathsOf(body)
    .filter((path) => typeof at(body, path) === 'string')
    .map((path) => ({ path, what: `${path.join('.')} is long`, body: changed(body, path, 'Wide'.repeat(25_000)) }));

/** Characters of the longest text anywhere in a value. */
export const longestTextIn = (value: unknown): number =>
  typeof value === 'string'
    ? value.length
    : Math.max(0, ...(typeof value === 'object' && value !== null ? Object.values(value).map(longestTextIn) : []));

/** The same meaning in another form. */
function otherFormsOf(value: unknown): unknown[] {
  if (typeof value === 'number') return [String(value), ` ${value} `];
  if (typeof value === 'string') return /^[1-9]\d{0,14}$/.test(value) ? [Number(value), ` ${value} `] : [` ${value} `];
  if (typeof value === 'boolean') return [String(value), Number(value)];
  if (Array.isArray(value)) return value.length === 1 ? [value[0], { '0': value[0] }] : [{ ...value }];
  return value === null ? [] : [[value]];
}

/** Whether the answer means the same as the good one. */
export const meansTheSame = ({ path, body }: OddAnswer, good: unknown): boolean =>
  otherFormsOf(at(good, path)).some((form) => JSON.stringify(changed(good, path, form)) === JSON.stringify(body));

function at(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  return typeof value === 'object' && value !== null
    ? at(Object.entries(value).find(([name]) => name === key)?.[1], rest)
    : undefined;
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return undefined;
  if (Array.isArray(value))
    return value.flatMap((item, index) => (`${index}` !== key ? [item] : rest.length > 0 ? [without(item, rest)] : []));
  const entries = Object.entries(value ?? {});
  return Object.fromEntries(
    entries.flatMap(([name, inner]) =>
      name !== key ? [[name, inner]] : rest.length > 0 ? [[name, without(inner, rest)]] : [],
    ),
  );
}
