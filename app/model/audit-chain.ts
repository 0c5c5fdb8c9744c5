/** A record as it stands in the store: where it is in the chain, and the canonical text that was hashed. */
export interface ChainRecord {
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
  readonly body: string;
}

/** What the writer last left behind; without it a chain that lost its end looks whole. */
export interface ChainHead {
  readonly seq: number;
  readonly hash: string;
}

export type ChainFault =
  /** The text is not the one that was hashed. */
  | { readonly kind: 'altered'; readonly seq: number }
  /** A record that does not hang on the one before it, and on which the next does not hang. */
  | { readonly kind: 'inserted'; readonly seq: number }
  | { readonly kind: 'missing'; readonly seq: number }
  /** Two places hold each other's record. */
  | { readonly kind: 'moved'; readonly seq: number }
  | { readonly kind: 'end-missing'; readonly seq: number };

/** Makes the hash of a record. Keyed, so that nobody who can only write to the store can make one. */
export type Hasher = (prevHash: string, seq: number, body: string) => string;

/** What the first record hangs on. */
export const GENESIS = '0'.repeat(64);

/** The next record of a chain. */
export function chained(last: ChainHead | null, body: string, hashOf: Hasher): ChainRecord {
  const seq = (last?.seq ?? 0) + 1;
  const prevHash = last?.hash ?? GENESIS;
  return { seq, prevHash, hash: hashOf(prevHash, seq, body), body };
}

/**
 * Every record that was altered, inserted, dropped or swapped since it was written, each by its number. Total: takes any
 * records in any order. @param head as the writer left it, when it is known
 */
export function verifyChain(records: readonly ChainRecord[], hashOf: Hasher, head: ChainHead | null): ChainFault[] {
  const faults: ChainFault[] = [];
  const ordered = [...records].sort((a, b) => a.seq - b.seq);
  const sound = ordered.map((record) => hashOf(record.prevHash, record.seq, record.body) === record.hash);
  let expected = 1;
  let previous: { readonly hash: string } | null = { hash: GENESIS };
  ordered.forEach((record, index) => {
    if (record.seq < expected) {
      faults.push({ kind: 'inserted', seq: record.seq });
      return;
    }
    if (expected < record.seq) {
      faults.push(...gap('missing', expected, record.seq));
      previous = null;
    }
    expected = record.seq + 1;
    if (!sound[index]) faults.push({ kind: isMoved(record, ordered, hashOf) ? 'moved' : 'altered', seq: record.seq });
    else if (previous && record.prevHash !== previous.hash) faults.push({ kind: 'inserted', seq: record.seq });
    // Behind an unsound record nothing can be said of the link; the next sound one takes the chain up again.
    previous = sound[index] ? { hash: record.hash } : null;
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

/** Of a longer gap so many are named: a number beyond all reason must not keep the verifier busy for ever. */
const NAMED = 1_000;

function gap(kind: 'missing' | 'end-missing', from: number, until: number): ChainFault[] {
  const length = Math.max(0, Math.min(until - from, NAMED));
  return Array.from({ length }, (_, n) => ({ kind, seq: from + n }));
}

/** The record is sound in another place than its own: it was swapped there. */
function isMoved(record: ChainRecord, all: readonly ChainRecord[], hashOf: Hasher): boolean {
  return all.some(
    (other) => other.seq !== record.seq && hashOf(record.prevHash, other.seq, record.body) === record.hash,
  );
}

/** JSON in one way only (RFC 8785 for what events hold: objects, lists, strings, whole numbers, booleans, null). */
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
