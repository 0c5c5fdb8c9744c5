import { randomBytes } from 'node:crypto';
import { qrOf } from '~/appointment/booking/qr.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import type { Language } from '~/model/language';
import type { OwnCase } from '~/model/rights';
import { groupedCode, MOST_STATEMENTS, STATEMENT_DAYS, statementCode, statementFacts } from '~/model/statement';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { agencyDay } from '~/platform/clock.server';
import { dayWords } from '~/platform/moment-words.server';
import { caseReference, ownerOf, statementHash, statementKey } from '~/platform/pseudonym.server';
import { seal } from '~/store/seal.server';
import { createStatement, statementsOf, withdrawStatement } from '~/store/statement.server';
import { sheetViews } from './sheet-view.server';

/** Separates sealed statements from all else that is sealed. */
export const SEALED_FOR = 'statement';

const factsOf = (theCase: OwnCase) => statementFacts(theCase, agencyDay());

/** Whether the viewer can make one, and those that can still be checked. */
export async function statementsView(viewer: Viewer, theCase: OwnCase) {
  const rows = await statementsOf({ owner: ownerOf(viewer), caseRef: caseReference(viewer, theCase) });
  return {
    caseRef: caseReference(viewer, theCase),
    can: factsOf(theCase) === null ? ('none' as const) : rows.length < MOST_STATEMENTS ? 'make' : ('too-many' as const),
    most: MOST_STATEMENTS,
    days: STATEMENT_DAYS,
    list: rows.map(({ id, createdAt, expiresAt, checks }) => ({
      id,
      made: dayWords(createdAt, viewer.language),
      until: dayWords(expiresAt, viewer.language),
      checks,
    })),
  };
}

export type StatementsView = Awaited<ReturnType<typeof statementsView>>;

/** A new statement with its code, which is shown this once. Null when the viewer can make none, or has too many. */
export async function makeStatement(viewer: WritingViewer, theCase: OwnCase) {
  const facts = factsOf(theCase);
  if (facts === null) return null;
  const code = statementCode(randomBytes(16));
  const caseRef = caseReference(viewer, theCase);
  const isMade = await createStatement(
    {
      owner: ownerOf(viewer),
      caseRef,
      codeHash: statementHash(code),
      facts: seal(JSON.stringify({ facts, owner: ownerOf(viewer) }), SEALED_FOR, [statementKey(code)]),
    },
    { days: STATEMENT_DAYS, most: MOST_STATEMENTS },
    (id, within) =>
      addAuditEntry(viewer.actor, { action: 'make-statement', objectType: 'statement', objectRef: id }, within),
  );
  return isMade ? madeView(facts, code, viewer.language) : null;
}

function madeView(facts: Parameters<typeof sheetViews>[0], code: string, language: Language) {
  const address = new URL(`/check/${groupedCode(code)}`, config().ORIGIN).href;
  return {
    agency: config().AGENCY_NAME,
    sheets: sheetViews(facts, language),
    code: groupedCode(code),
    /** Where the code can be typed. */
    where: new URL('/check', config().ORIGIN).href.replace(/^https?:\/\//, ''),
    qr: qrOf(address),
  };
}

export type MadeStatement = ReturnType<typeof madeView>;

export const withdrawOwn = (viewer: WritingViewer, id: string): Promise<boolean> =>
  withdrawStatement(id, ownerOf(viewer), (objectRef, within) =>
    addAuditEntry(viewer.actor, { action: 'withdraw-statement', objectType: 'statement', objectRef }, within),
  );
