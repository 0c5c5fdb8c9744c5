import { useWords } from '~/i18n/use-t';
import { LinkLine } from '~/ui/buttons';
import { Notice } from '~/ui/notice';
import type { EndedNoteView } from './right-ended.server';

interface EndedNotesProps {
  readonly notes: readonly EndedNoteView[];
  /** Whether the reader is the person themselves, who can go where the mandates are. */
  readonly ownPage?: boolean;
}

/** Says what the portal stopped for the person, and why. */
export function EndedNotes({ notes, ownPage = false }: EndedNotesProps) {
  const { language, t } = useWords();
  return notes.map(({ what, why }) => (
    <Notice key={`${what} ${why}`} tone="plain" title={t(`appointment:ended.${what}`)}>
      <p>{t(`appointment:ended.why.${why}`)}</p>
      {what === 'mandate' && ownPage ? <LinkLine href={`/${language}/mandates`} label={t('mandate:title')} /> : null}
    </Notice>
  ));
}
