import { type ChainFault, verifyChain } from '~/model/audit-chain';
import { readChain } from '~/store/audit-reader.server';
import { chainKey } from './chain-key.server';
import { type DelayFault, delayFaults } from './disclosure-delays';

export type AuditFault =
  | ChainFault
  | DelayFault
  | { readonly kind: 'columns-altered'; readonly seq: number }
  | { readonly kind: 'head-altered'; readonly seq: number };

export interface Verdict {
  readonly events: number;
  readonly head: string | null;
  readonly faults: readonly AuditFault[];
}

/**
 * Verifies the whole chain of a database, and looks that are hidden without an entry.
 *
 * @param kept a head that was stored elsewhere: it also reveals a database that was reset to an older copy
 */
export async function verifyStored(
  url: string,
  ownerSecret: string,
  kept: { readonly seq: number; readonly hash: string } | null = null,
): Promise<Verdict> {
  const { entries, delays, head } = await readChain(url);
  const { hashOf } = chainKey(ownerSecret);
  const faults: AuditFault[] = verifyChain(entries, hashOf, head ?? (entries.length > 0 ? { seq: 0, hash: '' } : null));
  if (head && hashOf(head.hash, head.seq, 'head') !== head.mac) faults.push({ kind: 'head-altered', seq: head.seq });
  for (const entry of entries) if (!repeats(entry)) faults.push({ kind: 'columns-altered', seq: entry.seq });
  faults.push(...delayFaults({ entries, delays }));
  const there = kept && entries.find(({ seq }) => seq === kept.seq);
  if (kept && there?.hash !== kept.hash) faults.push({ kind: there ? 'altered' : 'end-missing', seq: kept.seq });
  return { events: entries.length, head: head && `${head.seq}:${head.hash}`, faults };
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
