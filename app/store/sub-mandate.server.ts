import { randomUUID } from 'node:crypto';
import { and, eq, ne, sql } from 'drizzle-orm';
import { config } from '~/config/config.server';
import { isWithinParent, type SubMandateDuration, subMandateUntil } from '~/model/mandate';
import { isUuid } from './columns.server';
import { mayBegin, oneAtATime } from './mandate-replace.server';
import { COLUMNS, NOW, read, sealNames } from './mandate-row.server';
import type { MandateTransition, Witness } from './mandate-transition.server';
import { mandate } from './schema/mandate.server';
import { db } from './store.server';

export interface NewSub {
  /** Pseudonym of the colleague, and the name shown to the client. */
  readonly advisor: string;
  readonly name: string;
  /** Positions of the cases in the advisor's own mandate. */
  readonly cases: readonly number[];
  readonly lasts: SubMandateDuration;
}

/**
 * Gives a colleague access under an advisor's own mandate, at once: the client has allowed it beforehand. The advisor's
 * row is locked meanwhile, so it can't end unseen. An earlier sub-mandate of the colleague is superseded. Null when not
 * allowed, or the agency blocked the colleague.
 */
export async function giveSub(
  parentId: string,
  advisor: string,
  sub: NewSub,
  witness?: Witness,
): Promise<MandateTransition | null> {
  if (!isUuid(parentId) || sub.advisor === advisor) return null;
  return db().transaction(async (transaction) => {
    await oneAtATime(transaction);
    const [row] = await transaction
      .select(COLUMNS)
      .from(mandate)
      .where(and(eq(mandate.id, parentId), eq(mandate.advisor, advisor)))
      .for('update');
    const parent = row && read(row);
    if (!row || !parent?.validUntil || parent.state !== 'active') return null;
    const validUntil = subMandateUntil(sub.lasts, parent.validUntil, row.databaseNow, config().AGENCY_ZONE);
    const caseIds = parent.caseIds.filter((_, index) => sub.cases.includes(index));
    const { actions, maySub } = parent;
    const limits = { caseIds: parent.caseIds, actions, validUntil: parent.validUntil, maySub };
    if (!isWithinParent({ caseIds, actions, validUntil }, { ...limits, isSub: parent.parent !== null })) return null;
    const { client, firm, months, textHash, language, clientSignedAt } = parent;
    if (!(await mayBegin(transaction, { client, advisor: sub.advisor, caseIds }))) return null;
    const id = randomUUID();
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
    if (!given) return null;
    const older = await transaction
      .update(mandate)
      .set({ state: 'superseded', successor: id, version: sql`${mandate.version} + 1`, endedAt: NOW })
      .where(
        and(
          eq(mandate.parent, parentId),
          eq(mandate.advisor, sub.advisor),
          eq(mandate.state, 'active'),
          sql`${mandate.validUntil} > now()`,
          ne(mandate.id, id),
        ),
      )
      .returning({ id: mandate.id, version: mandate.version });
    const transition = { ...read(given), withIt: [], replaced: older.map((each) => ({ ...each, wholly: true })) };
    await witness?.(transaction, transition);
    return transition;
  });
}
