import { Temporal } from 'temporal-polyfill';
import type { Case, Party, ReachedStep, Step } from '~/model/case';
import { CASE_ROLES, caseRolesOf, type RoleFacts, type RoleTexts } from '~/model/case-role';
import { dayOf, wallTextOf } from '~/model/time';
import { type PersonId, personKey } from '~/model/viewer';
import { actsForOf } from './authentication-context.server';
import { procedureOf, stageOf } from './names';
import type { Rol, Status, Statustype, Zaak } from './schema.server';

export interface ReadingContext {
  /** The agency's zone, in which days are cut. */
  readonly zone: string;
  /** ISO date in that zone: roles have validity dates. */
  readonly today: string;
  /** The agency's words for roles. */
  readonly texts?: RoleTexts;
}

/** Maps a ZGW zaak with its expansions to the model's case. */
export function caseOf(zaak: Zaak, { zone, today, texts }: ReadingContext): Case {
  const { zaaktype, status, resultaat, rollen, eigenschappen } = zaak._expand;
  const statustype = status?._expand.statustype;
  const properties = new Map(eigenschappen.map(({ naam, waarde }) => [naam.toLowerCase(), waarde]));
  const [at, place] = (properties.get('uitnodiging') ?? '').split('|');
  return {
    id: zaak.uuid,
    reference: zaak.identificatie,
    procedure: zaaktype ? procedureOf(zaaktype.identificatie) : null,
    procedureVersion: zaak.zaaktype,
    procedureName: zaaktype?.omschrijving ?? '',
    received: zaak.startdatum,
    ended: zaak.einddatum,
    decideBy: zaak.uiterlijkeEinddatumAfdoening,
    statutoryTerm: zaaktype?.doorlooptijd ?? null,
    extension: zaak.verlenging?.duur ? { duration: zaak.verlenging.duur, reason: zaak.verlenging.reden } : null,
    suspension: zaak.opschorting?.indicatie ? { reason: zaak.opschorting.reden } : null,
    current: status && statustype ? reachedStepOf(status, statustype, statustype.volgnummer ?? 0, zone) : null,
    result: resultaat?._expand.resultaattype?.omschrijving || null,
    parties: partiesOf(rollen, today, zone, texts),
    vNumber: zaak.kenmerken.find(({ bron }) => bron.toLowerCase() === 'v-nummer')?.kenmerk ?? null,
    request: {
      until: dayOf(properties.get('reactietermijn') ?? '', zone),
      papers: (properties.get('gevraagd') ?? '').split(',').flatMap((code) => code.trim() || []),
    },
    invitation: invitationOf(at, place, zone),
  };
}

export function stepOf(statustype: Statustype, order: number): Step {
  return {
    stage: stageOf(statustype.omschrijving),
    name: statustype.omschrijving,
    order: statustype.volgnummer ?? order,
    final: statustype.isEindstatus,
  };
}

export function reachedStepOf(status: Status, statustype: Statustype, order: number, zone: string): ReachedStep {
  return { ...stepOf(statustype, order), since: localDate(status.datumStatusGezet, zone) };
}

/** Whether a role belongs to this person. */
export const isOf = (rol: Rol, person: PersonId): boolean =>
  idsOf(rol).some((id) => personKey(id) === personKey(person));

/** The numbers of a natural person in a role, the BSN first. An empty number would match everybody without one. */
export function idsOf({ betrokkeneType, betrokkeneIdentificatie: identity }: Rol): PersonId[] {
  if (betrokkeneType !== 'natuurlijk_persoon' || !identity) return [];
  const { inpBsn, anpIdentificatie } = identity;
  return [
    ...(inpBsn ? [{ kind: 'bsn' as const, value: inpBsn }] : []),
    ...(anpIdentificatie ? [{ kind: 'vnumber' as const, value: anpIdentificatie }] : []),
  ];
}

/** The natural persons who are something in the case, each once, whatever number of roles they have. */
function partiesOf(rollen: readonly Rol[], today: string, zone: string, texts: RoleTexts | undefined): Party[] {
  const people = rollen.filter((rol) => rol.betrokkeneType === 'natuurlijk_persoon' && rol.betrokkeneIdentificatie);
  const roles = caseRolesOf(
    people.map((rol) => factsOf(rol, zone)),
    today,
    texts,
  );
  const parties: Party[] = [];
  for (const [index, rol] of people.entries()) {
    const role = roles[index];
    const party = role && partyOf(rol, role);
    if (!party) continue;
    const same = parties.findIndex((other) => isSamePerson(other, party));
    const known = parties[same];
    if (known) parties[same] = merged(known, party);
    else parties.push(party);
  }
  return parties;
}

const factsOf = (rol: Rol, zone: string): RoleFacts => ({
  generic: rol.omschrijvingGeneriek,
  authority: rol.indicatieMachtiging,
  persons: idsOf(rol).map(personKey),
  actsFor: actsForOf(rol.authenticatieContext, idsOf(rol)),
  texts: [rol.roltoelichting, rol.omschrijving],
  // A date that can't be read must not prolong a role.
  from: rol.beginGeldigheid && (dayOf(rol.beginGeldigheid, zone) ?? '9999-12-31'),
  until: rol.eindeGeldigheid && (dayOf(rol.eindeGeldigheid, zone) ?? '0000-01-01'),
});

function partyOf(rol: Rol, role: Party['roles'][number]): Party | null {
  const identity = rol.betrokkeneIdentificatie;
  return (
    identity && {
      roles: [role],
      ids: idsOf(rol),
      givenName: identity.voornamen || identity.voorletters,
      familyName: [identity.voorvoegselGeslachtsnaam, identity.geslachtsnaam].filter(Boolean).join(' '),
      birthDate: isoDate(identity.geboortedatum ?? undefined),
    }
  );
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
    ...known,
    roles: CASE_ROLES.filter((role) => known.roles.includes(role) || again.roles.includes(role)),
    ids: ids.filter((id, index) => ids.findIndex((each) => personKey(each) === personKey(id)) === index),
    birthDate: known.birthDate ?? again.birthDate,
  };
}

const isoDate = (value: string | undefined): string | null => {
  try {
    return value ? Temporal.PlainDate.from(value).toString() : null;
  } catch {
    return null;
  }
};

/** Half an invitation, or one without a time of day, is none. */
function invitationOf(at: string | undefined, place: string | undefined, zone: string): Case['invitation'] {
  const local = at && /T\d/.test(at) ? wallTextOf(at, zone) : null;
  return local && place ? { at: local, place } : null;
}

/** Registries send an instant, a wall time or a bare date; all three have a day. */
function localDate(moment: string, zone: string): string {
  const known = days.get(`${zone} ${moment}`);
  if (known) return known;
  const day = dayOf(moment, zone) ?? '';
  if (days.size >= KEPT) days.clear();
  days.set(`${zone} ${moment}`, day);
  return day;
}

/** Zone arithmetic is slow, and a list needs the same instants on every page. */
const days = new Map<string, string>();
const KEPT = 5_000;
