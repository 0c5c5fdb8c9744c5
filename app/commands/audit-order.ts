import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type ChainHead, headIn } from '~/model/audit-chain';

export const USAGE = `usage: npm run audit:verify [-- --head NUMBER:HASH | --anchor FILE | --show NUMBER | --who PSEUDONYM --reason TEXT]
  --head    a head that was kept elsewhere must be in the chain
  --anchor  the same for each line of the file that AUDIT_ANCHOR_FILE names
  --show    prints one entry in words
  --who     tells which of the people on standard input (bsn:…, vnumber:… or sub:…, one a line) has this pseudonym;
            the reason of at least 10 characters is an entry of the audit log`;

export type AuditOrder =
  | { readonly do: 'verify'; readonly kept: readonly ChainHead[] }
  | { readonly do: 'show'; readonly seq: number }
  | { readonly do: 'who'; readonly pseudonym: string; readonly reason: string };

/** What the arguments of `audit:verify` ask for; null when they ask for nothing that it does. */
export function auditOrderOf(args: readonly string[]): AuditOrder | null {
  const { head, anchor, show, who, reason } = optionsIn(args) ?? { show: '' };
  if ([head, anchor, show, who].filter((option) => option !== undefined).length > 1) return null;
  if ((who === undefined) !== (reason === undefined)) return null;
  if (show !== undefined) return /^[1-9]\d{0,14}$/.test(show) ? { do: 'show', seq: Number(show) } : null;
  if (who !== undefined) {
    const why = reason?.trim() ?? '';
    return /^[\w-]{22}$/.test(who) && why.length >= 10 ? { do: 'who', pseudonym: who, reason: why } : null;
  }
  const kept = anchor === undefined ? [head ?? []].flat().map(headIn) : (headsIn(anchor) ?? [null]);
  return kept.every((one) => one !== null) ? { do: 'verify', kept } : null;
}

/** The head of each line of an anchor file, null for a line without one; null when the file can't be read. */
export function headsIn(file: string): (ChainHead | null)[] | null {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(headIn);
  } catch {
    return null;
  }
}

function optionsIn(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { head: text, anchor: text, show: text, who: text, reason: text } })
      .values;
  } catch {
    return null;
  }
}
