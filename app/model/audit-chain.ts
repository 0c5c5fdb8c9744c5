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

/** The head at the beginning of a text, as anchor files have it; null when there is none. */
export function headIn(text: string): ChainHead | null {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})(?= |$)/.exec(text) ?? [];
  return seq && hash ? { seq: Number(seq), hash } : null;
}

/** The newest head; null when there is none. */
export const newestHead = (heads: readonly (ChainHead | null)[]): ChainHead | null =>
  heads.reduce((newest, one) => (one && one.seq >= (newest?.seq ?? 0) ? one : newest), null);

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
export const GENESIS = '0'.repeat(64);

/** The next entry of a chain. */
export function nextEntry(last: ChainHead | null, body: string, hashOf: Hasher): ChainEntry {
  const seq = (last?.seq ?? 0) + 1;
  const prevHash = last?.hash ?? GENESIS;
  return { seq, prevHash, hash: hashOf(prevHash, seq, body), body };
}

/** Where hashes stand in a chain: the numbers of what has a hash, and of what follows one. */
export interface Neighbours {
  readonly having: ReadonlyMap<string, number>;
  readonly following: ReadonlyMap<string, number>;
}

/** A verification that sees each entry once, in the order of their numbers. */
export interface Verification {
  add(entry: ChainEntry): void;
  /** Entries whose text is not the hashed one: altered, or of another place. */
  readonly unsound: readonly ChainEntry[];
  /** The faults, once every entry was added. @param neighbours of the unsound entries */
  finish(neighbours: Neighbours): ChainFault[];
}

/** More unsound entries than these count as altered; their texts are not kept. */
const MOST_JUDGED = 10_000;

/**
 * Starts to look for entries that were altered, inserted, dropped or swapped. Each entry costs one hash, and only unsound
 * ones are kept.
 *
 * @param head as the writer stored it, if known
 * @param gaps what purges left of the entries that they deleted
 */
export function startVerification(
  hashOf: Hasher,
  head: ChainHead | null,
  gaps: readonly ChainGap[] = [],
): Verification {
  const forged = gaps.filter((gap) => !isPurged(gap, hashOf));
  const faults: ChainFault[] = forged.map(({ from }) => ({ kind: 'gap-altered', seq: from }));
  const waiting = gaps.filter((gap) => !forged.includes(gap)).sort((a, b) => a.from - b.from || b.until - a.until);
  const unsound: (ChainEntry & { readonly fault: number })[] = [];
  const beyond: ChainFault[] = [];
  let expected = 1;
  let previous: { readonly hash: string } | null = { hash: GENESIS };
  let last: Span | null = null;

  function take(span: Span): void {
    const { from: seq, prevHash, hash, body } = span;
    const stray = body === null ? 'gap-altered' : 'inserted';
    last = span;
    if (head && span.until > head.seq) beyond.push({ kind: stray, seq });
    if (seq < expected) {
      faults.push({ kind: stray, seq });
      return;
    }
    if (expected < seq) {
      faults.push(...missing('missing', expected, seq));
      previous = null;
    }
    expected = span.until + 1;
    const isSound = body === null || hashOf(prevHash, seq, body) === hash;
    if (!isSound) {
      const judged = unsound.length < MOST_JUDGED;
      if (judged && body !== null) unsound.push({ seq, prevHash, hash, body, fault: faults.length });
      faults.push({ kind: 'altered', seq });
    } else if (previous && prevHash !== previous.hash) faults.push({ kind: stray, seq });
    // The link to an unsound entry can't be judged; the next sound one resumes the chain.
    previous = isSound ? { hash } : null;
  }

  return {
    unsound,
    add(entry) {
      while (waiting[0] && waiting[0].from <= entry.seq) takeGap();
      take(spanOf(entry));
    },
    finish(neighbours) {
      while (waiting[0]) takeGap();
      const places = unsound.length <= FEW ? unsound.map(({ seq }) => seq) : [];
      for (const entry of unsound)
        if (isSwapped(entry, [...places, ...placesOf(entry, neighbours, head)], hashOf))
          faults[entry.fault] = { kind: 'swapped', seq: entry.seq };
      if (head && expected <= head.seq) faults.push(...missing('end-missing', expected, head.seq + 1));
      else if (head && last && last.until > head.seq) faults.push(...beyond);
      else if (head && last && last.hash !== head.hash && faults.length === 0)
        faults.push({ kind: 'altered', seq: last.until });
      return faults;
    },
  };

  function takeGap(): void {
    const gap = waiting.shift();
    if (gap) take(gap);
  }
}

/** So many unsound entries are tried in each other's places; more only beside their neighbours. */
const FEW = 64;

/** Where an unsound entry may have stood: behind what it follows, before what follows it, or at an end. */
function placesOf({ prevHash, hash }: ChainEntry, { having, following }: Neighbours, head: ChainHead | null): number[] {
  const [before, after] = [having.get(prevHash), following.get(hash)];
  return [
    ...(before === undefined ? [] : [before + 1]),
    ...(after === undefined ? [] : [after - 1]),
    ...(prevHash === GENESIS ? [1] : []),
    ...(head?.hash === hash ? [head.seq] : []),
  ];
}

/** The same for entries in memory, in any order. Never throws. */
export function verifyChain(
  entries: readonly ChainEntry[],
  hashOf: Hasher,
  head: ChainHead | null,
  gaps: readonly ChainGap[] = [],
): ChainFault[] {
  const verification = startVerification(hashOf, head, gaps);
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) verification.add(entry);
  return verification.finish({
    having: new Map(entries.map(({ hash, seq }) => [hash, seq])),
    following: new Map(entries.map(({ prevHash, seq }) => [prevHash, seq])),
  });
}

/** Entries that are there, as one span, or entries that were purged (without a text). */
interface Span extends Omit<ChainGap, 'mac' | 'body'> {
  readonly body: string | null;
}

const spanOf = ({ seq, ...entry }: ChainEntry): Span => ({ ...entry, from: seq, until: seq });

/** The gap that a purge, or a restore of an older database, leaves. */
export const gapOf = (gap: Omit<ChainGap, 'mac' | 'body'>, hashOf: Hasher): ChainGap => ({
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
const isSwapped = ({ seq, prevHash, hash, body }: ChainEntry, places: readonly number[], hashOf: Hasher): boolean =>
  places.some((place) => place !== seq && hashOf(prevHash, place, body) === hash);

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
