/** A stored entry of the audit log: its place in the chain, and the canonical text that was hashed. */
export interface ChainEntry {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
  readonly body: string;
}

/** The newest entry as the writer stored it. Without it, a chain that lost its end looks whole. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

/** The place of a run of entries that were purged when they had been kept long enough. It links their neighbours. */
export interface ChainGap {
  /** The first and the last number of the run. */
  readonly from: number;
  readonly until: number;
  /** `prevHash` of the first entry and hash of the last. */
  readonly prevHash: string;
  readonly hash: string;
  readonly body: null;
  /** Keyed, so that write access to the store is not enough to drop an entry. */
  readonly mac: string;
}

export type ChainFault =
  /** The text is not the one that was hashed. */
  | { readonly kind: 'altered'; readonly seq: number }
  /** An entry that does not follow from the one before it. */
  | { readonly kind: 'inserted'; readonly seq: number }
  | { readonly kind: 'missing'; readonly seq: number }
  /** Two entries are in each other's place. */
  | { readonly kind: 'swapped'; readonly seq: number }
  | { readonly kind: 'end-missing'; readonly seq: number }
  /** A gap that no purge made, or that does not fit its neighbours. */
  | { readonly kind: 'gap-altered'; readonly seq: number };

/** Hashes an entry. Keyed, so write access to the store is not enough to forge one. */
export type Hasher = (prevHash: string, seq: number, body: string) => string;

/** The `prevHash` of the first entry. */
const GENESIS = '0'.repeat(64);

/** The next entry of a chain. */
export function nextEntry(last: ChainHead | null, body: string, hashOf: Hasher): ChainEntry {
  const seq = (last?.seq ?? 0) + 1;
  const prevHash = last?.hash ?? GENESIS;
  return { seq, prevHash, hash: hashOf(prevHash, seq, body), body };
}

/**
 * Finds every entry that was altered, inserted, dropped or swapped. Takes any entries in any order and never throws.
 * @param head as the writer stored it, if known
 * @param gaps what purges left of the entries that they deleted
 */
export function verifyChain(
  entries: readonly ChainEntry[],
  hashOf: Hasher,
  head: ChainHead | null,
  gaps: readonly ChainGap[] = [],
): ChainFault[] {
  const forged = gaps.filter((gap) => !isPurged(gap, hashOf));
  const faults: ChainFault[] = forged.map(({ from }) => ({ kind: 'gap-altered', seq: from }));
  const ordered = [...gaps.filter((gap) => !forged.includes(gap)), ...entries.map(spanOf)].sort(
    (a, b) => a.from - b.from || b.until - a.until,
  );
  const sound = ordered.map(({ from, prevHash, hash, body }) => body === null || hashOf(prevHash, from, body) === hash);
  let expected = 1;
  let previous: { readonly hash: string } | null = { hash: GENESIS };
  ordered.forEach((span, index) => {
    const seq = span.from;
    const stray = span.body === null ? 'gap-altered' : 'inserted';
    if (seq < expected) {
      faults.push({ kind: stray, seq });
      return;
    }
    if (expected < seq) {
      faults.push(...missing('missing', expected, seq));
      previous = null;
    }
    expected = span.until + 1;
    if (!sound[index]) faults.push({ kind: isSwapped(span, ordered, hashOf) ? 'swapped' : 'altered', seq });
    else if (previous && span.prevHash !== previous.hash) faults.push({ kind: stray, seq });
    // The link to an unsound entry can't be judged; the next sound one resumes the chain.
    previous = sound[index] ? { hash: span.hash } : null;
  });
  const last = ordered.at(-1);
  if (head && expected <= head.seq) {
    faults.push(...missing('end-missing', expected, head.seq + 1));
  } else if (head && last && last.until > head.seq) {
    for (const { from, until, body } of ordered)
      if (until > head.seq) faults.push({ kind: body === null ? 'gap-altered' : 'inserted', seq: from });
  } else if (head && last && last.hash !== head.hash && faults.length === 0) {
    faults.push({ kind: 'altered', seq: last.until });
  }
  return faults;
}

/** Entries that are there, as one span, or entries that were purged (without a text). */
interface Span extends Omit<ChainGap, 'mac' | 'body'> {
  readonly body: string | null;
}

const spanOf = ({ seq, ...entry }: ChainEntry): Span => ({ ...entry, from: seq, until: seq });

/** The gap that a purge leaves. */
const gapOf = (gap: Omit<ChainGap, 'mac' | 'body'>, hashOf: Hasher): ChainGap => ({
  ...gap,
  body: null,
  mac: hashOf(`${gap.prevHash}\n${gap.hash}`, gap.from, `gap until ${gap.until}`),
});

const isPurged = (gap: ChainGap, hashOf: Hasher): boolean =>
  gap.until >= gap.from && gapOf(gap, hashOf).mac === gap.mac;

/**
 * The gaps after a purge of some sound entries: neighbours become one, so that a chain has at most one gap between two
 * entries. Returns the new ones only, each with the numbers of the old ones that it replaces.
 */
export function gapsAfter(
  purged: readonly ChainEntry[],
  gaps: readonly ChainGap[],
  hashOf: Hasher,
): { readonly gap: ChainGap; readonly replaces: readonly number[] }[] {
  const spans = [...gaps.filter((gap) => isPurged(gap, hashOf)), ...purged.map(spanOf)].sort((a, b) => a.from - b.from);
  const runs: Span[][] = [];
  for (const span of spans) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before?.until === span.from - 1 && before.hash === span.prevHash) run.push(span);
    else runs.push([span]);
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || run.every(({ body }) => body === null)) return [];
    const { from, prevHash } = first;
    const replaces = run.filter(({ body }) => body === null).map((gap) => gap.from);
    return [{ gap: gapOf({ from, until: last.until, prevHash, hash: last.hash }, hashOf), replaces }];
  });
}

/** A longer gap is cut off, so that an absurd number cannot keep the verifier busy forever. */
const LONGEST_NAMED_GAP = 1_000;

function missing(kind: 'missing' | 'end-missing', from: number, until: number): ChainFault[] {
  const length = Math.max(0, Math.min(until - from, LONGEST_NAMED_GAP));
  return Array.from({ length }, (_, n) => ({ kind, seq: from + n }));
}

/** The entry is sound in another place: it was swapped. */
function isSwapped(entry: Span, all: readonly Span[], hashOf: Hasher): boolean {
  const { from, prevHash, hash, body } = entry;
  return body !== null && all.some((other) => other.from !== from && hashOf(prevHash, other.from, body) === hash);
}

/** Canonical JSON (RFC 8785, for objects, lists, strings, whole numbers, booleans and null). */
export function canonicalJson(value: CanonicalValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };
