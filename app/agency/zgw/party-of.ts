import type { AgencyRules } from '~/model/agency';
import type { Party } from '~/model/case';
import { CASE_ROLES, caseRolesOf, type RoleFacts, type RoleTexts } from '~/model/case-role';
import { knownName } from '~/model/person-name';
import { dayOf } from '~/model/time';
import { type PersonId, personKey } from '~/model/viewer';
import { actsForOf } from './authentication-context.server';
import type { Rol } from './schema.server';

export interface ReadingContext {
  /** The agency's zone, in which days are cut. */
  readonly zone: string;
  /** ISO date in that zone. */
  readonly today: string;
  /** The agency's words for roles. */
  readonly texts?: RoleTexts;
  readonly agency: AgencyRules;
}

/** Whether a role belongs to this person. */
export const isOf = (rol: Rol, person: PersonId): boolean =>
  idsOf(rol).some((id) => personKey(id) === personKey(person));

/** The numbers of a natural person in a role, the BSN first. An empty number would match everybody without one. */
export function idsOf(rol: Rol): PersonId[] {
  const identity = rol.betrokkeneIdentificatie;
  if (!isNatural(rol) || !identity) return [];
  const bsn = digitsOf(identity.inpBsn);
  const vNumber = digitsOf(identity.anpIdentificatie.replace(/^v[ -]?(?=\d)/i, ''));
  return [
    // A number that was kept as a number has lost its leading nought.
    ...(bsn ? [{ kind: 'bsn' as const, value: /^\d{8}$/.test(bsn) ? `0${bsn}` : bsn }] : []),
    ...(vNumber ? [{ kind: 'vnumber' as const, value: vNumber }] : []),
  ];
}

/** Kinds of parties (`betrokkeneType`) that are no natural person. */
const OTHER_KINDS = ['niet_natuurlijk_persoon', 'vestiging', 'organisatorische_eenheid', 'medewerker'];

/** Whether a role may be a natural person's, and does not say whose. */
export const isUnnamed = (rol: Rol): boolean =>
  !OTHER_KINDS.includes(rol.betrokkeneType.toLowerCase()) && idsOf(rol).length === 0;

/** Whether nobody can tell what a role is, or on which days it holds. */
export const isUnclear = ({ omschrijvingGeneriek, beginGeldigheid, eindeGeldigheid }: Rol): boolean =>
  !GENERIC.includes(genericOf(omschrijvingGeneriek)) ||
  [beginGeldigheid, eindeGeldigheid].some((text) => text !== '' && dayOf(text, 'UTC') === null);

/** Whether a role says that its person has a part in the case, and not which. */
export const isBare = (rol: Rol): boolean =>
  genericOf(rol.omschrijvingGeneriek) === 'belanghebbende' &&
  [rol.roltoelichting, rol.omschrijving, rol.indicatieMachtiging, rol.eindeGeldigheid].every((text) => text === '') &&
  actsForOf(rol.authenticatieContext, idsOf(rol)) === null;

/** The values of `omschrijvingGeneriek` in the standard. */
const GENERIC = [
  ...['adviseur', 'behandelaar', 'belanghebbende', 'beslisser', 'initiator', 'klantcontacter', 'zaakcoordinator'],
  'mede_initiator',
];

const genericOf = (text: string): string => text.toLowerCase().replace(/[ -]/g, '_');

/** "" for noughts and for what has no digit, such as ".". */
const digitsOf = (text: string): string => (/[1-9]/.test(text) ? text.replace(/[ .-]/g, '') : '');

/** A role without a type is a person's when it has a person's number. */
const isNatural = ({ betrokkeneType, betrokkeneIdentificatie: identity }: Rol): boolean =>
  betrokkeneType.toLowerCase() === 'natuurlijk_persoon' ||
  (betrokkeneType === '' && Boolean(identity?.inpBsn || identity?.anpIdentificatie));

/** The natural persons who are something in the case, each once, whatever number of roles they have. */
export function partiesOf(rollen: readonly Rol[], { zone, today, texts }: ReadingContext): Party[] {
  const people = rollen.filter((rol) => isNatural(rol) && rol.betrokkeneIdentificatie);
  const roles = caseRolesOf(
    people.map((rol) => factsOf(rol, zone)),
    today,
    texts,
  );
  const parties: Party[] = [];
  for (const [index, rol] of people.entries()) {
    const role = roles[index];
    const party = role && partyOf(rol, role, zone);
    if (!party) continue;
    const same = parties.findIndex((other) => isSamePerson(other, party));
    const known = parties[same];
    if (known) parties[same] = merged(known, party);
    else parties.push(party);
  }
  return parties;
}

const factsOf = (rol: Rol, zone: string): RoleFacts => ({
  generic: genericOf(rol.omschrijvingGeneriek),
  authority: rol.indicatieMachtiging.toLowerCase(),
  persons: idsOf(rol).map(personKey),
  actsFor: actsForOf(rol.authenticatieContext, idsOf(rol)),
  texts: [rol.roltoelichting, rol.omschrijving],
  // A date that can't be read must not prolong a role.
  from: rol.beginGeldigheid ? (dayOf(rol.beginGeldigheid, zone) ?? '9999-12-31') : null,
  until: rol.eindeGeldigheid ? (dayOf(rol.eindeGeldigheid, zone) ?? '0000-01-01') : null,
});

function partyOf(rol: Rol, role: Party['roles'][number], zone: string): Party | null {
  const identity = rol.betrokkeneIdentificatie;
  if (!identity) return null;
  const givenName = knownName(identity.voornamen) || knownName(identity.voorletters);
  const surname = knownName(identity.geslachtsnaam);
  const prefix = surname ? knownName(identity.voorvoegselGeslachtsnaam) : '';
  const familyName =
    [prefix, surname].filter(Boolean).join(' ') || (givenName ? '' : knownName(rol.afwijkendeNaamBetrokkene));
  const ids = idsOf(rol);
  // Without a number and a name there is no person to tell of.
  if (ids.length === 0 && !givenName && !familyName) return null;
  return {
    roles: [role],
    ids,
    givenName,
    familyName,
    birthDate: dayOf(identity.geboortedatum, zone),
  };
}

/** By a number that both have; without any number by name and birth date. */
function isSamePerson(one: Party, other: Party): boolean {
  if (one.ids.length > 0 && other.ids.length > 0)
    return one.ids.some((id) => other.ids.some((each) => personKey(id) === personKey(each)));
  return (
    one.birthDate !== null &&
    one.birthDate === other.birthDate &&
    one.givenName === other.givenName &&
    one.familyName === other.familyName
  );
}

function merged(known: Party, again: Party): Party {
  const ids = [...known.ids, ...again.ids];
  return {
    roles: CASE_ROLES.filter((role) => known.roles.includes(role) || again.roles.includes(role)),
    ids: ids.filter((id, index) => ids.findIndex((each) => personKey(each) === personKey(id)) === index),
    givenName: known.givenName || again.givenName,
    familyName: known.familyName || again.familyName,
    birthDate: known.birthDate ?? again.birthDate,
  };
}
