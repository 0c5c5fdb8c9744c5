import { useT } from '~/i18n/use-t';
import { Submit } from '~/ui/buttons';
import { Field, TextArea } from '~/ui/field';
import { FormOwner } from '~/ui/form-owner';
import { Section } from '~/ui/section';
import type { OwnFileView } from './own-file.server';

/** What the office keeps for itself of a client's case. */
export function OwnFile({ file, keptFor }: { readonly file: OwnFileView; readonly keptFor: string }) {
  const t = useT();
  return (
    <Section title={t('mandate:ownFile.title')} folded>
      <p className="soft">{t('mandate:ownFile.private', { time: keptFor })}</p>
      <form method="post">
        <FormOwner />
        <Field
          name="reference"
          label={t('mandate:ownFile.reference')}
          value={file.reference}
          maxLength={40}
          autoComplete="off"
        />
        <Submit name="do" value="reference" label={t('mandate:ownFile.save')} quiet />
      </form>
      <form method="post">
        <FormOwner />
        <Field type="date" name="received" label={t('mandate:ownFile.received')} value={file.received} />
        <Submit name="do" value="received" label={t('mandate:ownFile.saveDate')} quiet />
      </form>
      {file.notes.length > 0 ? (
        <ul>
          {file.notes.map(({ id, text, writer, when }) => (
            <li key={id}>
              <p translate="no">
                <bdi>{text}</bdi>
              </p>
              <form method="post" className="buttons">
                <FormOwner />
                <span className="soft">
                  {when} · <bdi translate="no">{writer}</bdi>
                </span>
                <input type="hidden" name="id" value={id} />
                <Submit name="do" value="delete-note" label={t('mandate:ownFile.delete')} quiet />
              </form>
            </li>
          ))}
        </ul>
      ) : null}
      <form method="post">
        <FormOwner />
        <TextArea name="note" label={t('mandate:ownFile.note')} value="" minLength={1} maxLength={1_000} />
        <Submit name="do" value="note" label={t('mandate:ownFile.add')} quiet />
      </form>
    </Section>
  );
}
