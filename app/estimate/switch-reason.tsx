import { useT } from '~/i18n/use-t';

/** Why staff has marked or withdrawn the range of a procedure. */
export const STAFF_REASONS = ['new-law', 'decision-stop', 'other'] as const;
export type StaffReason = (typeof STAFF_REASONS)[number];

/** The reason in words, for everybody who sees the procedure's wait; nothing where there is none. */
export function SwitchReason({ reason }: { readonly reason: StaffReason | null }) {
  const t = useT();
  return reason === null ? null : <p>{t(`case:wait.switched.${reason}`)}</p>;
}
