import { config } from '~/config/config.server';
import { DEFAULT_CASE_RIGHTS } from '~/config/rights.server';
import type { Case, ReachedStep, Step } from '~/model/case';
import { fresh, type Loaded, unavailable } from '~/model/loaded';
import { caseFor, type OwnCase } from '~/model/rights';
import type { Actor, PersonId, Subject, Viewer } from '~/model/viewer';
import { today } from '~/platform/clock.server';
import { alarm } from '~/platform/log.server';
import { gates } from './gates.server';
import { asOfNow, shareAnswers } from './shared-answer.server';
import { caseOf, idsOf, isOf, reachedStepOf, stepOf } from './zgw/case-of';
import { pageOf, statusSchema, statustypeSchema, type Zaak, zaakSchema } from './zgw/schema.server';
import { type Looking, zgwToken } from './zgw/token.server';

const EXPAND = 'zaaktype,status,status.statustype,resultaat,resultaat.resultaattype,rollen,eigenschappen';
/** Pages read for one person; more pages are reported as missing. */
const MAX_PAGES = 5;

/**
 * All cases in which the viewer's subject has a right, each with what it lets them see and nothing else: the one place
 * where a viewer gets a case. One request for each hundred (`_zoek` + `expand`). The person's number goes in the body,
 * never in a URL. An answer with another person's case is refused whole.
 */
export async function casesOf(viewer: Viewer): Promise<Loaded<OwnCase[]>> {
  const { person } = viewer.subject;
  const filter = person.kind === 'bsn' ? 'inpBsn' : 'anpIdentificatie';
  const found = new Map<string, Zaak>();
  const missing: string[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await gates().cases.ask({
      method: 'POST',
      safe: true,
      path: page === 1 ? '/zaken/_zoek' : `/zaken/_zoek?page=${page}`,
      headers: zgwHeaders(viewer),
      body: {
        [`rol__betrokkeneIdentificatie__natuurlijkPersoon__${filter}`]: person.value,
        maximaleVertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
        ordering: '-startdatum',
        expand: EXPAND,
      },
      schema: pageOf(zaakSchema.nullable().catch(null)),
    });
    if (!answer.ok && page === 1) return unavailable(answer.why);
    if (!answer.ok) {
      missing.push(`page ${page}`);
      break;
    }
    const before = new Set(found.keys());
    for (const row of answer.value.results) {
      if (!row) missing.push('a case that could not be read');
      // Twice in one answer: a person with two roles. On two pages: another case may have slipped between them.
      else if (before.has(row.uuid)) missing.push('a case between two pages');
      else found.set(row.uuid, row);
    }
    if (!answer.value.next) break;
  }
  const zaken = [...found.values()];
  if (zaken.some((zaak) => !zaak._expand.rollen.some((rol) => isOf(rol, person)))) {
    alarm('subject-mismatch', { backend: 'cases' });
    return unavailable('foreign');
  }
  const { table } = rights();
  const cases = readCases(zaken).flatMap((theCase) => caseFor(theCase, person, table) ?? []);
  const own = viewer.basis === 'view-as' ? cases.filter(({ rights: own }) => own.includes('helpdesk')) : cases;
  return missing.length > 0 ? { state: 'partial', value: own, asOf: asOfNow(), missing } : fresh(own, asOfNow());
}

const rights = () => config().RIGHTS_FILE ?? DEFAULT_CASE_RIGHTS;

function readCases(zaken: readonly Zaak[]): Case[] {
  const { AGENCY_ZONE } = config();
  const context = { zone: AGENCY_ZONE, today: today(AGENCY_ZONE).toString(), texts: rights().texts };
  return zaken.map((zaak) => caseOf(zaak, context));
}

/**
 * The subject of a reference, for an employee who may look without the person: after a second employee's approval, or
 * in an emergency. Call it only after the audit entry is written. Null when no person can be named.
 */
export async function callerOf(actor: Actor, grant: string, reference: string): Promise<Loaded<FoundCaller | null>> {
  const answer = await gates().cases.ask({
    method: 'POST',
    safe: true,
    path: '/zaken/_zoek',
    headers: headersFor(actor, `view-as ${grant}; read`, { subject: null }),
    body: {
      identificatie: reference.trim().toUpperCase(),
      maximaleVertrouwelijkheidaanduiding: 'zaakvertrouwelijk',
      expand: EXPAND,
    },
    schema: pageOf(zaakSchema),
  });
  if (!answer.ok) return unavailable(answer.why);
  const [zaak, ...more] = answer.value.results;
  if (zaak?.identificatie.toUpperCase() !== reference.trim().toUpperCase()) return fresh(null, asOfNow());
  if (more.some(({ uuid }) => uuid !== zaak.uuid)) return fresh(null, asOfNow());
  const [theCase] = readCases([zaak]);
  const owner = theCase?.parties.find(({ roles, ids }) => roles.includes('applicant') && ids.length > 0);
  const person = owner?.ids[0];
  if (!theCase || !owner || !person) return fresh(null, asOfNow());
  const subject = { person, name: `${owner.givenName} ${owner.familyName}`.trim() };
  return fresh({ theCase, subject }, asOfNow());
}

export interface FoundCaller {
  readonly theCase: Case;
  readonly subject: Subject;
}

export interface MandatedCase {
  readonly caseId: string;
  readonly isClient: (person: PersonId) => boolean;
}

/** Ids per request: an answer for this many cases with all expansions stays below the gate's size limit. */
const BATCH = 50;

