import type { Trouble } from '~/model/loaded';
import type { Answer } from '../gate.server';

/** A page of a list; a row that can't be read is null. */
export interface Page<T> {
  /** How many rows the backend says there are in all. */
  readonly count: number | null;
  /** Not empty: there is another page. Its address is never called: it may be on another host. */
  readonly next: string;
  readonly results: readonly (T | null)[];
}

/** Rows by identity, each once. `missing` says what may be lacking; empty: the list is whole. */
export type RowsFound<T> =
  | { readonly ok: true; readonly rows: readonly T[]; readonly missing: readonly string[] }
  | { readonly ok: false; readonly why: Trouble };

/** Pages read of one list. What is beyond is reported as missing. */
const MAX_PAGES = 10;
/** Smaller pages for an answer over the size limit: each size divides the one before. */
const SIZES = [100, 20, 4, 1] as const;
/** Rows skipped because each alone is too large. After these the backend seems to send everything whatever is asked. */
const MOST_SKIPPED = 3;
/** What `missing` says of a row that can't be read. */
export const UNREADABLE_ROW = 'a row that could not be read';
/** Requests that reading one list may take. */
const MOST_REQUESTS = 40;

/** @param size null: the backend's own, which is 100 */
export type AskPage<T> = (page: number, size: number | null) => Promise<Answer<Page<T>>>;

/**
 * Reads a list to its end. A list with rows twice, overlapping pages or a `next` without end is read as far as it brings
 * something new, and is whole only when the backend's own count is reached.
 */
export async function readPages<T>(
  ask: AskPage<T>,
  identityOf: (row: T) => string,
  { maxPages = MAX_PAGES, maxRequests = MOST_REQUESTS } = {},
): Promise<RowsFound<T>> {
  const reader = new PageReader(ask, maxRequests);
  const found = new Map<string, T>();
  const missing: string[] = [];
  let counted: number | null = null;
  let seen = 0;
  let overlaps = false;
  for (let page = 1; ; page += 1) {
    if (page > maxPages) {
      missing.push(`pages after the first ${maxPages}`);
      break;
    }
    const read = await reader.read(page);
    if (!read.ok) {
      if (page === 1) return read;
      // A page that is not there ends the list; the count tells whether it was whole.
      if (read.status !== 404) missing.push(`page ${page}`);
      break;
    }
    const before = new Set(found.keys());
    const size = found.size;
    counted = read.count ?? counted;
    for (const row of read.rows) {
      if (row === null) missing.push(UNREADABLE_ROW);
      else if (before.has(identityOf(row))) overlaps = true;
      else {
        seen += 1;
        found.set(identityOf(row), row);
      }
    }
    if (!read.more || (page > 1 && found.size === size)) break;
  }
  if (reader.gaveUp && found.size === 0) return { ok: false, why: 'malformed' };
  const isShort = counted === null ? overlaps : seen < counted;
  if (isShort && missing.length === 0) missing.push('rows between two pages');
  return { ok: true, rows: [...found.values()], missing };
}

type Read<T> =
  | { readonly ok: true; readonly rows: readonly (T | null)[]; readonly count: number | null; readonly more: boolean }
  | { readonly ok: false; readonly why: Trouble; readonly status?: number };

class PageReader<T> {
  private requests = 0;
  private skipped = 0;

  constructor(
    private readonly ask: AskPage<T>,
    private readonly maxRequests: number,
  ) {}

  get gaveUp(): boolean {
    return this.skipped >= MOST_SKIPPED;
  }

  /** A page of 100 rows, in smaller pages when it is over the size limit. */
  async read(page: number, step = 0): Promise<Read<T>> {
    if (this.gaveUp) return { ok: false, why: 'malformed' };
    if (this.requests >= this.maxRequests) return { ok: false, why: 'late' };
    this.requests += 1;
    const answer = await this.ask(page, step === 0 ? null : (SIZES[step] ?? 1));
    if (answer.ok) {
      const { results, count, next } = answer.value;
      return { ok: true, rows: results, count, more: next !== '' };
    }
    if (!answer.tooLarge) {
      const { why, status } = answer;
      return { ok: false, why, ...(status !== undefined && { status }) };
    }
    // A single row that is too large is skipped; whether another follows is not known.
    if (step === SIZES.length - 1) {
      this.skipped += 1;
      return { ok: true, rows: [null], count: null, more: true };
    }
    return this.readParts(page, step + 1);
  }

  private async readParts(page: number, step: number): Promise<Read<T>> {
    const parts = (SIZES[step - 1] ?? 1) / (SIZES[step] ?? 1);
    const rows: (T | null)[] = [];
    let count: number | null = null;
    for (let part = 0; part < parts; part += 1) {
      const read = await this.read((page - 1) * parts + part + 1, step);
      if (!read.ok) {
        if (part === 0) return read;
        if (read.status !== 404) rows.push(null);
        return { ok: true, rows, count, more: false };
      }
      rows.push(...read.rows);
      count = read.count ?? count;
      if (!read.more) return { ok: true, rows, count, more: false };
    }
    return { ok: true, rows, count, more: true };
  }
}
