import { z } from 'zod';
import { record } from '~/audit/record.server';
import type { Professional } from '~/identity/session.server';
import { isLanguage } from '~/model/language';
import { DEFAULT_MONTHS, MANDATE_ACTIONS } from '~/model/mandate';
import { spokenDigits } from '~/model/view-as';
import { type Mandate, mandatesOf, moveMandate, offerMandate } from '~/store/mandate.server';
import { unseal } from '~/store/seal.server';
import { findByReferenceHash, verifyCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { clientView, mandateSubjectSchema, recordMove, termsHash } from './client.server';
import { mayShare } from './colleague.server';
import type { AdvisorMandateView } from './mandate-view';
import { advisorPseudonym, referenceHash } from './names.server';

const whose = ({ actor, office }: Professional) => ({ advisor: advisorPseudonym(actor.id), firm: office });

/** The advisor's mandates. Why one ended is the client's business: all ends look the same. */
export async function advisorMandates(advisor: Professional): Promise<AdvisorMandateView[]> {
  const mandates = await mandatesOf(whose(advisor));
  const mine = advisorPseudonym(advisor.actor.id);
  const isGiven = ({ parent, advisor: other }: Mandate) => parent !== null && other !== mine;
  return mandates
    .filter((mandate) => !isGiven(mandate))
    .map((mandate) => {
      const view = clientView(mandate, advisor.language);
      const given = mandates.filter((each) => isGiven(each) && each.parent === mandate.id && each.state === 'active');
      const known = mandate.state === 'active' || mandate.validFrom !== null || mandate.state === 'pending-advisor';
      return {
        ...view,
        mayShare: mayShare(mandate),
        given: given.map((each) => clientView(each, advisor.language)),
        // Before the client said yes his name is not the advisor's to read.
        who: known ? mandate.names.client : '',
        state: ['declined', 'revoked-client', 'ended-law', 'superseded'].includes(view.state) ? 'expired' : view.state,
      };
    });
}

/**
 * Offers a mandate to whoever gave the advisor a code. A wrong code, a foreign reference and one that does not exist are
 * answered the same.
 */
export async function offerToClient(advisor: Professional, form: FormData): Promise<'done' | 'wrong' | 'too-often'> {
  const reference = String(form.get('reference') ?? '');
  const digits = spokenDigits(String(form.get('code') ?? ''));
  const pseudonym = advisorPseudonym(advisor.actor.id);
  const found = await findByReferenceHash('mandate', referenceHash(reference));
  const verified = await verifyCode(found?.id ?? '', pseudonym, digits ?? '');
  if (!verified.ok) {
    await record(advisor.actor, { action: 'verify-code', objectType: 'code', result: 'denied', reason: verified.why });
    return verified.why;
  }
  const { code } = verified;
  const opened = code.subject && unseal(code.subject, `code ${code.id}`, sealingKeys());
  const subject = mandateSubjectSchema.safeParse(opened ? JSON.parse(opened) : null);
  const chosen = subject.data?.cases.filter((each) => referenceHash(each.reference) === referenceHash(reference)) ?? [];
  if (!subject.success || chosen.length === 0) return 'wrong';
  const language = isLanguage(code.language) ? code.language : 'nl';
  const offered = await offerMandate({
    client: subject.data.client,
    advisor: pseudonym,
    firm: advisor.office ?? '',
    caseIds: chosen.map(({ id }) => id),
    actions: MANDATE_ACTIONS,
    offeredBy: 'advisor',
    maySub: false,
    months: z.coerce.number().int().min(1).max(12).catch(DEFAULT_MONTHS).parse(form.get('months')),
    textHash: termsHash(language, false),
    language,
    names: {
      client: subject.data.name,
      advisor: advisor.actor.name,
      firm: advisor.office ?? '',
      references: chosen.map((each) => each.reference),
    },
  });
  await record(advisor.actor, {
    action: 'offer-mandate',
    objectType: 'mandate',
    objectRef: offered.id,
    grantId: offered.id,
    actorUnit: advisor.office,
    actorAssurance: advisor.assurance,
  });
  return 'done';
}

/** The advisor says yes to a client's offer to his office, or no, or gives a mandate back. */
export async function answerAsAdvisor(advisor: Professional, id: string, answer: string): Promise<boolean> {
  const signer = {
    advisor: advisorPseudonym(advisor.actor.id),
    textHash: (maySub: boolean) => termsHash(advisor.language, maySub),
    names: <N extends object>(names: N) => ({ ...names, advisor: advisor.actor.name }),
  };
  const moved =
    answer === 'yes'
      ? await moveMandate(id, whose(advisor), { do: 'accept', by: 'advisor' }, signer)
      : answer === 'no'
        ? await moveMandate(id, whose(advisor), { do: 'decline', by: 'advisor' })
        : answer === 'withdraw'
          ? await moveMandate(id, whose(advisor), { do: 'withdraw' })
          : null;
  if (!moved) return false;
  const action = answer === 'yes' ? 'accept-mandate' : answer === 'no' ? 'decline-mandate' : 'withdraw-mandate';
  await recordMove(advisor.actor, action, moved);
  return true;
}
