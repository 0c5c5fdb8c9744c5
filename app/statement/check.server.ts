import { z } from 'zod';
import { addAuditEntry } from '~/audit/audit-entry.server';
import type { Language } from '~/model/language';
import { typedCode } from '~/model/statement';
import { dayWords } from '~/platform/moment-words.server';
import { statementHash, statementKey } from '~/platform/pseudonym.server';
import { unseal } from '~/store/seal.server';
import { countCheck, findStatement } from '~/store/statement.server';
import { sheetViews } from './sheet-view.server';
import { SEALED_FOR } from './statement.server';

const sealed = z.object({
  owner: z.string(),
  facts: z.object({
    name: z.string(),
    procedure: z.string().nullable(),
    procedureName: z.string(),
    received: z.string(),
    asOf: z.string(),
  }),
});

/** Counted, and not known: the checker has no account here. */
const CHECKER = { id: 'statement checker', role: 'anyone' } as const;

/**
 * What the statement with this code says. Null for a wrong, expired or withdrawn code: nothing tells them apart. The person
 * sees on their who-looked page that it was checked.
 */
export async function checkStatement(typed: string, language: Language) {
  const code = typedCode(typed);
  if (code === null) return null;
  const row = await findStatement(statementHash(code));
  const plain = row && unseal(row.facts, SEALED_FOR, [statementKey(code)]);
  if (!plain) return null;
  const { facts, owner } = sealed.parse(JSON.parse(plain));
  const isThere = await countCheck(row.id, (objectRef, within) =>
    addAuditEntry(
      CHECKER,
      {
        action: 'check-statement',
        objectType: 'statement',
        objectRef,
        fields: ['name', 'procedure', 'received', 'state'],
        ground: 'statement',
        subjects: [owner],
      },
      within,
    ),
  );
  if (!isThere) return null;
  return { sheets: sheetViews(facts, language), until: dayWords(row.expiresAt, language) };
}

export type CheckedStatement = NonNullable<Awaited<ReturnType<typeof checkStatement>>>;
