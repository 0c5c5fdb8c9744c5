import { useT } from '~/i18n/use-t';
import type { Loaded } from '~/model/loaded';
import { AgencyWords } from '~/ui/agency-words';
import { Section } from '~/ui/section';
import { Caveat, Trouble } from '~/ui/trouble';
import type { ContactLine } from './own-contacts.server';

/** The reader's calls with the agency: when, what about, and whether the answer stood on a page. */
export function OwnContacts({ contacts }: { readonly contacts: Loaded<ContactLine[]> | null }) {
  const t = useT();
  if (contacts === null) return null;
  return (
    <Section title={t('audit:contacts.title')}>
      <p>{t('audit:contacts.lead')}</p>
      {contacts.state === 'unavailable' ? (
        <Trouble why={contacts.why} />
      ) : (
        <>
          {contacts.state === 'fresh' && contacts.value.length === 0 ? <p>{t('audit:contacts.none')}</p> : null}
          {contacts.value.length === 0 ? null : <ContactList lines={contacts.value} />}
          <Caveat loaded={contacts} time="" />
        </>
      )}
    </Section>
  );
}

function ContactList({ lines }: { readonly lines: readonly ContactLine[] }) {
  return (
    <ul className="plain">
      {lines.map((line) => (
        <li key={line.id}>
          <p>
            <strong>{line.how}</strong> · {line.when}
          </p>
          <p>{line.about ?? <AgencyWords text={line.ownWords} />}</p>
          {line.note ? <p className="soft">{line.note}</p> : null}
        </li>
      ))}
    </ul>
  );
}
