import type { CaseFile, Party } from '../world/case-file';
import { genericOf } from './case-shapes';
import { type Reading, readExpand } from './expand';

const LEVELS: readonly string[] = [
  'openbaar',
  'beperkt_openbaar',
  'intern',
  'zaakvertrouwelijk',
  'vertrouwelijk',
  'confidentieel',
  'geheim',
  'zeer_geheim',
];

const ROLE = 'rol__betrokkeneIdentificatie__';

/** The body fields of `_zoek` that the simulated agency understands, with the test that each puts on a case. */
const FILTERS: Readonly<Record<string, (file: CaseFile, value: string) => boolean>> = {
  identificatie: (file, value) => file.reference === value,
  identificatie__icontains: (file, value) => file.reference.toLowerCase().includes(value.toLowerCase()),
  uuid__in: (file, value) => value.split(',').includes(file.uuid),
  maximaleVertrouwelijkheidaanduiding: (file, value) =>
    LEVELS.indexOf(file.secret ? 'geheim' : 'zaakvertrouwelijk') <= LEVELS.indexOf(value),
  zaaktype: (file, value) => value.endsWith(`/${file.version.uuid}`),
  einddatum__isnull: (file, value) => (file.ended === null) === (value === 'true'),
  startdatum__gte: (file, value) => file.received >= value,
  startdatum__lte: (file, value) => file.received <= value,
};

/** These must hold of one and the same role, so that "initiator" and "this BSN" cannot be two different people. */
const ROLE_FILTERS: Readonly<Record<string, (party: Party, value: string) => boolean>> = {
  [`${ROLE}natuurlijkPersoon__inpBsn`]: ({ person }, value) => person.bsn !== null && person.bsn === value,
  [`${ROLE}natuurlijkPersoon__anpIdentificatie`]: ({ person }, value) =>
    person.bsn === null && person.vNumber === value,
  [`${ROLE}nietNatuurlijkPersoon__innNnpId`]: ({ person }, value) => person.office?.number === value,
  rol__omschrijvingGeneriek: (party, value) => genericOf(party) === value,
  rol__betrokkeneType: ({ person }, value) =>
    (person.office === null ? 'natuurlijk_persoon' : 'niet_natuurlijk_persoon') === value,
};

const ORDERS: Readonly<Record<string, (file: CaseFile) => string>> = {
  startdatum: (file) => file.received,
  registratiedatum: (file) => file.received,
  einddatum: (file) => file.ended ?? '9999',
  identificatie: (file) => file.reference,
};

export type SearchFault = { readonly name: string; readonly reason: string };
export type Search = { readonly matches: readonly CaseFile[]; readonly expand: ReadonlySet<string> };

/** Carries out a `_zoek` body over all cases, or says which field of it is wrong. An empty one is refused. */
export function search(
  cases: readonly CaseFile[],
  body: Readonly<Record<string, unknown>>,
  reading: Reading = 'both',
): Search | SearchFault {
  const { expand: expansion, ordering, ...filters } = body;
  const expand = readExpand(expansion, reading);
  if (expand === null) return { name: 'expand', reason: 'Deze waarde kan niet uitgevouwen worden.' };
  const given = Object.entries(filters);
  if (given.length === 0) return { name: 'nonFieldErrors', reason: 'Het zoekverzoek is leeg.' };
  for (const [name, value] of given) {
    if (FILTERS[name] === undefined && ROLE_FILTERS[name] === undefined) return { name, reason: 'Onbekend veld.' };
    const isList = name === 'uuid__in' && Array.isArray(value) && value.every((id) => typeof id === 'string');
    if (typeof value !== 'string' && typeof value !== 'boolean' && !isList)
      return { name, reason: 'Geen geldige waarde.' };
    if (name.startsWith('maximale') && !LEVELS.includes(String(value))) return { name, reason: 'Geen keuze.' };
  }
  const ofCase = given.flatMap(([name, value]) => testOf(FILTERS[name], value));
  const ofRole = given.flatMap(([name, value]) => testOf(ROLE_FILTERS[name], value));
  // A case stands once for each matching role: the widest used implementation joins the two tables.
  const times = (file: CaseFile) =>
    ofRole.length === 0 ? 1 : file.parties.filter((party) => ofRole.every((test) => test(party))).length;
  const matches = cases
    .filter((file) => ofCase.every((test) => test(file)))
    .flatMap((file) => Array.from({ length: times(file) }, () => file));
  const key = String(ordering ?? '').replace(/^-/, '');
  const orderOf = ORDERS[key];
  if (ordering !== undefined && orderOf === undefined) return { name: 'ordering', reason: 'Geen geldige keuze.' };
  if (orderOf === undefined) return { matches, expand };
  const sign = String(ordering).startsWith('-') ? -1 : 1;
  const byKey = (a: CaseFile, b: CaseFile) => (orderOf(a) < orderOf(b) ? -sign : orderOf(a) > orderOf(b) ? sign : 0);
  return { matches: matches.toSorted(byKey), expand };
}

const testOf = <T>(filter: ((item: T, value: string) => boolean) | undefined, value: unknown) =>
  filter === undefined ? [] : [(item: T) => filter(item, String(value))];
