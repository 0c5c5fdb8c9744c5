import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chanceOf } from '../world/seed';

/** An object of an answer's JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** What a real backend does to one object. The meaning must stay, so that people can still do what they came for. */
export interface RowHabit {
  readonly name: string;
  /** The object as the field sends it; null when the habit does not concern it. */
  readonly change: (row: Row) => Row | null;
}

/** What a real backend does to one item of a list. */
export interface ListHabit {
  readonly name: string;
  /** What stands in the item's place. */
  readonly replace: (row: Row) => readonly unknown[] | null;
}

export interface Habits {
  readonly rows: readonly RowHabit[];
  readonly lists: readonly ListHabit[];
}

/** The share of rows, and of answers, that come with a habit. */
const SHARE = 0.1;

/**
 * Spoils a backend's answer as the field does: a tenth of its rows come with one of the habits, and a tenth of the
 * answers compressed though nobody asked for it. The same seed spoils the same rows.
 */
export async function asInTheField(
  habits: Habits,
  seed: string,
  request: Request,
  response: Response,
): Promise<Response> {
  const text = await response.text();
  const body = parsed(text);
  const spoiled = body === undefined || !response.ok ? text : JSON.stringify(spoiledValue(body, habits, seed));
  const headers = new Headers(response.headers);
  // That of the answer before it was spoiled.
  headers.delete('content-length');
  const encoding = encodingOf(seed, request, spoiled);
  if (!encoding || [204, 304].includes(response.status))
    return new Response(spoiled || null, { status: response.status, headers });
  headers.set('content-encoding', encoding);
  const bytes = encoding === 'gzip' ? gzipSync(spoiled) : brotliCompressSync(spoiled);
  return new Response(new Uint8Array(bytes), { status: response.status, headers });
}

function encodingOf(seed: string, request: Request, text: string): 'gzip' | 'br' | null {
  const chance = chanceOf(seed, 'encoding', request.method, request.url, text);
  return chance < SHARE / 2 ? 'gzip' : chance < SHARE ? 'br' : null;
}

function spoiledValue(value: unknown, habits: Habits, seed: string): unknown {
  if (Array.isArray(value)) return value.flatMap((item) => spoiledItem(item, habits, seed));
  return isRow(value) ? spoiledRow(value, habits, seed) : value;
}

function spoiledItem(item: unknown, habits: Habits, seed: string): readonly unknown[] {
  if (!isRow(item)) return [spoiledValue(item, habits, seed)];
  const possible = habits.lists.filter(({ replace }) => replace(item) !== null);
  const list = chosen(possible, `${seed} list`, item);
  const row = spoiledRow(item, habits, seed);
  return list?.replace(row) ?? [row];
}

function spoiledRow(row: Row, habits: Habits, seed: string): Row {
  const inside = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, spoiledValue(value, habits, seed)]),
  );
  const possible = habits.rows.filter(({ change }) => change(row) !== null);
  return chosen(possible, seed, row)?.change(inside) ?? inside;
}

function chosen<T>(possible: readonly T[], seed: string, row: Row): T | undefined {
  const key = identityOf(row);
  if (chanceOf(seed, 'whether', key) >= SHARE) return undefined;
  return possible[Math.floor(chanceOf(seed, 'which', key) * possible.length)];
}

/** A row keeps its habit while its other fields change. */
function identityOf(row: Row): string {
  const id = row.url ?? row.uuid ?? row.key ?? row.publicId ?? row.id;
  return typeof id === 'string' ? id.replace(/^https?:\/\/[^/]+/, '') : JSON.stringify(row);
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
