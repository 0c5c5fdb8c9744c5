import type { Act } from '~/audit/act';
import type { Mandate } from '~/store/mandate.server';
import type { MandateTransition } from '~/store/mandate-transition.server';

export type TransitionAction =
  | 'accept-mandate'
  | 'change-mandate'
  | 'decline-mandate'
  | 'revoke-mandate'
  | 'withdraw-mandate'
  | 'take-up-mandate'
  | 'give-sub-mandate'
  | 'suspend-mandate'
  | 'resume-mandate'
  | 'end-mandate-by-law';

export type MandateChange = Pick<MandateTransition, 'id' | 'version' | 'withIt' | 'replaced'>;

/**
 * The audit events of a transition: of the mandate, of each sub-mandate that ended with it, and of each older one that
 * it replaces.
 */
export function actsOf(
  action: TransitionAction,
  { id, version, withIt, replaced }: MandateChange,
  entry: Partial<Act> = {},
): Act[] {
  const of = (each: string) => ({ objectType: 'mandate', objectRef: each, grantId: each }) as const;
  return [
    { ...entry, action, ...of(id), grantVersion: version },
    ...withIt.map((each) => ({ ...entry, action, ...of(each) })),
    ...replaced.map((each) => ({
      action: 'supersede-mandate' as const,
      ...of(each.id),
      grantVersion: each.version,
      reason: each.wholly ? `by ${id}` : `in part by ${id}`,
    })),
  ];
}

/** The audit entry of a new offer, with the text that the offering side was shown. */
export const offerAct = ({ id, version, language, textHash }: Mandate) =>
  ({
    action: 'offer-mandate',
    objectType: 'mandate',
    objectRef: id,
    grantId: id,
    grantVersion: version,
    language,
    viewHash: textHash,
  }) as const;
