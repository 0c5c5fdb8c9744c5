import { Temporal } from 'temporal-polyfill';
import type { Case, Party, ReachedStep, Step } from '~/model/case';
import { dateIn } from '~/model/time';
import type { PersonId } from '~/model/viewer';
import { procedureOf, stageOf } from './names';
import type { Rol, Status, Statustype, Zaak } from './schema.server';

/** Maps a ZGW zaak with its expansions to the model's case. @param zone the agency's zone, in which days are cut */
export function caseOf(zaak: Zaak, zone: string): Case {
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
    parties: rollen.map(partyOf).filter((party) => party !== null),
    vNumber: zaak.kenmerken.find(({ bron }) => bron.toLowerCase() === 'v-nummer')?.kenmerk ?? null,
    request: {
      until: isoDate(properties.get('reactietermijn')),
      papers: (properties.get('gevraagd') ?? '').split(',').flatMap((code) => code.trim() || []),
    },
    invitation: at && place && isLocalDateTime(at) ? { at, place } : null,
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
export function isOf(rol: Rol, person: PersonId): boolean {
  const identity = rol.betrokkeneIdentificatie;
  // An empty number would match everybody without one.
  if (rol.betrokkeneType !== 'natuurlijk_persoon' || !identity || person.value === '') return false;
  return person.kind === 'bsn' ? identity.inpBsn === person.value : identity.anpIdentificatie === person.value;
}

function partyOf(rol: Rol): Party | null {
  const identity = rol.betrokkeneIdentificatie;
  if (rol.betrokkeneType !== 'natuurlijk_persoon' || !identity) return null;
  const { inpBsn, anpIdentificatie } = identity;
  return {
    role: roleOf(rol),
    person: inpBsn
      ? { kind: 'bsn', value: inpBsn }
      : anpIdentificatie
        ? { kind: 'vnumber', value: anpIdentificatie }
        : null,
    givenName: identity.voornamen || identity.voorletters,
    familyName: [identity.voorvoegselGeslachtsnaam, identity.geslachtsnaam].filter(Boolean).join(' '),
    birthDate: isoDate(identity.geboortedatum ?? undefined),
  };
}

function roleOf(rol: Rol): Party['role'] {
  if (rol.omschrijvingGeneriek === 'initiator') return 'applicant';
  if (rol.indicatieMachtiging === 'gemachtigde') return 'advisor';
  return /referent|sponsor/i.test(rol.roltoelichting) ? 'sponsor' : 'family';
}

const isoDate = (value: string | undefined): string | null => {
  try {
    return value ? Temporal.PlainDate.from(value).toString() : null;
  } catch {
    return null;
  }
};

const isLocalDateTime = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d/.test(value) && isoDate(value.slice(0, 10)) !== null;

/** Registries send an instant, a wall time or a bare date; all three have a day. */
function localDate(moment: string, zone: string): string {
  const known = days.get(`${zone} ${moment}`);
  if (known) return known;
  const day = dayIn(moment, zone);
  if (days.size >= KEPT) days.clear();
  days.set(`${zone} ${moment}`, day);
  return day;
}

function dayIn(moment: string, zone: string): string {
  try {
    return dateIn(zone, Temporal.Instant.from(moment));
  } catch {
    return moment.slice(0, 10);
  }
}

/** Zone arithmetic is slow, and a list needs the same instants on every page. */
const days = new Map<string, string>();
const KEPT = 5_000;
