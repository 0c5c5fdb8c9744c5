type Path = readonly string[];

/** The path of every value in it. */
export function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...pathsOf(inner).map((path) => [key, ...path])]);
}

/** The same object with another value at the path; undefined removes it. */
export function changed(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? changed(inner, rest, put) : inner));
  const record = typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  return { ...record, [key]: changed(record[key], rest, put) };
}
