import { type ContactWords, hasContacts, writeContact } from '~/agency/klantinteracties/contact-moments.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { shownOr } from '~/i18n/shown-languages.server';
import { procedureKeys } from '~/model/agency';
import { knownValue, type Loaded } from '~/model/loaded';
import type { OwnCase } from '~/model/rights';
import { now } from '~/platform/clock.server';
import { alarm } from '~/platform/log.server';
import { contactPerson, referenceHash } from '~/platform/pseudonym.server';
import type { NotedCall } from '~/store/call-reason.server';
import {
  claimContact,
  deleteContact,
  parkContact,
  postponeContact,
  type WaitingContact,
} from '~/store/contact-moment.server';
import { noteCaseOfLook, type ViewGrant } from '~/store/view-grant.server';

/** After this many attempts over some hours a call is parked. */
const MOST_ATTEMPTS = 20;
/** The next round goes on with what is left. */
const MOST_A_ROUND = 100;

/**
 * What the register of contacts learns of a call: nothing, unless the caller proved who they are by a code. An employee who
 * looked after a call-back or in an emergency had no verified caller.
 */
export function notedCall({ id, method, activeAt, owner, aboutCase, language, locatedAt }: ViewGrant): NotedCall {
  const isVerified = method === 'code' && activeAt !== null;
  if (!hasContacts() || !isVerified) return { look: id, notedAt: now(), contact: null };
  const contact = { person: contactPerson(owner), caseId: aboutCase, language: shownOr(language), at: locatedAt };
  return { look: id, notedAt: now(), contact };
}

/** Notes which of the caller's cases the call is about: the one whose reference they named. */
export async function noteCaseOf(grant: ViewGrant, cases: Loaded<OwnCase[]>): Promise<void> {
  if (grant.referenceHash === null || grant.aboutCase !== null) return;
  const named = (knownValue(cases) ?? []).find(({ reference }) => referenceHash(reference) === grant.referenceHash);
  if (named) await noteCaseOfLook(grant.id, named.id);
}

/** Writes the calls that wait to the agency's register of contacts, each once. What is not taken stays for later. */
export async function writeContacts(signal: AbortSignal): Promise<void> {
  for (let count = 0; count < MOST_A_ROUND; count += 1) {
    signal.throwIfAborted();
    const moment = await claimContact(now());
    if (!moment) return;
    await writeOne(moment);
  }
}

async function writeOne(moment: WaitingContact): Promise<void> {
  const written = await writeContact(moment, wordsOf(moment));
  if (written === 'written') return deleteContact(moment.id);
  if (written === 'later' && moment.attempts < MOST_ATTEMPTS) return postponeContact(moment, now());
  alarm('contact-given-up', { count: moment.attempts });
  return parkContact(moment.id);
}

/** What colleagues read in the register: the agency's own words for the codes. Employees type none. */
function wordsOf({ reason, page, answered, procedure }: WaitingContact): ContactWords {
  const t = translatorOf(config().AGENCY_DIR.ownLanguage);
  const isKnown = procedure !== null && procedureKeys(config().AGENCY_DIR).includes(procedure);
  return {
    subject: t(`helpdesk:purpose.${reason}`),
    content: [
      `${t('helpdesk:reason.page')} ${t(`helpdesk:page.${page}`)}`,
      `${t('helpdesk:reason.answered')} ${t(`helpdesk:reason.${answered}`)}`,
      ...(isKnown ? [`${t('helpdesk:insight.procedure')}: ${t(`case:procedure.${procedure}`)}`] : []),
    ].join('\n'),
  };
}
