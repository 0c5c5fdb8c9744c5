import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

const MOST_CAUSES = 4;
const MOST_FRAMES = 3;
const CODE = /^[A-Z0-9_]{3,50}$/;
const FRAME = /^\s+at (?:async )?(?:.*\()?((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/;

/**
 * What may be logged of an error: its class and code, those of its causes, and where in our own code it came up. Never a
 * message, which may quote personal data: `DrizzleQueryError < Error ECONNREFUSED at app/store/session.server.ts:53`.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const chain = causesOf(error);
  const classes = chain.map(classOf).join(' < ');
  const places = chain.map(placesIn).find((found) => found.length > 0);
  return places ? `${classes} at ${places.join(' < ')}` : classes;
}

function causesOf(error: Error): Error[] {
  const chain: Error[] = [];
  for (let one: unknown = error; one instanceof Error && chain.length < MOST_CAUSES; one = one.cause) chain.push(one);
  return chain;
}

function classOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? ` ${error.code}` : '';
  const field = 'issues' in error && Array.isArray(error.issues) ? ` ${fieldOf(error.issues)}` : '';
  return `${/^\w{1,50}$/.test(error.name) ? error.name : 'Error'}${code}${field}`;
}

/**
 * The path of the first malformed field, such as `results[].startdatum`. Names of fields only: indexes are left out, and
 * so is what can't be a field's name.
 *
 * @param issues as zod lists them
 */
export function fieldOf(issues: readonly { readonly path?: readonly PropertyKey[] }[]): string {
  const parts = (issues[0]?.path ?? []).map((part) =>
    typeof part === 'number' ? '[]' : /^[A-Za-z_][A-Za-z_-]{0,39}$/.test(String(part)) ? `.${String(part)}` : '.*',
  );
  return parts.join('').replace(/^\./, '') || '(whole)';
}

/** The nearest frames of our own code, nearest first, as `file:line`. */
function placesIn({ stack = '' }: Error): string[] {
  const places = stack.split('\n').flatMap((line) => {
    const [, file = '', row = '', column = ''] = FRAME.exec(line) ?? [];
    return file === '' ? [] : (placeOf(file, Number(row), Number(column)) ?? []);
  });
  return [...new Set(places)].slice(0, MOST_FRAMES);
}

function placeOf(file: string, row: number, column: number): string | null {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  const origin = mapOf(path)?.findEntry(row - 1, column - 1);
  const mapped = origin && 'originalSource' in origin ? origin : null;
  const source = mapped?.originalSource ?? path;
  const [, own] = /(?:^|\/)(app\/[^?]+)/.exec(source) ?? [];
  // The build holds the packages' code too.
  return own && !source.includes('/node_modules/') ? `${own}:${mapped ? mapped.originalLine + 1 : row}` : null;
}

/** Read at the first error in a file of the build. Sources need none. */
const maps = new Map<string, SourceMap | null>();

function mapOf(path: string): SourceMap | null {
  const known = maps.get(path);
  if (known !== undefined) return known;
  const file = `${path}.map`;
  const map = existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : null;
  maps.set(path, map);
  return map;
}
