import { mandatedCasesOf } from '~/agency/cases.server';
import { orKept, PATIENCE } from '~/agency/kept-answer.server';
import type { Act } from '~/audit/act';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { withOwnParty } from '~/case/case-view.server';
import { shownOr } from '~/i18n/shown-languages.server';
import { noteCaseName } from '~/identity/arranging.server';
import type { Professional } from '~/identity/session.server';
import type { Case, Party } from '~/model/case';
import { CALENDAR_FEED } from '~/model/insider/advisor-rules';
import { type Loaded, mapLoaded, unavailable } from '~/model/loaded';
import { type ClientRow, clientRow, factsOf, type Lawyer } from '~/model/mandate-clients';
import { OFFICE_ROLES } from '~/model/office';
import type { OwnCase } from '~/model/rights';
import type { Actor, Viewer } from '~/model/viewer';
import { agencyDay } from '~/platform/clock.server';
import {
  actorPseudonym,
  caseReference,
  clientReference,
  lawyerReference,
  ownerOfPerson,
  shownHash,
  subjectsOf,
} from '~/platform/pseudonym.server';
import { officeNamedBy } from '~/store/colleague.server';
import { readFeed } from '~/store/deadline-feed.server';
import {
  activeMandates,
  activeMark,
  advisorNames,
  isKeptFromBeginning,
  type OpenMandate,
} from '~/store/mandate.server';
import { noteSeen, ownFacts, seenMarks } from '~/store/own-file.server';
import { storedVisits } from '~/visit/visits.server';
import { keeperOf } from './own-file.server';

const LIST_BUDGET = 4_500;

/** A client's case as the client may see it, and the mandate that opens it. */
export interface ClientCase {
  readonly theCase: OwnCase;
  readonly mandate: OpenMandate;
}

/** Whose mandates open something: an advisor's own, and those of others at their office. */
type Reader = Pick<Professional, 'actor' | 'office'>;

const mandatesNow = ({ actor, office }: Reader) => activeMandates(actorPseudonym(actor.id), office);

/** All cases that mandates open to the advisor now. The mandates are queried for every call, never cached. */
async function clientCases(reader: Reader, patience: number): Promise<Loaded<ClientCase[]>> {
  return casesUnder(reader.actor, await mandatesNow(reader), patience);
}

/** Changes as soon as the list of clients would. */
export const listMark = ({ actor, office }: Reader): Promise<string> => activeMark(actorPseudonym(actor.id), office);

/** Whether the agency has stopped all that this advisor does. */
export const isStopped = (actor: Actor): Promise<boolean> => isKeptFromBeginning(actorPseudonym(actor.id));

/** A kept answer counts for exactly these mandates. */
async function casesUnder(
  actor: Actor,
  mandates: readonly OpenMandate[],
  patience: number,
): Promise<Loaded<ClientCase[]>> {
  const byCase = new Map(mandates.flatMap((mandate) => mandate.caseIds.map((caseId) => [caseId, mandate] as const)));
  const asked = [...byCase].map(([caseId, { client }]) => ({
    caseId,
    isClient: (person: Parameters<typeof ownerOfPerson>[0]) => ownerOfPerson(person) === client,
  }));
  const loaded = await orKept({
    actor,
    about: `clients ${mandates.map(({ id, version }) => `${id} ${version}`).sort()}`,
    budget: LIST_BUDGET,
    patience,
    load: () => mandatedCasesOf(actor, asked),
    revive: withOwnParty,
    casesIn: (cases) => cases.map(({ id }) => id),
  });
  return mapLoaded(loaded, (cases) =>
    cases.flatMap((theCase) => {
      const mandate = byCase.get(theCase.id);
      return mandate ? [{ theCase, mandate }] : [];
    }),
  );
}

/** The rows of "my clients", logged before they are returned. */
export async function clientRows(
  advisor: Professional,
  action: 'list-clients' | 'export-deadlines',
  patience = PATIENCE,
): Promise<Loaded<ClientRow[]>> {
  const { office: actorUnit, assurance: actorAssurance } = advisor;
  const rows = await loggedRows(advisor, action, { actorUnit, actorAssurance }, patience);
  if (rows.state === 'unavailable') return rows;
  const ids = rows.value.map(({ theCase }) => theCase.id);
  const me = actorPseudonym(advisor.actor.id);
  const [own, seen] = await Promise.all([ownFacts(keeperOf(advisor.actor, advisor.office), ids), seenMarks(me, ids)]);
  // A new client's case is known from here on, so that the filter does not begin with all of them.
  await noteSeen(me, new Map(rows.value.filter(({ theCase }) => !seen.has(theCase.id)).map(seenEntry)));
  return mapLoaded(rows, (list) =>
    list.map((row) => {
      const mark = seen.get(row.theCase.id);
      const isChanged = mark !== undefined && mark !== seenEntry(row)[1];
      const { reference: ownReference = '', noticeReceived = null } = own.get(row.theCase.id) ?? {};
      const noted = withNotedNotice(row.theCase, noticeReceived);
      const dated = noted === row.theCase ? row : clientRow(row.name, noted, agencyDay(), row.visit);
      return { ...dated, isChanged, ownReference, lawyer: row.lawyer };
    }),
  );
}

/** With the notice of default that the office noted; the agency's own fact leads. */
export const withNotedNotice = <C extends Case>(theCase: C, noted: string | null): C =>
  noted === null || theCase.noticeReceived ? theCase : { ...theCase, noticeReceived: noted };

const seenEntry = ({ theCase, visit }: Pick<ClientRow, 'theCase' | 'visit'>) =>
  [theCase.id, shownHash(theCase.id, 'facts', factsOf(theCase, visit))] as const;

/** The advisor has seen how all their clients' cases stand now. */
export async function noteAllSeen(advisor: Professional): Promise<void> {
  const rows = await clientRows(advisor, 'list-clients');
  if (rows.state !== 'unavailable')
    await noteSeen(actorPseudonym(advisor.actor.id), new Map(rows.value.map(seenEntry)));
}

async function loggedRows(
  reader: Reader,
  action: 'list-clients' | 'export-deadlines',
  entry: { readonly actorUnit: string | null; readonly actorAssurance: string | null; readonly purpose?: string },
  patience = PATIENCE,
): Promise<Loaded<ClientRow[]>> {
  const cases = await clientCases(reader, patience);
  if (cases.state === 'unavailable') return cases;
  const day = agencyDay();
  // Clients of the office see that a colleague looked, so those looks have an entry of their own.
  for (const colleague of [null, ...OFFICE_ROLES]) {
    const subjects = cases.value.flatMap(({ mandate }) => (mandate.as === colleague ? [mandate.client] : []));
    if (subjects.length === 0) continue;
    await addAuditEntry(reader.actor, {
      action,
      objectType: 'cases',
      fields: ['stage', 'next-step', 'deadline'],
      ground: 'mandate',
      subjects: [...new Set(subjects)],
      ...entry,
      ...(colleague ? { colleague, actorUnit: reader.office } : {}),
    });
  }
  const lawyers = await lawyersOf(reader, cases.value);
  // Hundreds of planners' answers would hold up the list; a line says since when its visit is known.
  const visits = await storedVisits(cases.value.map(({ theCase }) => theCase));
  return mapLoaded(cases, (list) =>
    list.map(({ theCase, mandate }) => ({
      ...clientRow(nameOf(theCase.self), theCase, day, visits.get(theCase.id) ?? null),
      lawyer: (mandate.as && lawyers.get(mandate.advisor ?? '')) ?? null,
    })),
  );
}

/** The lawyers at the office whose clients these are, as this reader's list names them. */
async function lawyersOf({ actor }: Reader, cases: readonly ClientCase[]): Promise<ReadonlyMap<string, Lawyer>> {
  const names = await advisorNames(cases.flatMap(({ mandate }) => (mandate.as ? [mandate.id] : [])));
  return new Map([...names].map(([advisor, name]) => [advisor, { ref: lawyerReference(actor.id, advisor), name }]));
}

/** The name of the colleague whose client it is; null for the reader's own. */
export const lawyerOf = async ({ id, as }: OpenMandate): Promise<string | null> =>
  as === null ? null : ([...(await advisorNames([id])).values()][0] ?? '');