/**
 * The cases that current mandates name, as their clients may see them, and no others: two requests for each hundred. A
 * case in which the client may no longer give a mandate is left out. An answer with a case that was not asked for, or
 * in which the client has no role, is refused whole.
 */
export async function mandatedCasesOf(actor: Actor, mandated: readonly MandatedCase[]): Promise<Loaded<OwnCase[]>> {
  const clientOf = new Map(mandated.map(({ caseId, isClient }) => [caseId, isClient]));
  const ids = [...clientOf.keys()];
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );
  const answers = await Promise.all(
    batches.map((batch) =>
      gates().cases.ask({
        method: 'POST',
        safe: true,
        path: '/zaken/_zoek',
        headers: headersFor(actor, 'mandate; read'),
        body: { uuid__in: batch, maximaleVertrouwelijkheidaanduiding: 'zaakvertrouwelijk', expand: EXPAND },
        schema: pageOf(zaakSchema.nullable().catch(null)),
      }),
    ),
  );
  const found = new Map<string, Zaak>();
  const missing: string[] = [];
  for (const answer of answers) {
    if (!answer.ok) missing.push('a part of the list');
    else
      for (const row of answer.value.results)
        row ? found.set(row.uuid, row) : missing.push('a case that could not be read');
  }
  const [first] = answers;
  if (first && !first.ok && answers.every(({ ok }) => !ok)) return unavailable(first.why);
  const clientIn = ({ uuid, _expand }: Zaak): PersonId | undefined => {
    const isClient = clientOf.get(uuid);
    return isClient && _expand.rollen.flatMap(idsOf).find(isClient);
  };
  const zaken = [...found.values()];
  if (zaken.some((zaak) => !clientIn(zaak))) {
    alarm('subject-mismatch', { backend: 'cases' });
    return unavailable('foreign');
  }
  const { table } = rights();
  const cases = readCases(zaken).flatMap((theCase, index) => {
    const zaak = zaken[index];
    const client = zaak && clientIn(zaak);
    const seen = client ? caseFor(theCase, client, table) : null;
    return seen?.rights.includes('mandate') ? [seen] : [];
  });
  return missing.length > 0 ? { state: 'partial', value: cases, asOf: asOfNow(), missing } : fresh(cases, asOfNow());
}

/** The stages that a case has reached, in any order. The case must come from `casesOf`. */
export async function historyOf(viewer: Viewer, theCase: Case): Promise<Loaded<ReachedStep[]>> {
  const { ZAKEN_URL, AGENCY_ZONE } = config();
  const zaak = encodeURIComponent(`${ZAKEN_URL}/zaken/${theCase.id}`);
  const [statuses, types] = await Promise.all([
    gates().cases.ask({
      path: `/statussen?zaak=${zaak}`,
      headers: zgwHeaders(viewer),
      schema: pageOf(statusSchema.extend({ zaak: zaakAddress })),
    }),
    steptypesOf(theCase),
  ]);
  if (!statuses.ok) return unavailable(statuses.why);
  if (types.state === 'unavailable') return types;
  if (statuses.value.results.some((status) => !status.zaak.endsWith(theCase.id))) {
    alarm('subject-mismatch', { backend: 'cases' });
    return unavailable('foreign');
  }
  const byUrl = new Map(types.value.map((type, index) => [type.url, { type, index }]));
  const reached: ReachedStep[] = [];
  const missing: string[] = [];
  for (const status of statuses.value.results) {
    const known = byUrl.get(status.statustype);
    if (known) reached.push(reachedStepOf(status, known.type, known.index, AGENCY_ZONE));
    else missing.push('a step of another version of the procedure');
  }
  return missing.length > 0 || statuses.value.next
    ? { state: 'partial', value: reached, asOf: asOfNow(), missing }
    : fresh(reached, asOfNow());
}

/**
 * The stages of a case's procedure, in the version that applies to the case. Not personal: cached for all for a day.
 */
export async function stepsOf(theCase: Case): Promise<Loaded<Step[]>> {
  const types = await steptypesOf(theCase);
  return types.state === 'unavailable' ? types : { ...types, value: types.value.map(stepOf) };
}

const DAY_MS = 86_400_000;
const catalogue = shareAnswers<StatustypeRow[]>({ freshMs: DAY_MS, keptMs: 7 * DAY_MS });
type StatustypeRow = ReturnType<typeof statustypeSchema.parse>;

function steptypesOf(theCase: Case): Promise<Loaded<StatustypeRow[]>> {
  return catalogue.ask(theCase.procedureVersion, async () => {
    const answer = await gates().catalogue.ask({
      path: `/statustypen?zaaktype=${encodeURIComponent(theCase.procedureVersion)}`,
      headers: { authorization: `Bearer ${zgwToken('portal')}` },
      schema: pageOf(statustypeSchema),
    });
    return answer.ok ? fresh(answer.value.results, asOfNow()) : unavailable(answer.why);
  });
}

export const zgwHeaders = (viewer: Viewer): Record<string, string> =>
  headersFor(
    viewer.actor,
    viewer.basis === 'self' ? '' : `${viewer.basis} ${viewer.grant ?? ''}; read`,
    viewer.basis === 'view-as' ? { subject: viewer.subject.person } : null,
  );

/** @param representation on whose behalf and why, for the backend's own audit trail */
function headersFor(actor: Actor, representation: string, looking: Looking | null = null): Record<string, string> {
  return {
    authorization: `Bearer ${zgwToken(actor.id, representation, looking)}`,
    'accept-crs': 'EPSG:4326',
    'content-crs': 'EPSG:4326',
  };
}

const zaakAddress = zaakSchema.shape.url;
