import { type ChainFault, type ChainGap, type ChainHead, startVerification } from '~/model/audit-chain';
import { chainKey } from '~/platform/chain-key.server';
import { type StoredEntry, withChain } from '~/store/audit-reader.server';
import { DELAYING, type DelayFault, delayFaults } from './disclosure-delays';
import { ANSWERING, type AnswerFault, answerFaults } from './request-answers';
import { REQUESTING, type RequestFault, requestFaults } from './request-rows';

export type AuditFault =
  | ChainFault
  | DelayFault
  | AnswerFault
  | RequestFault
  | { readonly kind: 'columns-altered'; readonly seq: number }
  | { readonly kind: 'head-altered'; readonly seq: number };

export interface Verdict {
  readonly events: number;
  readonly head: string | null;
  readonly faults: readonly AuditFault[];
}

/**
 * Verifies the whole chain of a database in one pass, looks that are hidden without an entry, and the table of requests.
 *
 * @param kept heads that were stored elsewhere: they also reveal a database that was reset to an older copy
 */
export async function verifyStored(
  url: string,
  ownerSecret: string,
  kept: readonly ChainHead[] = [],
): Promise<Verdict> {
  const { hashOf } = chainKey(ownerSecret);
  return withChain(url, async (chain) => {
    const { gaps, delays, answers, requests, head } = chain;
    // A chain that lost its head is judged as if it should be empty.
    const verification = startVerification(hashOf, head ?? { seq: 0, hash: '' }, gaps);
    const wanted = new Set(kept.map(({ seq }) => seq));
    const hashes = new Map<number, string>();
    const told: StoredEntry[] = [];
    const altered: AuditFault[] = [];
    let events = 0;
    for await (const entries of chain.entries()) {
      events += entries.length;
      for (const entry of entries) {
        verification.add(entry);
        if (!repeats(entry)) altered.push({ kind: 'columns-altered', seq: entry.seq });
        if (wanted.has(entry.seq)) hashes.set(entry.seq, entry.hash);
        if (ABOUT_REQUESTS.has(entry.columns.action ?? '')) told.push(entry);
      }
    }
    const faults: AuditFault[] = verification.finish(await chain.neighboursOf(verification.unsound));
    if (head && hashOf(head.hash, head.seq, 'head') !== head.mac) faults.push({ kind: 'head-altered', seq: head.seq });
    faults.push(
      ...altered,
      ...delayFaults({ entries: told, delays }),
      ...answerFaults({ entries: told, answers }),
      ...requestFaults({ entries: told, requests, gaps }),
    );
    for (const one of kept) faults.push(...headFaults(one, hashes, gaps));
    return { events, head: head && `${head.seq}:${head.hash}`, faults };
  });
}

/** Entries that are compared with the table of requests; all others are forgotten once they are judged. */
const ABOUT_REQUESTS: ReadonlySet<string> = new Set([...ANSWERING, ...DELAYING, ...REQUESTING]);

/** Of a purged run only the last hash is left; an older head inside it can't be compared any more. */
function headFaults(
  { seq, hash }: ChainHead,
  hashes: ReadonlyMap<number, string>,
  gaps: readonly ChainGap[],
): ChainFault[] {
  if (hashes.get(seq) === hash) return [];
  const gap = hashes.has(seq) ? undefined : gaps.find(({ from, until }) => from <= seq && seq <= until);
  if (gap && (seq < gap.until || gap.hash === hash)) return [];
  return [{ kind: gap || hashes.has(seq) ? 'altered' : 'end-missing', seq }];
}

/** Whether the columns repeat the text. Texts of older versions lack the time and the lines. */
function repeats({
  body,
  columns,
}: {
  readonly body: string;
  readonly columns: Readonly<Record<string, string | null>>;
}) {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return false;
    const text = new Map(Object.entries(parsed));
    const isOlder = !text.has('recordedAt');
    return Object.entries(columns).every(
      ([name, value]) => (text.get(name) ?? null) === value || (isOlder && SINCE.has(name)),
    );
  } catch {
    return false;
  }
}

const SINCE: ReadonlySet<string> = new Set(['recordedAt', 'lines']);