/** The rows behind a calendar feed's address. Null when the address is unknown or revoked. */
export async function feedRows(
  token: string,
): Promise<{ readonly rows: Loaded<ClientRow[]>; readonly language: string } | null> {
  const feed = await readFeed(token);
  if (!feed) return null;
  const actor = { id: feed.actor, role: 'advisor', name: '' } as const;
  // A calendar signs nobody in: the office counts while a sign-in named it lately.
  const office = await officeNamedBy(actorPseudonym(actor.id), true);
  const rows = await loggedRows({ actor, office }, 'export-deadlines', {
    actorUnit: null,
    actorAssurance: null,
    purpose: CALENDAR_FEED,
  });
  return { rows, language: shownOr(feed.language) };
}

/**
 * A client's case by its name in this advisor's addresses, under a mandate that was just queried, with its viewer.
 * `undefined`: there is no such case.
 */
export async function openClientCase(
  advisor: Professional,
  ref: string,
  mandate: OpenMandate,
  patience = PATIENCE,
): Promise<Loaded<(ClientCase & { readonly viewer: Viewer }) | undefined>> {
  const loaded = await casesUnder(advisor.actor, [mandate], patience);
  if (loaded.state === 'unavailable') return loaded;
  const found = loaded.value.find(({ theCase }) => clientReference(advisor.actor.id, theCase.id) === ref);
  const person = found?.theCase.self.ids.find((id) => ownerOfPerson(id) === mandate.client);
  if (!found || !person) return loaded.state === 'partial' ? unavailable('malformed') : { ...loaded, value: undefined };
  noteCaseName(advisor.actor.id, caseReference({ subject: { person, name: '' } }, found.theCase), found.theCase.id);
  const viewer: Viewer = {
    actor: advisor.actor,
    subject: { person, name: nameOf(found.theCase.self) },
    basis: 'mandate',
    scope: 'read',
    language: advisor.language,
    grant: mandate.id,
    purpose: 'legal-aid',
  };
  return { ...loaded, value: { ...found, viewer } };
}

/**
 * The mandate that opens a client's case now, by the case's name in this advisor's addresses, and the advisor's number
 * of clients. Null when there is none.
 */
export async function clientNow(
  reader: Reader,
  ref: string,
): Promise<{ readonly mandate: OpenMandate; readonly clients: number } | null> {
  const mandates = await mandatesNow(reader);
  const isNamed = (id: string) => clientReference(reader.actor.id, id) === ref;
  const mandate = mandates.find(({ caseIds }) => caseIds.some(isNamed));
  return mandate ? { mandate, clients: new Set(mandates.map(({ client }) => client)).size } : null;
}

/** Await it after the page was loaded and before it is sent. False: the mandate ended meanwhile. */
export async function logClientView(advisor: Professional, opened: ClientCase, shown: unknown): Promise<boolean> {
  const isLogged = await logClientLook(advisor, opened, {
    action: 'view-case',
    objectType: 'case',
    objectRef: opened.mandate.id,
    fields: ['stage', 'next-step', 'period', 'wait', 'people'],
    shown,
  });
  const { theCase } = opened;
  const visit = (await storedVisits([theCase])).get(theCase.id) ?? null;
  await noteSeen(actorPseudonym(advisor.actor.id), new Map([seenEntry({ theCase, visit })]));
  return isLogged;
}

/** The same for another part of a client's case. */
export async function logClientLook(
  advisor: Professional,
  { mandate, theCase }: ClientCase,
  look: Pick<Act, 'action' | 'objectType' | 'objectRef' | 'fields' | 'shown'>,
): Promise<boolean> {
  await addAuditEntry(advisor.actor, {
    ...look,
    ground: 'mandate',
    onBehalfOf: mandate.client,
    subjects: subjectsOf(mandate.client, theCase),
    grantId: mandate.id,
    grantVersion: mandate.version,
    actorUnit: advisor.office,
    colleague: mandate.as,
    actorAssurance: advisor.assurance,
    language: advisor.language,
  });
  const still = await mandatesNow(advisor);
  return still.some(({ id, version }) => id === mandate.id && version === mandate.version);
}

const nameOf = ({ givenName, familyName }: Party): string => `${givenName} ${familyName}`.trim();
