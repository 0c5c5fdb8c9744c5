import { z } from 'zod';
import { qrOf } from '~/appointment/booking/qr.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { shownOr } from '~/i18n/shown-languages.server';
import type { Professional } from '~/identity/session.server';
import { actionsOf, DEFAULT_MONTHS, type OwnEvent, scopeOf } from '~/model/mandate';
import { spokenDigits } from '~/model/view-as';
import { actorPseudonym, referenceHash } from '~/platform/pseudonym.server';
import { isKeptFromBeginning, type Mandate, mandatesOf, offerMandate, transitionMandate } from '~/store/mandate.server';
import { unseal } from '~/store/seal.server';
import { findByReferenceHash, verifyCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { auditTransition } from './audit-transition.server';
import { clientView, mandateSubjectSchema, termsHash } from './client.server';
import { mayShare } from './colleague.server';
import { offerAct, type TransitionAction } from './mandate-acts.server';

const whose = ({ actor, office }: Professional) => ({ advisor: actorPseudonym(actor.id), firm: office });

/** The advisor's mandates. Why one ended is the client's business: all ends look the same. */
export async function advisorMandates(advisor: Professional) {
  const mandates = await mandatesOf(whose(advisor));
  const mine = actorPseudonym(advisor.actor.id);
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
        // The advisor may not read the client's name before the client accepts.
        who: known ? mandate.names.client : '',
        state: ['declined', 'revoked-client', 'ended-law', 'superseded'].includes(view.state) ? 'expired' : view.state,
      };
    });
}

export type AdvisorMandateView = Awaited<ReturnType<typeof advisorMandates>>[number];

/**
 * Offers a mandate to the client who gave the advisor a code. A wrong code, a foreign reference and a missing one get
 * the same answer. `stopped`: the agency blocks this advisor.
 */
export async function offerToClient(
  advisor: Professional,
  form: FormData,
): Promise<'done' | 'wrong' | 'too-often' | 'stopped'> {
  const reference = String(form.get('reference') ?? '');
  const digits = spokenDigits(String(form.get('code') ?? ''));
  const pseudonym = actorPseudonym(advisor.actor.id);
  if (await isKeptFromBeginning(pseudonym)) return 'stopped';
  const found = await findByReferenceHash('mandate', referenceHash(reference));
  // A slip of the fingers is no guess: it counts neither against the code nor against the advisor.
  if (digits === null) return 'wrong';
  const verified = await verifyCode(found?.id ?? '', pseudonym, digits, advisor.office);
  if (!verified.ok) {
    await addAuditEntry(advisor.actor, {
      action: 'verify-code',
      objectType: 'code',
      result: 'denied',
      reason: verified.why,
    });
    return verified.why;
  }
  const { code } = verified;
  const opened = code.subject && unseal(code.subject, `code ${code.id}`, sealingKeys());
  const subject = mandateSubjectSchema.safeParse(opened ? JSON.parse(opened) : null);
  const chosen = subject.data?.cases.filter((each) => referenceHash(each.reference) === referenceHash(reference)) ?? [];
  if (!subject.success || chosen.length === 0) return 'wrong';
  const language = shownOr(code.language);
  await offerMandate(
    {
      client: subject.data.client,
      advisor: pseudonym,
      firm: advisor.office ?? '',
      caseIds: chosen.map(({ id }) => id),
      actions: actionsOf('look'),
      offeredBy: 'advisor',
      maySub: false,
      months: z.coerce.number().int().min(1).max(12).catch(DEFAULT_MONTHS).parse(form.get('months')),
      textHash: termsHash(language, LEAST),
      language,
      names: {
        client: subject.data.name,
        advisor: advisor.actor.name,
        firm: advisor.office ?? '',
        references: chosen.map((each) => each.reference),
      },
    },
    (offered, within) => addAuditEntry(advisor.actor, { ...offerAct(offered), actorUnit: advisor.office }, within),
  );
  return 'done';
}

