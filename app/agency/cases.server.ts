import { config } from '~/config/config.server';
import { DEFAULT_CASE_RIGHTS } from '~/config/rights.server';
import { isShown } from '~/model/agency';
import type { Case, ReachedStep, Step } from '~/model/case';
import { fresh, type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { fullNameOf } from '~/model/person-name';
import { caseFor, type OwnCase } from '~/model/rights';
import type { LookPurpose } from '~/model/view-as';
import { type Actor, type PersonId, personKey, type Subject, type Viewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { agencyDay } from '~/platform/clock.server';
import { alarm } from '~/platform/log.server';
import { unnamedValues } from '~/platform/metrics.server';
import { gates } from './gates.server';
import { createQuarantine } from './quarantine';
import { asOfNow } from './shared-answer.server';
import { idIn } from './zgw/address';
import { caseOf, reachedStepOf, type StepRules, stepOf } from './zgw/case-of';
import { steptypesOf } from './zgw/catalogue.server';
import { readPages } from './zgw/pages.server';
import { idsOf, isBare, isOf, isUnclear, isUnnamed } from './zgw/party-of';
import { pageOf, type Status, statusSchema, type Zaak } from './zgw/schema.server';
import { type Filter, searchCases } from './zgw/search.server';
import { type Binding, zgwToken } from './zgw/token.server';

/**
 * All cases in which the viewer's subject has a right, each with what it lets them see and nothing else: the one place
 * where a viewer gets a case. One request for each hundred (`_zoek` + `expand`). The person's number goes in the body,
 * never in a URL. An answer with another person's case is refused whole.
 */
export async function casesOf(viewer: Viewer): Promise<Loaded<OwnCase[]>> {
  if (viewer.cases) return mandatedCasesOf(viewer.actor, viewer.cases.map(ofSubject(viewer.subject)));
  if (!quarantine.permits(Date.now())) return unavailable('foreign');
  const { person } = viewer.subject;
  const filter = person.kind === 'bsn' ? 'inpBsn' : 'anpIdentificatie';
  const found = await searchCases({
    filter: {
      [`rol__betrokkeneIdentificatie__natuurlijkPersoon__${filter}`]: person.value,
      ordering: '-startdatum',
    },
    headers: zgwHeaders(viewer),
    by: viewer,
  });
  if (!found.ok) return unavailable(found.why);
  const { own, unnamed, isForeign } = sorted(found.rows, (zaak) =>
    rolesOf(zaak, person).length > 0 ? person : undefined,
  );
  if (isForeign) return refusedAsForeign(viewer.actor);
  quarantine.answered(Date.now(), viewer.actor.id, false);
  const shown = own.map(({ zaak }) => ({ zaak, theCase: shownCase(zaak, person, viewer.representative) }));
  const cases = shown.flatMap(({ theCase }) => theCase ?? []);
  const unclear = shown.flatMap(({ zaak, theCase }) =>
    theCase === null && rolesOf(zaak, person).every(isBare) ? 'a case that does not say what the person is in it' : [],
  );
  const seen = viewer.basis === 'view-as' ? cases.filter(({ rights: own }) => own.includes('helpdesk')) : cases;
  return loadedWith(seen, [...found.missing, ...unnamed, ...unclear]);
}

/**
 * Cases by whose they are. One in which somebody can't be told by a number, such as one with a role that can't be read, is
 * no proof of another person's: it is left out and counts as missing.
 */
function sorted(zaken: readonly Zaak[], clientIn: (zaak: Zaak) => PersonId | undefined) {
  const own: { readonly zaak: Zaak; readonly client: PersonId }[] = [];
  const unnamed: string[] = [];
  let isForeign = false;
  for (const zaak of zaken) {
    const client = clientIn(zaak);
    if (client && hasGap(zaak, client)) unnamed.push('a person in a case who could not be read');
    if (client) own.push({ zaak, client });
    else if (numbersIn(zaak).length > 0 && namesEverybody(zaak)) isForeign = true;
    else unnamed.push('a case whose persons could not be read');
  }
  return { own, unnamed, isForeign };
}

const rolesOf = ({ _expand }: Zaak, person: PersonId) => _expand.rollen.rows.filter((rol) => isOf(rol, person));

const numbersIn = ({ _expand }: Zaak): PersonId[] => _expand.rollen.rows.flatMap(idsOf);

/** A role that does not say what it is, or when, gives no right and makes nobody a party. */
const hasGap = ({ _expand: { rollen } }: Zaak, client: PersonId): boolean =>
  rollen.unreadable > 0 ||
  rollen.rows.some((rol) => rol.omschrijvingGeneriek === '' || (isOf(rol, client) && isUnclear(rol)));

const namesEverybody = ({ _expand }: Zaak): boolean =>
  _expand.rollen.unreadable === 0 && !_expand.rollen.rows.some(isUnnamed);

let quarantine = createQuarantine();
onClearCaches(() => {
  quarantine = createQuarantine();
});

function refusedAsForeign({ id }: Pick<Actor, 'id'>): Loaded<never> {
  alarm('subject-mismatch', { backend: 'cases' });
  quarantine.answered(Date.now(), id, true);
  return unavailable('foreign');
}

const loadedWith = <T>(value: T, missing: readonly string[]): Loaded<T> =>
  missing.length > 0 ? { state: 'partial', value, asOf: asOfNow(), missing } : fresh(value, asOfNow());

const rights = () => config().RIGHTS_FILE ?? DEFAULT_CASE_RIGHTS;

const agency = () => config().AGENCY_DIR;

/** The rules by which a case's steps are read. */
const stepRulesOf = ({ procedure }: Case): StepRules => ({
  agency: agency(),
  procedure: agency().procedures.find(({ key }) => key === procedure) ?? null,
});

/** The case as the person may see it; null without any right in it, and of a type that the agency does not show. */
function shownCase(zaak: Zaak, person: PersonId, by: Viewer['representative'] = undefined): OwnCase | null {
  const theCase = readCase(zaak);
  if (!isShown(agency(), theCase)) return null;
  countUnnamed(theCase);
  return caseFor(theCase, person, rights().table, by ?? null);
}

/** So that operators notice when the agency's folder lags behind its registry. */
function countUnnamed({ procedure, current, result, outcome }: Case): void {
  if (procedure === null) unnamedValues.inc({ kind: 'procedure' });
  if (current && current.stage === null) unnamedValues.inc({ kind: 'stage' });
  if (result !== null && outcome === null) unnamedValues.inc({ kind: 'result' });
}

function readCase(zaak: Zaak): Case {
  const { AGENCY_ZONE } = config();
  return caseOf(zaak, {
    zone: AGENCY_ZONE,
    today: agencyDay(),
    texts: rights().texts,
    agency: agency(),
  });
}

/**
 * The subject of a reference, for an employee who may look without the person: after a second employee's approval, or
 * in an emergency. Call it only after the audit entry is written. Null when no person can be named.
 */
export async function callerOf(
  actor: Actor,
  grant: string,
  purpose: LookPurpose,
  reference: string,
): Promise<Loaded<FoundCaller | null>> {
  if (!quarantine.permits(Date.now())) return unavailable('foreign');
  const wanted = reference.trim();
  const headers = headersFor(actor, `view-as ${grant}; read; ${purpose}`, { subject: null, reads: true, purpose });
  let zaken: readonly Zaak[] = [];
  for (const filter of spellingsOf(wanted)) {
    const found = await searchCases({ filter, headers });
    // The last spelling is asked in a way that not every registry knows.
    if (!found.ok && found.why === 'refused' && 'identificatie__icontains' in filter) break;
    if (!found.ok) return unavailable(found.why);
    zaken = found.rows.filter(({ identificatie }) => identificatie.toLowerCase() === wanted.toLowerCase());
    if (zaken.length > 0) break;
  }
  const [zaak, ...others] = zaken;
  if (!zaak || others.length > 0) return fresh(null, asOfNow());
  const theCase = readCase(zaak);
  if (!isShown(agency(), theCase)) return fresh(null, asOfNow());
  const owner = theCase.parties.find(({ roles, ids }) => roles.includes('applicant') && ids.length > 0);
  const person = owner?.ids[0];
  if (!owner || !person) return fresh(null, asOfNow());
  return fresh({ theCase, subject: { person, name: fullNameOf(owner) } }, asOfNow());
}

/** Registries compare a reference letter by letter, and people don't: from the likeliest spelling to any. */
function spellingsOf(reference: string): Filter[] {
  const exact = [...new Set([reference, reference.toUpperCase(), reference.toLowerCase()])];
  return [
    ...exact.map((identificatie) => ({ identificatie })),
    ...(reference.toUpperCase() === reference.toLowerCase() ? [] : [{ identificatie__icontains: reference }]),
  ];
}

/** A mandate covers some of the client's cases, and an advisor gets no other. */
const ofSubject =
  ({ person }: Subject) =>
  (caseId: string): MandatedCase => ({ caseId, isClient: (other) => personKey(other) === personKey(person) });

export interface FoundCaller {
  readonly theCase: Case;
  readonly subject: Subject;
}

export interface MandatedCase {
  readonly caseId: string;
  readonly isClient: (person: PersonId) => boolean;
}

/** Ids per request: an answer for this many cases with all expansions usually stays below the gate's size limit. */
const BATCH = 50;

/**
 * The cases that current mandates name, as their clients may see them, and no others: two requests for each hundred. A
 * case in which the client may no longer give a mandate is left out. An answer with a case that was not asked for, or
 * in which the client has no role, is refused whole.
 */
export async function mandatedCasesOf(actor: Actor, mandated: readonly MandatedCase[]): Promise<Loaded<OwnCase[]>> {
  if (!quarantine.permits(Date.now())) return unavailable('foreign');
  const clientOf = new Map(mandated.map(({ caseId, isClient }) => [caseId.toLowerCase(), isClient]));
  const ids = mandated.map(({ caseId }) => caseId);
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );
  const headers = headersFor(actor, 'mandate; read; legal-aid');
  const answers = await Promise.all(batches.map((batch) => searchCases({ filter: { uuid__in: batch }, headers })));
  const [first] = answers;
  if (first && !first.ok && answers.every(({ ok }) => !ok)) return unavailable(first.why);
  const rows = new Map(
    answers.flatMap((answer) => (answer.ok ? answer.rows : [])).map((zaak) => [zaak.uuid, zaak] as const),
  );
  const missing = answers.flatMap((answer) => (answer.ok ? answer.missing : ['a part of the list']));
  if ([...rows.keys()].some((id) => !clientOf.has(id))) return refusedAsForeign(actor);
  const { own, unnamed, isForeign } = sorted([...rows.values()], (zaak) => {
    const isClient = clientOf.get(zaak.uuid);
    return isClient && numbersIn(zaak).find(isClient);
  });
  if (isForeign) return refusedAsForeign(actor);
  const cases = own.flatMap(({ zaak, client }) => {
    const seen = shownCase(zaak, client);
    return seen?.rights.includes('mandate') ? [seen] : [];
  });
  return loadedWith(cases, [...missing, ...unnamed]);
}

/** The stages that a case has reached, in any order. The case must come from `casesOf`. */
export async function historyOf(viewer: Viewer, theCase: Case): Promise<Loaded<ReachedStep[]>> {
  const [statuses, types] = await Promise.all([statusesOf(viewer, theCase), steptypesOf(theCase.procedureVersion)]);
  if (!statuses.ok) return unavailable(statuses.why);
  if (types.state === 'unavailable') return types;
  if (statuses.rows.some(({ zaak }) => zaak !== '' && idIn(zaak) !== theCase.id)) return refusedAsForeign(viewer.actor);
  const { AGENCY_ZONE } = config();
  const day = agencyDay();
  const byId = new Map(types.value.map((type, index) => [idIn(type.url), { type, index }]));
  const missing = [...statuses.missing];
  const reached = statuses.rows.flatMap((status) => {
    const known = byId.get(idIn(status.statustype));
    if (!known) missing.push('a step of another version of the procedure');
    const step = known && reachedStepOf(status, known.type, known.index, AGENCY_ZONE, stepRulesOf(theCase));
    return step && step.since <= day ? [step] : [];
  });
  // A case with a stage has a history: an empty answer is no proof of none.
  if (reached.length === 0 && theCase.current) missing.push('the steps before the present one');
  return loadedWith(reached, missing);
}

/** By the address that the registry gave, and by our own where a gateway's host finds nothing. */
async function statusesOf(viewer: Viewer, theCase: Case) {
  const own = `${config().ZAKEN_URL}/zaken/${theCase.id}`;
  const given = await statusesAt(viewer, theCase.address || own);
  if (theCase.address === own || !theCase.address || (given.ok && given.rows.length > 0)) return given;
  const again = await statusesAt(viewer, own);
  return again.ok ? again : given;
}

const statusesAt = (viewer: Viewer, zaak: string) =>
  readPages<Status>(
    (page) =>
      gates().cases.ask({
        path: `/statussen?zaak=${encodeURIComponent(zaak)}${page > 1 ? `&page=${page}` : ''}`,
        headers: zgwHeaders(viewer),
        schema: pageOf(statusSchema),
        by: viewer,
      }),
    ({ url, statustype, datumStatusGezet }) => idIn(url) || `${idIn(statustype)} ${datumStatusGezet}`,
  );

/** The stages of a case's procedure, in the version that applies to the case. */
export async function stepsOf(theCase: Case): Promise<Loaded<Step[]>> {
  return mapLoaded(await steptypesOf(theCase.procedureVersion), (types) =>
    types.map((type, index) => stepOf(type, index, stepRulesOf(theCase))),
  );
}

/** @throws when another than the subject looks and the viewer names no purpose */
export function zgwHeaders({ actor, basis, grant = '', purpose, subject }: Viewer): Record<string, string> {
  const { person } = subject;
  if (basis === 'self') return headersFor(actor, '', { subject: person, reads: false });
  if (basis === 'represents') return headersFor(actor, 'represents; read', { subject: person, reads: true });
  if (!purpose) throw new Error('a look without a purpose');
  // A mandate names cases and no number.
  const binding = basis === 'view-as' ? { subject: person, reads: true, purpose } : null;
  return headersFor(actor, `${basis} ${grant}; read; ${purpose}`, binding);
}

/** @param representation on whose behalf and why, for the backend's own audit trail */
function headersFor(actor: Actor, representation: string, binding: Binding | null = null): Record<string, string> {
  return {
    authorization: `Bearer ${zgwToken(actor.id, representation, binding)}`,
    'accept-crs': 'EPSG:4326',
    'content-crs': 'EPSG:4326',
  };
}
