import { useT } from '~/i18n/use-t';

export const STAFF_REASONS = ['new-law', 'decision-stop', 'other'] as const;
export type StaffReason = (typeof STAFF_REASONS)[number];

/** The reason in words, public; nothing without one. */
export function SwitchReason({ reason }: { readonly reason: StaffReason | null }) {
  const t = useT();
  return reason === null ? null : <p>{t(`case:wait.switched.${reason}`)}</p>;
}