/** Where a client asks this office, with its number filled in, as an address and a QR code; null without an office. */
export function linkForClients({ office, language }: Professional) {
  if (!office || !/^\d{9}$/.test(office)) return null;
  const address = `${config().ORIGIN}/${language}/mandates?office=${office}`;
  return { address, qr: qrOf(address) };
}

export type ClientLinkView = NonNullable<ReturnType<typeof linkForClients>>;

/** What an offer grants until the client chooses more. */
const LEAST = { scope: 'look', maySub: false, office: 'none' } as const;

/**
 * Asks a client, under an active mandate, to let the advisor arrange visits too: an offer for the same cases, which takes
 * the mandate's place once the client accepts it. False when the mandate is not the advisor's own, or one waits already.
 */
export async function askToArrange(advisor: Professional, id: string): Promise<boolean> {
  const pseudonym = actorPseudonym(advisor.actor.id);
  const all = await mandatesOf({ advisor: pseudonym, firm: null });
  const own = all.find((mandate) => mandate.id === id && mandate.advisor === pseudonym && mandate.parent === null);
  if (own?.state !== 'active' || all.some((mandate) => asksAbout(mandate, own))) return false;
  if (await isKeptFromBeginning(pseudonym)) return false;
  const { client, firm, caseIds, months, names } = own;
  const language = shownOr(own.language);
  await offerMandate(
    {
      ...{ client, advisor: pseudonym, firm, caseIds, months, names, language },
      actions: actionsOf('arrange'),
      offeredBy: 'advisor',
      maySub: false,
      textHash: termsHash(language, { ...LEAST, scope: 'arrange' }),
    },
    (offered, within) => addAuditEntry(advisor.actor, { ...offerAct(offered), actorUnit: advisor.office }, within),
  );
  return true;
}

/** Whether an advisor waits for the answer of the same client about the same cases. */
export async function waitsForAnswer(
  advisor: Professional,
  own: Pick<Mandate, 'client' | 'caseIds'>,
): Promise<boolean> {
  const all = await mandatesOf({ advisor: actorPseudonym(advisor.actor.id), firm: null });
  return all.some((mandate) => asksAbout(mandate, own));
}

const asksAbout = ({ state, client, caseIds }: Mandate, own: Pick<Mandate, 'client' | 'caseIds'>): boolean =>
  state === 'pending-client' && client === own.client && caseIds.some((id) => own.caseIds.includes(id));

/**
 * The advisor accepts or refuses a client's request to their office, or gives a mandate back. The audit entry holds the
 * text that the advisor read; the row keeps the one that the client was shown.
 */
export async function answerAsAdvisor(advisor: Professional, id: string, answer: string): Promise<boolean> {
  const { actor, office: actorUnit, language } = advisor;
  if (answer === 'yes') {
    const signer = {
      advisor: actorPseudonym(actor.id),
      names: <N extends object>(names: N) => ({ ...names, advisor: actor.name }),
    };
    const accepted = await transitionMandate(
      id,
      whose(advisor),
      { do: 'accept', by: 'advisor' },
      signer,
      (transaction, transition) => {
        const { maySub, actions, office } = transition;
        const viewHash = termsHash(language, { maySub, office, scope: scopeOf(actions) });
        const entry = { actorUnit, language, viewHash };
        return auditTransition(actor, 'accept-mandate', transition, entry, transaction);
      },
    );
    return accepted !== null;
  }
  const step = ANSWERS[answer];
  const transition = step ? await transitionMandate(id, whose(advisor), step.event) : null;
  if (step && transition) await auditTransition(actor, step.action, transition, { actorUnit });
  return transition !== null;
}

const ANSWERS: Readonly<Record<string, { readonly event: OwnEvent; readonly action: TransitionAction }>> = {
  no: { event: { do: 'decline', by: 'advisor' }, action: 'decline-mandate' },
  withdraw: { event: { do: 'withdraw' }, action: 'withdraw-mandate' },
};
