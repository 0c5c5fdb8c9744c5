import { createHmac, randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';

/**
 * The fields of backends whose values are kept: words of catalogues, settings of planners, and what a provider says of
 * itself. Every other text and number is replaced. A name counts with the field that holds it, where it has two meanings.
 */
const KEPT = new Set([
  ...['count', 'omschrijving', 'omschrijvingGeneriek', 'betrokkeneType', 'volgnummer', 'isEindstatus', 'doorlooptijd'],
  ...['verlengingstermijn', 'duur', 'indicatie', 'bron', 'naam', 'statustekst', 'vertrouwelijkheidaanduiding'],
  ...['zaaktype.identificatie', 'indicatieInternOfExtern', 'archiefstatus', 'eindpunt', 'status', 'state', 'error'],
  ...['duration', 'maxQuantity', 'slotsPerAppointment', 'officeId', 'serviceId', 'active', 'publicEnabled'],
  ...['customTextfieldActivated', 'customTextfieldRequired', 'customTextfieldLabel', 'telephoneRequired'],
  ...['emailRequired', 'captchaActivatedRequired', 'errorCode', 'meta.error', 'scopes_supported'],
  ...['claims_supported', 'grant_types_supported', 'response_types_supported', 'subject_types_supported'],
  ...['acr_values_supported', 'code_challenge_methods_supported', 'token_endpoint_auth_methods_supported'],
  ...['id_token_signing_alg_values_supported', 'prompt_values_supported', 'ui_locales_supported'],
]);

/** Dates that are needed in their order: all are moved by the same number of days. */
const MOVED = new Set([
  ...['startdatum', 'einddatum', 'einddatumGepland', 'uiterlijkeEinddatumAfdoening', 'datumStatusGezet'],
  ...['beginGeldigheid', 'eindeGeldigheid', 'registratiedatum', 'start', 'end', 'date', 'dates'],
]);

/** Words of addresses that tell nothing of a person. */
const PATH_WORDS =
  /^(api|v\d|zaken|zaaktypen|statussen|statustypen|rollen|roltypen|resultaten|catalogi|_zoek|rest|oidc)$/;

const DAY_MS = 86_400_000;

/**
 * Replaces what an answer says of people, each value by the same other value everywhere, and keeps its form: letters stay
 * letters, digits digits, dates dates, and what has neither (".", "", "-") stays as it is.
 *
 * @param secret differs for each recording, so that two recordings can't be compared
 */
export function createRedaction(secret: Buffer = randomBytes(32)) {
  const bytesOf = (text: string): Buffer => createHmac('sha512', secret).update(text).digest();
  const movedDays = 30 + (bytesOf('days').readUInt16BE() % 900);

  /** @param path names of the fields that hold it, outermost first */
  function redacted(value: unknown, path: readonly string[] = []): unknown {
    if (Array.isArray(value)) return value.map((each) => redacted(each, path));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [nameOf(name), redacted(each, [...path, name])]),
      );
    const [last = '', above = ''] = [path.at(-1), path.at(-2)];
    if (KEPT.has(last) || KEPT.has(`${above}.${last}`)) return typeof value === 'string' ? withoutPeople(value) : value;
    if (typeof value === 'number') return numberFor(value);
    return typeof value === 'string' ? textFor(value, last) : value;
  }

  /** A kept text loses what looks like a number or an address of a person. */
  const withoutPeople = (text: string): string =>
    text.replace(/\S*[@]\S*|\d[\d .-]{5,}\d/g, (found) => shaped(found)).slice(0, 200);

  /** Names of fields are kept, unless they look like values. */
  const nameOf = (name: string): string => (/^[A-Za-z_$][A-Za-z_-]*\d{0,2}$/.test(name) ? name : shaped(name));

  function textFor(text: string, name: string): string {
    if (/^https?:\/\//i.test(text)) return addressFor(text);
    const date = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text)?.[0];
    if (date && MOVED.has(name)) return movedDate(date) + text.slice(10);
    if (date) return madeUpDate(text) + (text.length > 10 ? shaped(text.slice(10)).replace(/[A-Z]/gi, '') : '');
    if (/bsn/i.test(name) && /^\d{8,9}$/.test(text)) return madeUpBsn(text);
    return shaped(text);
  }

  function movedDate(date: string): string {
    const at = Date.parse(date);
    return Number.isNaN(at) ? shaped(date) : dayOfMs(at - movedDays * DAY_MS);
  }

  const madeUpDate = (text: string): string =>
    dayOfMs((bytesOf(text.split('T')[0] ?? '').readUInt32BE() % 15_000) * DAY_MS);
  const dayOfMs = (at: number): string => new Temporal.PlainDate(1970, 1, 1).add({ days: at / DAY_MS }).toString();

  function numberFor(value: number): number {
    const digits = shaped(String(Math.trunc(Math.abs(value))));
    return value === 0 ? 0 : Math.sign(value) * Math.max(1, Number(digits.slice(0, 15)));
  }

  /** Nine digits that pass the eleven-test. */
  function madeUpBsn(text: string): string {
    for (let tries = 0; ; tries += 1) {
      const eight = String(10_000_000 + (bytesOf(`bsn ${text.padStart(9, '0')} ${tries}`).readUInt32BE() % 89_999_999));
      const sum = [...eight].reduce((total, digit, index) => total + (9 - index) * Number(digit), 0);
      if (sum % 11 < 10) return `${eight}${sum % 11}`;
    }
  }

  /** The host becomes one of no agency; in the path only words of the standards stay. */
  function addressFor(text: string): string {
    if (!URL.canParse(text)) return shaped(text);
    const { protocol, host, pathname } = new URL(text);
    const parts = pathname.split('/').map((part) => (PATH_WORDS.test(part) ? part : shaped(part)));
    return `${protocol}//${bytesOf(host).toString('hex').slice(0, 8)}.example${parts.join('/')}`;
  }

  /** Another text of the same form. */
  function shaped(text: string): string {
    let block = bytesOf(text.toLowerCase());
    let used = 0;
    const next = (): number => {
      if (used === block.length) [block, used] = [bytesOf(block.toString('hex')), 0];
      return block[used++] ?? 0;
    };
    return text.replace(/\p{L}|\p{N}/gu, (character) => {
      if (/\p{N}/u.test(character)) return String(next() % 10);
      const letter = String.fromCharCode(97 + (next() % 26));
      return /\p{Lu}/u.test(character) ? letter.toUpperCase() : letter;
    });
  }

  return {
    redacted,
    redactedPath: (path: string) =>
      path
        .split('/')
        .map((part) => (PATH_WORDS.test(part) ? part : shaped(part)))
        .join('/'),
  };
}
