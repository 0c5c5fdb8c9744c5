import type { Translate } from '~/i18n/keys';

/** Dates in words, null where not known. */
interface Ends {
  readonly made: string | null;
  readonly closedOn: string | null;
}

/** When it was decided, or at least when the case was closed; null when neither is known. */
export function decidedOn(t: Translate, { made, closedOn }: Ends): string | null {
  if (made) return t('case:answer.made', { date: made });
  return closedOn ? t('case:answer.closedOn', { date: closedOn }) : null;
}
