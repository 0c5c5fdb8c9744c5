import { z } from 'zod';
import type { SignedIn } from '~/identity/openid.server';
import type { Professional } from '~/identity/session.server';
import { SUB_MANDATE_DURATIONS } from '~/model/mandate';
import { ungrouped } from '~/model/typed-text';
import { alarm, errorName } from '~/platform/log.server';
import { actorPseudonym, colleagueHash } from '~/platform/pseudonym.server';
import { findColleague, forgetColleague, keepColleague } from '~/store/colleague.server';
import { type Mandate, readMandate } from '~/store/mandate.server';
import { giveSub } from '~/store/sub-mandate.server';
import { auditTransition } from './audit-transition.server';
import { clientView, type MandateView } from './client.server';

/**
 * Notes to which office an advisor belongs, or that they belong to none any more: sessions from before see through it no
 * longer either. A failure must not block the sign-in.
 */
export async function noteColleague({ id, name, role, office, advisorNumber }: SignedIn): Promise<void> {
  if (role !== 'advisor') return;
  const advisor = actorPseudonym(id);
  const numberHash = office && advisorNumber ? colleagueHash(office, ungrouped(advisorNumber)) : null;
  const noted = office ? keepColleague({ numberHash, advisor, firm: office, name }) : forgetColleague(advisor);
  await noted.catch((error: unknown) => alarm('colleague-not-noted', { error: errorName(error) }));
}

/** The advisor's own mandate under which they may let a colleague stand in now, or null. */
export async function mandateToShare(advisor: Professional, id: string): Promise<MandateView | null> {
  const pseudonym = actorPseudonym(advisor.actor.id);
  const mandate = await readMandate(id, { advisor: pseudonym, firm: null });
  if (!mandate || mandate.advisor !== pseudonym || !mayShare(mandate)) return null;
  return { ...clientView(mandate, advisor.language), who: mandate.names.client };
}

export const mayShare = ({ state, maySub, parent }: Pick<Mandate, 'state' | 'maySub' | 'parent'>): boolean =>
  state === 'active' && maySub && parent === null;

const wishSchema = z.object({
  number: z.string().transform(ungrouped),
  lasts: z.enum(SUB_MANDATE_DURATIONS),
  cases: z.array(z.coerce.number().int().min(0)).min(1),
});

/**
 * `wrong`: no such colleague in the office. `no-case`: none was ticked. `gone`: the mandate does not allow it (any
 * more).
 */
export async function letStandIn(
  advisor: Professional,
  id: string,
  form: FormData,
): Promise<'done' | 'wrong' | 'no-case' | 'gone'> {
  const wish = wishSchema.safeParse({
    number: form.get('number') ?? '',
    lasts: form.get('lasts'),
    cases: form.getAll('case'),
  });
  const { office } = advisor;
  if (form.getAll('case').length === 0) return 'no-case';
  if (!wish.success || !office) return 'wrong';
  const pseudonym = actorPseudonym(advisor.actor.id);
  const colleague = await findColleague(colleagueHash(office, wish.data.number));
  if (!colleague || colleague.firm !== office || colleague.advisor === pseudonym) return 'wrong';
  const { lasts, cases } = wish.data;
  const wished = { advisor: colleague.advisor, name: colleague.name, cases, lasts };
  // Without its audit entry it does not hold.
  const given = await giveSub(id, pseudonym, wished, (transaction, { client: onBehalfOf, ...transition }) => {
    const entry = { onBehalfOf, ground: 'mandate', actorUnit: office } as const;
    return auditTransition(advisor.actor, 'give-sub-mandate', transition, entry, transaction);
  });
  if (!given) return 'gone';
  return 'done';
}
