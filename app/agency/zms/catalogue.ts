import type { ZmsSettings } from '~/config/planners.server';
import type { Desk, DeskAsks, OwnField, Place } from '~/model/appointment';
import { notesFrom } from '~/model/desk-access';
import { onceEach } from '../field-values.server';
import type { Catalogue, Contact, Office } from './schema.server';

/** A service at an office, as far as a search needs it. */
export interface Offer {
  readonly office: Office;
  readonly desk: Desk;
  readonly minutes: number;
  /** The largest party of the service; null = unknown. */
  readonly maxQuantity: number | null;
}

export interface Offers {
  readonly offers: readonly Offer[];
  /** Whether offices may be missing because their rows can't be read. */
  readonly gap: boolean;
}

/** The language of an office's texts, how the field for the V-number is called, and what offices ask that do not tell. */
type Texts = Pick<ZmsSettings, 'language' | 'vNumberLabels' | 'asks'>;

/**
 * The offices where the public may book one service, in the catalogue's order. Leaves out an office that requires an
 * answer to a question without words.
 */
export function offersOf({ offices, services, relations }: Catalogue, serviceId: string, settings: Texts): Offers {
  const service = services.rows.find(({ id }) => id === serviceId);
  const wanted = relations.rows.filter((each) => each.serviceId === serviceId && each.public !== false);
  const offers = wanted.flatMap((relation) => {
    const office = offices.rows.find(({ id }) => id === relation.officeId);
    const asks = office && asksOf(office, settings);
    if (!office || !asks) return [];
    const minutes = (relation.slots ?? 1) * (office.slotTimeInMinutes ?? 10);
    return [
      {
        office,
        desk: { ...deskOf(office, settings.language), asks },
        minutes,
        maxQuantity: relation.maxQuantity ?? service?.maxQuantity ?? null,
      },
    ];
  });
  const isUnknown = (id: string) => !offices.rows.some((office) => office.id === id);
  return {
    offers: onceEach(offers, ({ office }) => office.id),
    gap: relations.unreadable > 0 || (offices.unreadable > 0 && wanted.some(({ officeId }) => isUnknown(officeId))),
  };
}

function deskOf(office: Office, language: string): Desk {
  const { id: key, name, scope } = office;
  const place = placeOf(office);
  const notes = notesFrom([scope?.hint, scope?.infoForAppointment], language);
  return { key, name, ...(place ? { place } : {}), ...(notes ? { notes } : {}) };
}

const placeOf = ({ address, scope }: Office): Place | null =>
  placeAt(address?.street, address?.house_number, address?.postal_code, address?.city) ??
  contactPlace(scope?.provider?.contact);

/** The address of an office's provider, where newer installations have it. */
export const contactPlace = (contact: Contact | null | undefined): Place | null =>
  placeAt(contact?.street, contact?.streetNumber, contact?.postalCode, contact?.city);

type Text = string | null | undefined;

function placeAt(street: Text, number: Text, postcode: Text, city: Text): Place | null {
  if (!street || !city) return null;
  return { street: [street, number].filter(Boolean).join(' '), postcode: postcode ?? '', city };
}

/** The longest answer that the API takes. */
const LONGEST_ANSWER = 250;

/** What the office wants to know, or null when it requires an answer to a question without words. */
function asksOf({ scope }: Office, { language, vNumberLabels, asks: set }: Texts): DeskAsks | null {
  const own: OwnField[] = [];
  for (const { name, label, required } of ownFieldsOf(scope)) {
    if (!required || isForVNumber(label, vNumberLabels)) continue;
    if (label === null) return null;
    own.push({ name, label: { text: label, lang: language }, maxLength: LONGEST_ANSWER });
  }
  const email = scope?.emailRequired === true ? 'required' : (set.email ?? 'optional');
  const phone = scope?.telephoneRequired === true ? 'required' : (set.phone ?? 'optional');
  return { email, phone: scope?.telephoneActivated === false ? 'unused' : phone, own };
}

/** The office's own fields that are in use. */
const ownFieldsOf = (scope: Office['scope']) =>
  [
    {
      name: 'customTextfield',
      used: scope?.customTextfieldActivated,
      required: scope?.customTextfieldRequired === true,
      label: scope?.customTextfieldLabel ?? null,
    },
    {
      name: 'customTextfield2',
      used: scope?.customTextfield2Activated,
      required: scope?.customTextfield2Required === true,
      label: scope?.customTextfield2Label ?? null,
    },
  ].filter(({ used }) => used === true);

/** Words that say nothing of whose number it is, or of what else is asked. */
const NEUTRAL = new Set(
  [
    'de het een uw jouw je mijn vul in hier svp cijfers cijferig verplicht optioneel bijvoorbeeld bijv',
    'the a your my please enter fill in here digits digit required optional for example',
    'der die das ein eine ihr ihre ihrer meine bitte eingeben hier ziffern stellig pflichtfeld pflichtangabe zum beispiel',
    'number nummer nr no',
  ].flatMap((words) => words.split(' ')),
);

const wordsOf = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];

/**
 * Whether a field is for the V-number and nothing else. Any other word may be a "not" or another person, so that such a
 * field is asked in its own words instead.
 */
function isForVNumber(label: string | null, words: readonly string[]): boolean {
  const said = wordsOf(label ?? '').join(' ');
  return words.some((word) => {
    const name = wordsOf(word).join(' ?');
    const rest = said.replace(new RegExp(`(^| )${name}(?= |$)`, 'u'), '');
    return rest !== said && wordsOf(rest).every((other) => NEUTRAL.has(other));
  });
}

/** The answers to the office's own fields: the V-number only where a field is for it. */
export function answersFor(
  scope: Office['scope'],
  { vNumber, answers }: { readonly vNumber: string; readonly answers: Readonly<Record<string, string>> },
  vNumberLabels: readonly string[],
): Readonly<Record<'customTextfield' | 'customTextfield2', string>> {
  const used = ownFieldsOf(scope);
  const answerOf = (name: string) => {
    const field = used.find((each) => each.name === name);
    if (!field) return '';
    return isForVNumber(field.label, vNumberLabels) ? vNumber : (answers[name] ?? '').slice(0, LONGEST_ANSWER);
  };
  return { customTextfield: answerOf('customTextfield'), customTextfield2: answerOf('customTextfield2') };
}
