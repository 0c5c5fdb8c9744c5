import { useWords } from '~/i18n/use-t';
import { LinkButton, LinkLine, Submit } from '~/ui/buttons';
import { Notice } from '~/ui/notice';

interface MessagesNoteProps {
  readonly note: 'ask' | 'bounced' | null;
}

/** Asks once whether the person wants messages ("not now" asks no more), or tells that they came back. */
export function MessagesNote({ note }: MessagesNoteProps) {
  const { language, t } = useWords();
  const page = `/${language}/messages`;
  if (note === null) return null;
  if (note === 'bounced')
    return (
      <Notice tone="bad" text={t('message:bounced')}>
        <LinkLine href={page} label={t('message:title')} />
      </Notice>
    );
  return (
    <Notice tone="plain" title={t('message:ask.title')}>
      <form method="post" className="buttons" action={page}>
        <LinkButton href={page} label={t('message:ask.yes')} />
        <Submit name="do" value="skip" label={t('message:ask.no')} quiet />
      </form>
    </Notice>
  );
}
