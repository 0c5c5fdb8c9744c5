import { config } from '~/config/config.server';
import type { ContactMoment } from '~/model/contact-moment';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';
import { alarm } from '~/platform/log.server';
import { contactPerson, ownerOf } from '~/platform/pseudonym.server';
import type { Answer, Gate } from '../gate.server';
import { gates } from '../gates.server';
import { asOfNow } from '../shared-answer.server';
import { readPages } from '../zgw/pages.server';
import { languageCode } from './language-code';
import {
  type Contact,
  caseSubject,
  contactsSchema,
  isAbout,
  linkedSchema,
  madeSchema,
  ownName,
  personSubject,
  type Subject,
} from './schema.server';

/** Whether the agency has a register of contacts, to which calls are written. */
export const hasContacts = (): boolean => config().KLANTINTERACTIES_URL !== undefined;

/** What an employee of the agency reads in the register: words of the catalogue, in the agency's own language. */
export interface ContactWords {
  readonly subject: string;
  readonly content: string;
}

/** `refused`: the register will never take it. `later`: no answer, a fault, or a right that is missing. */
export type Written = 'written' | 'refused' | 'later';

/**
 * Writes a contact, with the person and the case that it is about. To be called again until it is `written`: it looks for
 * the contact by its own name first and adds what an earlier attempt left out.
 */
export async function writeContact(moment: ContactMoment, words: ContactWords): Promise<Written> {
  const { contacts: gate } = gates();
  if (!gate) return 'later';
  const name = ownName(moment.id);
  const known = await readAbout(gate, name);
  if (!known.ok || known.missing.length > 0) return 'later';
  const [found] = known.rows.filter((contact) => isAbout(contact, name));
  const made = found ? null : await make(gate, moment, words, name);
  if (made && !made.ok) return fateOf(made);
  const uuid = found?.uuid ?? made?.value.klantcontact.uuid ?? '';
  for (const subject of [
    ...(moment.caseId === null ? [] : [caseSubject(moment.caseId)]),
    // The last: the person sees it only when all is written.
    personSubject(moment.person),
  ]) {
    if (found && isAbout(found, subject)) continue;
    const linked = await gate.ask({
      method: 'POST',
      path: '/onderwerpobjecten',
      headers: authorised(),
      body: { klantcontact: { uuid }, wasKlantcontact: null, onderwerpobjectidentificator: subject },
      schema: linkedSchema,
      by: 'job',
    });
    if (!linked.ok) return fateOf(linked);
  }
  return 'written';
}

const make = (gate: Gate, moment: ContactMoment, words: ContactWords, name: Subject) =>
  gate.ask({
    method: 'POST',
    path: '/maak-klantcontact',
    headers: authorised(),
    body: {
      klantcontact: {
        kanaal: config().KLANTINTERACTIES_CHANNEL,
        onderwerp: words.subject.slice(0, 200),
        inhoud: words.content.slice(0, 1_000),
        indicatieContactGelukt: true,
        taal: languageCode(moment.language),
        vertrouwelijk: true,
        plaatsgevondenOp: moment.at,
        metadata: {
          reden: moment.reason,
          antwoordOpPagina: moment.answered,
          pagina: moment.page,
          ...(moment.procedure === null ? {} : { procedure: moment.procedure }),
        },
      },
      // Nobody is named: the case and the keyed hash lead to the person.
      betrokkene: { rol: 'klant', initiator: true },
      onderwerpobject: { onderwerpobjectidentificator: name },
    },
    schema: madeSchema,
    by: 'job',
  });

/** What the register says of the body is for good; anything else can be mended on its side or in the settings. */
const fateOf = ({ status }: Extract<Answer<unknown>, { ok: false }>): Written =>
  status === 400 || status === 413 || status === 422 ? 'refused' : 'later';

/** A contact as its person may read it. */
export type OwnContact = Pick<Contact, 'uuid' | 'onderwerp' | 'plaatsgevondenOp' | 'metadata'> & {
  readonly isByPhone: boolean;
};

/**
 * A person's contacts with the agency, the newest first. An advisor gets none: what a client said on the phone is no part of
 * a mandate.
 */
export async function contactsOf(viewer: Viewer): Promise<Loaded<OwnContact[]>> {
  const { contacts: gate } = gates();
  if (!gate || viewer.basis === 'mandate') return unavailable('refused');
  const person = personSubject(contactPerson(ownerOf(viewer)));
  const found = await readAbout(gate, person, viewer);
  if (!found.ok) return unavailable(found.why);
  if (found.rows.some((contact) => !isAbout(contact, person))) {
    alarm('subject-mismatch', { backend: 'contacts' });
    return unavailable('foreign');
  }
  const value = found.rows
    .map(({ kanaal, ...contact }) => ({ ...contact, isByPhone: kanaal === config().KLANTINTERACTIES_CHANNEL }))
    .sort((a, b) => Date.parse(b.plaatsgevondenOp) - Date.parse(a.plaatsgevondenOp));
  return found.missing.length > 0
    ? { state: 'partial', value, asOf: asOfNow(), missing: found.missing }
    : fresh(value, asOfNow());
}

/** OpenKlant refuses a search with a field that it does not know, so an answer is about this subject or about none. */
const readAbout = (gate: Gate, { objectId }: Subject, by?: Viewer) =>
  readPages(
    (page) =>
      gate.ask({
        path: `/klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=${encodeURIComponent(objectId)}&expand=gingOverOnderwerpobjecten${page > 1 ? `&page=${page}` : ''}`,
        headers: authorised(),
        schema: contactsSchema,
        ...(by && { by }),
      }),
    ({ uuid }) => uuid,
  );

const authorised = () => ({ authorization: `Token ${config().KLANTINTERACTIES_TOKEN}` });
