import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { fitsInside, type SubLasts, subUntil } from '~/model/mandate';
import { COLUMNS, type Mandate, mandate, NOW, read, sealNames } from './mandate-row.server';
import { isUuid } from './schema.server';
import { db } from './store.server';

export interface NewSub {
  /** Pseudonym of the colleague, and his name for the client. */
  readonly advisor: string;
  readonly name: string;
  /** Positions of the cases in the advisor's own mandate. */
  readonly cases: readonly number[];
  readonly lasts: SubLasts;
}

/**
 * Lets a colleague look under an advisor's own mandate, at once: the client has allowed it beforehand. The advisor's row
 * is held meanwhile, so it can't end unseen. What the colleague had before under it is superseded. Null: not allowed.
 */
export async function giveSub(parentId: string, advisor: string, sub: NewSub): Promise<Mandate | null> {
  if (!isUuid(parentId) || sub.advisor === advisor) return null;
  return db().transaction(async (transaction) => {
    const [row] = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.id, parentId), eq(mandate.advisor, advisor)))
      .for('update');
    const parent = row && read(row);
    if (!row || !parent?.validUntil || parent.state !== 'active') return null;
    const validUntil = subUntil(sub.lasts, parent.validUntil, row.databaseNow);
    const caseIds = parent.caseIds.filter((_, index) => sub.cases.includes(index));
    const { actions, maySub } = parent;
    const limits = { caseIds: parent.caseIds, actions, validUntil: parent.validUntil, maySub };
    if (!fitsInside({ caseIds, actions, validUntil }, { ...limits, isSub: parent.parent !== null })) return null;
    await transaction
      .update(mandate)
      .set({ state: 'superseded', version: sql`${mandate.version} + 1`, endedAt: NOW })
      .where(and(eq(mandate.parent, parentId), eq(mandate.advisor, sub.advisor), eq(mandate.state, 'active')));
    const id = randomUUID();
    const { client, firm, months, textHash, language, clientSignedAt } = parent;
    const names = {
      ...parent.names,
      advisor: sub.name,
      references: parent.names.references.filter((_, index) => sub.cases.includes(index)),
      standsInFor: parent.names.advisor,
    };
    const [given] = await transaction
      .insert(mandate)
      .values({
        ...{ id, client, firm, caseIds, actions, months, textHash, language, clientSignedAt, validUntil },
        advisor: sub.advisor,
        offeredBy: 'advisor',
        parent: parentId,
        maySub: false,
        state: 'active',
        names: sealNames(id, names),
        offeredAt: NOW,
        answerBefore: NOW,
        validFrom: NOW,
        advisorSignedAt: NOW,
      })
      .returning(COLUMNS);
    return given ? read(given) : null;
  });
}
