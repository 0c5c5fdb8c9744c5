import { Temporal } from 'temporal-polyfill';
import { AGENCY_ZONE } from './clock';
import type { Person } from './people';
import {
  CURRENT,
  type ProcedureVersion,
  type SimulatedProcedure,
  type SimulatedStage,
  type StepType,
} from './procedures';
import { uuidOf } from './seed';

/** A case as specified by hand. Days are relative to the world's start date. */
export interface CaseSpec {
  readonly reference: string;
  readonly procedure: SimulatedProcedure;
  readonly applicant: Person;
  /** How many days ago each step was entered, in order. The last one is the current step. */
  readonly path: Readonly<Partial<Record<SimulatedStage | 'unknown', number>>>;
  /** Replaces the procedure's current version. */
  readonly version?: ProcedureVersion;
  readonly subject?: string;
  readonly family?: readonly Person[];
  readonly sponsor?: Person;
  readonly advisor?: Person;
  /** Further people with a role, or people of the case with a second one. */
  readonly others?: readonly (readonly [Person, PartyRole])[];
  readonly extended?: string;
  readonly suspended?: string;
  /** Days after the start date by which the applicant must act. */
  readonly actWithin?: number;
  readonly papers?: readonly Paper[];
  readonly invitation?: { readonly inDays: number; readonly time: string; readonly place: string };
  readonly result?: ResultName;
  readonly secret?: boolean;
  /** Simulates an older system: its history lacks the current status, and its times are zero. */
  readonly quirks?: boolean;
}

export type Paper =
  | 'passport'
  | 'income'
  | 'marriage-certificate'
  | 'birth-certificate'
  | 'photo'
  | 'proof-of-study'
  | 'employment-contract'
  | 'tuberculosis-test';

export const RESULT_NAMES = ['Ingewilligd', 'Afgewezen', 'Ingetrokken', 'Niet in behandeling genomen'] as const;
export type ResultName = (typeof RESULT_NAMES)[number];

export type PartyRole =
  | 'applicant'
  | 'family'
  | 'sponsor'
  | 'advisor'
  | 'representative'
  /** Filed the case and is recorded as initiator. */
  | 'filing-sponsor'
  | 'filing-proxy'
  /** The applicant for whom somebody else filed. */
  | 'client'
  | 'former-representative'
  | 'adviser'
  | 'handler'
  | 'contact';

export interface Party {
  readonly uuid: string;
  readonly person: Person;
  readonly role: PartyRole;
}

/** A case with real dates (ISO, in the agency's zone). */
export interface CaseFile {
  readonly uuid: string;
  readonly reference: string;
  readonly version: ProcedureVersion;
  readonly subject: string;
  readonly received: string;
  readonly ended: string | null;
  /** The agency's target date for the decision; null when its norm has none. */
  readonly planned: string | null;
  readonly decideBy: string;
  readonly extension: { readonly reason: string; readonly duration: string } | null;
  readonly suspension: string | null;
  /** Oldest first; `at` is an ISO instant. */
  readonly history: readonly { readonly uuid: string; readonly step: StepType; readonly at: string }[];
  readonly result: { readonly uuid: string; readonly name: ResultName } | null;
  readonly parties: readonly Party[];
  /** Name and value of each "zaakeigenschap". */
  readonly properties: readonly { readonly uuid: string; readonly name: string; readonly value: string }[];
  readonly secret: boolean;
  readonly quirks: boolean;
}

/** Converts a specified case's days to dates, relative to `startDate` (ISO date). */
export function openCase(spec: CaseSpec, startDate: string): CaseFile {
  const start = Temporal.PlainDate.from(startDate);
  const day = (ago: number) => start.subtract({ days: ago });
  const version = spec.version ?? CURRENT[spec.procedure];
  const path = Object.entries(spec.path);
  const history = path.map(([stage, ago], index) => ({
    uuid: uuidOf('status', spec.reference, String(index)),
    step: stepOf(version, stage),
    at: instantOf(day(ago), spec.quirks === true || ago === 0 ? 0 : 9 * 60 + ((index * 37) % 400)),
  }));
  const received = day(path[0]?.[1] ?? 0);
  const last = path.at(-1);
  const decideBy = received.add(version.term).add(spec.extended === undefined ? 'P0D' : (version.extension ?? 'P0D'));
  return {
    uuid: uuidOf('zaak', spec.reference),
    reference: spec.reference,
    version,
    subject: spec.subject ?? version.name,
    received: received.toString(),
    ended: last !== undefined && (last[0] === 'closed' || last[0] === 'withdrawn') ? day(last[1]).toString() : null,
    planned: version.serviceNorm === null ? null : received.add(version.serviceNorm).toString(),
    decideBy: decideBy.toString(),
    extension: spec.extended === undefined ? null : { reason: spec.extended, duration: version.extension ?? 'P0D' },
    suspension: spec.suspended ?? null,
    history,
    result: spec.result === undefined ? null : { uuid: uuidOf('resultaat', spec.reference), name: spec.result },
    parties: partiesOf(spec),
    properties: propertiesOf(spec, start),
    secret: spec.secret ?? false,
    quirks: spec.quirks ?? false,
  };
}

function stepOf(version: ProcedureVersion, stage: string): StepType {
  const wanted = stage === 'unknown' ? null : stage;
  const step = version.steps.find((candidate) => candidate.stage === wanted);
  if (step === undefined) throw new RangeError(`${version.code} has no step ${stage}`);
  return step;
}

/** All times are within office hours, except the older system's zero times. */
const instantOf = (date: Temporal.PlainDate, minuteOfDay: number) =>
  date
    .toZonedDateTime({
      timeZone: AGENCY_ZONE,
      plainTime: Temporal.PlainTime.from('00:00').add({ minutes: minuteOfDay }),
    })
    .toInstant()
    .toString();

function partiesOf(spec: CaseSpec): Party[] {
  const party = (person: Person, role: PartyRole, ...key: string[]) => ({
    uuid: uuidOf('rol', spec.reference, person.slug, ...key),
    person,
    role,
  });
  const others = spec.others ?? [];
  return [
    party(spec.applicant, others.some(([, role]) => role.startsWith('filing-')) ? 'client' : 'applicant'),
    ...(spec.family ?? []).map((member) => party(member, 'family')),
    ...(spec.sponsor === undefined ? [] : [party(spec.sponsor, 'sponsor')]),
    ...(spec.advisor === undefined ? [] : [party(spec.advisor, 'advisor')]),
    ...others.map(([person, role]) => party(person, role, role)),
  ];
}

function propertiesOf(spec: CaseSpec, start: Temporal.PlainDate) {
  const found: [name: string, value: string][] = [];
  if (spec.actWithin !== undefined) found.push(['reactietermijn', start.add({ days: spec.actWithin }).toString()]);
  if (spec.papers !== undefined) found.push(['gevraagd', spec.papers.join(',')]);
  if (spec.invitation !== undefined) {
    const { inDays, time, place } = spec.invitation;
    found.push(['uitnodiging', `${start.add({ days: inDays })}T${time}|${place}`]);
  }
  return found.map(([name, value]) => ({ uuid: uuidOf('zaakeigenschap', spec.reference, name), name, value }));
}
