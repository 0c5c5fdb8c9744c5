import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Session } from '~/identity/session.server';
import type { Language } from '~/model/language';
import { isAllowed, policyRolesOf, RULES } from '~/model/policy';
import { actorPseudonym, ownerOfPerson } from '~/platform/pseudonym.server';
import { openGrantBy, openGrantOn } from '~/store/view-grant.server';
import { requestsWaiting } from './second-person.server';

/** What the frame of a page says of a call: to a caller who looks, to an employee that their call still runs. */
export type OpenCall =
  | { readonly kind: 'caller'; readonly agentNumber: number | null; readonly until: string }
  | {
      readonly kind: 'employee';
      readonly running: { readonly id: string; readonly callId: string; readonly until: string } | null;
      /** How many requests of colleagues wait for the employee. */
      readonly waiting: number;
    };

/**
 * The call of whom the page is for; null without one. A caller's page asks the store only after they made a code or while
 * somebody looks, which the session's own row tells.
 */
export async function openCallOf({ signedIn, mayBeInCall }: Session, language: Language): Promise<OpenCall | null> {
  const clock = (at: { toString(): string }) => formatsOf(language).clock(at.toString(), config().AGENCY_ZONE);
  if (signedIn.role === 'staff') {
    const mayAnswer = isAllowed(RULES, policyRolesOf(signedIn), { resource: 'second-person', action: 'write' });
    const [grant, waiting] = await Promise.all([
      openGrantBy(actorPseudonym(signedIn.id)),
      mayAnswer ? requestsWaiting({ actor: signedIn }) : 0,
    ]);
    const running = grant && { id: grant.id, callId: grant.callId, until: clock(grant.expiresAt) };
    return running || waiting > 0 ? { kind: 'employee', running, waiting } : null;
  }
  if (!mayBeInCall || !signedIn.person || signedIn.represented) return null;
  const grant = await openGrantOn(ownerOfPerson(signedIn.person));
  if (grant?.state !== 'active') return { kind: 'caller', agentNumber: null, until: '' };
  return { kind: 'caller', agentNumber: grant.agentNumber, until: clock(grant.expiresAt) };
}
