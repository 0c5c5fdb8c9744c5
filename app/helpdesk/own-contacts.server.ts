import { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { contactsOf, hasContacts, type OwnContact } from '~/agency/klantinteracties/contact-moments.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { momentWords } from '~/platform/moment-words.server';

/** How long a page waits for the register, in milliseconds. */
const BUDGET = 2_000;

/** A person's contacts with the agency, for the page of who looked; null where the agency has no register of them. */
export async function ownContacts(viewer: Viewer): Promise<Loaded<ContactLine[]> | null> {
  if (!hasContacts()) return null;
  const contacts = await within(BUDGET, () => contactsOf(viewer));
  return mapLoaded(contacts, (all) => all.map((contact) => lineOf(contact, viewer.language)));
}

export type ContactLine = ReturnType<typeof lineOf>;

function lineOf({ uuid, plaatsgevondenOp, isByPhone, metadata, onderwerp }: OwnContact, language: Language) {
  const t = translatorOf(language);
  return {
    id: uuid,
    when: momentWords(Temporal.Instant.from(plaatsgevondenOp), language),
    how: t(isByPhone ? 'audit:contacts.phone' : 'audit:contacts.other'),
    /** Null: the register keeps no codes of ours, and its own words are shown. */
    about: metadata?.reden ? t(`helpdesk:purpose.${metadata.reden}`) : null,
    ownWords: onderwerp,
    note: noteOf(metadata, language),
  };
}

function noteOf(metadata: OwnContact['metadata'], language: Language): string | null {
  const t = translatorOf(language);
  const { antwoordOpPagina: answered = null, pagina: page = null } = metadata ?? {};
  if (answered === 'no') return t('audit:contacts.notOnPage');
  if (answered === null || page === null || page === 'none') return null;
  return t('audit:contacts.onPage', { page: t(`helpdesk:page.${page}`) });
}
