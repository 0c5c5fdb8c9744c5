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

export type ChainFault =
  /** The text is not the one that was hashed. */
  | { readonly kind: 'altered'; readonly seq: number }
  /** An entry that does not follow from the one before it. */
  | { readonly kind: 'inserted'; readonly seq: number }
  | { readonly kind: 'missing'; readonly seq: number }
  /** Two entries are in each other's place. */
  | { readonly kind: 'swapped'; readonly seq: number }
  | { readonly kind: 'end-missing'; readonly seq: number };

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
 */
export function verifyChain(entries: readonly ChainEntry[], hashOf: Hasher, head: ChainHead | null): ChainFault[] {
  const faults: ChainFault[] = [];
  const ordered = [...entries].sort((a, b) => a.seq - b.seq);
  const sound = ordered.map((entry) => hashOf(entry.prevHash, entry.seq, entry.body) === entry.hash);
  let expected = 1;
  let previous: { readonly hash: string } | null = { hash: GENESIS };
  ordered.forEach((entry, index) => {
    if (entry.seq < expected) {
      faults.push({ kind: 'inserted', seq: entry.seq });
      return;
    }
    if (expected < entry.seq) {
      faults.push(...gap('missing', expected, entry.seq));
      previous = null;
    }
    expected = entry.seq + 1;
    if (!sound[index]) faults.push({ kind: isSwapped(entry, ordered, hashOf) ? 'swapped' : 'altered', seq: entry.seq });
    else if (previous && entry.prevHash !== previous.hash) faults.push({ kind: 'inserted', seq: entry.seq });
    // The link to an unsound entry can't be judged; the next sound one resumes the chain.
    previous = sound[index] ? { hash: entry.hash } : null;
  });
  const last = ordered.at(-1);
  if (head && (last?.seq ?? 0) < head.seq) {
    faults.push(...gap('end-missing', expected, head.seq + 1));
  } else if (head && last && last.seq > head.seq) {
    for (const { seq } of ordered) if (seq > head.seq) faults.push({ kind: 'inserted', seq });
  } else if (head && last && last.hash !== head.hash && faults.length === 0) {
    faults.push({ kind: 'altered', seq: last.seq });
  }
  return faults;
}

/** A longer gap is cut off, so that an absurd number cannot keep the verifier busy forever. */
const LONGEST_NAMED_GAP = 1_000;

function gap(kind: 'missing' | 'end-missing', from: number, until: number): ChainFault[] {
  const length = Math.max(0, Math.min(until - from, LONGEST_NAMED_GAP));
  return Array.from({ length }, (_, n) => ({ kind, seq: from + n }));
}

/** The entry is sound in another place: it was swapped. */
function isSwapped(entry: ChainEntry, all: readonly ChainEntry[], hashOf: Hasher): boolean {
  return all.some((other) => other.seq !== entry.seq && hashOf(entry.prevHash, other.seq, entry.body) === entry.hash);
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
