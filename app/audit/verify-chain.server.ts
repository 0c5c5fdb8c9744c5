import { type ChainFault, type ChainGap, type ChainHead, verifyChain } from '~/model/audit-chain';
import { chainKey } from '~/platform/chain-key.server';
import { readChain } from '~/store/audit-reader.server';
import { type DelayFault, delayFaults } from './disclosure-delays';
import { type AnswerFault, answerFaults } from './request-answers';
import { type RequestFault, requestFaults } from './request-rows';

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
 * Verifies the whole chain of a database, looks that are hidden without an entry, and the table of requests.
 *
 * @param kept heads that were stored elsewhere: they also reveal a database that was reset to an older copy
 */
export async function verifyStored(
  url: string,
  ownerSecret: string,
  kept: readonly ChainHead[] = [],
): Promise<Verdict> {
  const { entries, gaps, delays, answers, requests, head } = await readChain(url);
  const { hashOf } = chainKey(ownerSecret);
  const faults: AuditFault[] = verifyChain(
    entries,
    hashOf,
    head ?? (entries.length > 0 ? { seq: 0, hash: '' } : null),
    gaps,
  );
  if (head && hashOf(head.hash, head.seq, 'head') !== head.mac) faults.push({ kind: 'head-altered', seq: head.seq });
  for (const entry of entries) if (!repeats(entry)) faults.push({ kind: 'columns-altered', seq: entry.seq });
  faults.push(
    ...delayFaults({ entries, delays }),
    ...answerFaults({ entries, answers }),
    ...requestFaults({ entries, requests, gaps }),
  );
  const hashes = new Map(entries.map((entry) => [entry.seq, entry.hash]));
  for (const one of kept) faults.push(...headFaults(one, hashes, gaps));
  return { events: entries.length, head: head && `${head.seq}:${head.hash}`, faults };
}

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
