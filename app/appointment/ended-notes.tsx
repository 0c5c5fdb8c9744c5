import { useT } from '~/i18n/use-t';
import { Notice } from '~/ui/notice';
import type { EndedNoteView } from './right-ended.server';

/** Says that the portal stopped looking for a time for the person, and why. */
export function EndedNotes({ notes }: { readonly notes: readonly EndedNoteView[] }) {
  const t = useT();
  return notes.map(({ what, why }) => (
    <Notice key={`${what} ${why}`} tone="care" title={t(`appointment:ended.${what}`)}>
      <p>{t(`appointment:ended.why.${why}`)}</p>
    </Notice>
  ));
}
