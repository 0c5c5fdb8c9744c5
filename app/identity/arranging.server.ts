import { mandatedCasesOf } from '~/agency/cases.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { data } from '~/framework/node.server';
import { languageOfPage } from '~/i18n/request-language.server';
import type { Language } from '~/model/language';
import { fullNameOf } from '~/model/person-name';
import { patternOf, permitFor } from '~/model/route-policy';
import type { Actor, WritingViewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { actorPseudonym, caseReference, clientReference, ownerOfPerson, subjectsOf } from '~/platform/pseudonym.server';
import { bookingWith } from '~/store/booking.server';
import { readHold } from '~/store/hold.server';
import { activeMandates, type OpenMandate, readMandate } from '~/store/mandate.server';
import { asksByItself, pathOf } from './asker.server';
import type { SignedIn } from './openid.server';

/** A client's case at an address of the client's own, which an advisor opened under a mandate. */
export interface ClientAddress {
  readonly mandate: OpenMandate;
  readonly caseId: string;
  /** The case's name in the advisor's own addresses. */
  readonly ref: string;
  /** Whether the client lets the advisor arrange visits. */
  readonly mayArrange: boolean;
}

/** Once a request, however many of its parts ask. */
const asked = new WeakMap<Request, Promise<ClientAddress | null>>();

/** The case of a client at this address, by the advisor's mandates at this moment; null when none opens it. */
export function clientAt(request: Request, signedIn: Advisor): Promise<ClientAddress | null> {
  if (signedIn.role !== 'advisor') return Promise.resolve(null);
  const known = asked.get(request);
  if (known) return known;
  const found = find(request, signedIn);
  asked.set(request, found);
  return found;
}

/**
 * The name of the client's case from whose page an advisor was sent away, in the advisor's own addresses: their page of it
 * says how to get what the mandate does not allow. Null when they came from elsewhere.
 */
export async function clientBefore(request: Request, signedIn: SignedIn): Promise<string | null> {
  const before = URL.parse(request.headers.get('referer') ?? '');
  if (before?.origin !== config().ORIGIN) return null;
  const own = /^\/[a-z]{2}\/advisor\/clients\/([\w-]{1,64})$/.exec(before.pathname)?.[1];
  return own ?? (await clientAt(new Request(before), signedIn))?.ref ?? null;
}

type Advisor = Pick<SignedIn, 'id' | 'role' | 'office'>;

async function find(request: Request, { id: actorId, office }: Advisor): Promise<ClientAddress | null> {
  const pattern = patternOf(pathOf(request));
  const [, , kind, name = ''] = pathOf(request).split('/');
  if (!pattern || !KINDS.includes(kind ?? '') || name === '') return null;
  const mandates = await activeMandates(actorPseudonym(actorId), office);
  const caseId =
    kind === 'cases'
      ? await caseNamed(actorId, name, mandates)
      : (kind === 'holds' ? await readHold(name) : await bookingWith(name))?.caseId;
  const mandate = mandates.find(({ caseIds }) => caseId !== undefined && caseIds.includes(caseId));
  if (!mandate || caseId === undefined) return null;
  return { mandate, caseId, ref: clientReference(actorId, caseId), mayArrange: mandate.actions.includes('arrange') };
}

const KINDS: readonly string[] = ['cases', 'holds', 'bookings'];

/**
 * The case behind a client's own name for it, which is made from the client's number. No mandate has the number, so it is
 * noted when the advisor opens the case, and else found in what the registry has of all clients. It gives no access.
 */
const names = new Map<string, string>();
const MOST_NAMES = 20_000;
onClearCaches(() => names.clear());

const keyOf = (actorId: string, name: string): string => `${actorPseudonym(actorId)} ${name}`;

/** Notes the client's own name of a case that an advisor opened. */
export function noteCaseName(actorId: string, name: string, caseId: string): void {
  if (names.size >= MOST_NAMES) names.clear();
  names.set(keyOf(actorId, name), caseId);
}

async function caseNamed(actorId: string, name: string, mandates: readonly OpenMandate[]): Promise<string | undefined> {
  const known = names.get(keyOf(actorId, name));
  if (known !== undefined || mandates.length === 0) return known;
  const all = mandates.flatMap((mandate) => mandate.caseIds.map((caseId) => ({ caseId, mandate })));
  const loaded = await casesUnder({ id: actorId, role: 'advisor', name: '' }, all);
  if (loaded.state === 'unavailable') return undefined;
  for (const theCase of loaded.value)
    for (const person of theCase.self.ids)
      noteCaseName(actorId, caseReference({ subject: { person, name: '' } }, theCase), theCase.id);
  return names.get(keyOf(actorId, name));
}

const casesUnder = (actor: Actor, all: readonly { readonly caseId: string; readonly mandate: OpenMandate }[]) =>
  mandatedCasesOf(
    actor,
    all.map(({ caseId, mandate }) => ({
      caseId,
      isClient: (person: Parameters<typeof ownerOfPerson>[0]) => ownerOfPerson(person) === mandate.client,
    })),
  );

/**
 * The viewer with whom an advisor arranges the client's visits. The look is in the audit log before anything is shown,
 * and what the advisor does is shown to the client.
 *
 * @throws a 404 response when no mandate lets them, and a 503 when the registry does not answer
 */
export async function arrangingViewer(request: Request, signedIn: SignedIn): Promise<WritingViewer> {
  const at = await clientAt(request, signedIn);
  if (!at?.mayArrange) throw data(null, { status: 404 });
  const { mandate, caseId } = at;
  const { id, name, assurance, office } = signedIn;
  const colleague = mandate.as && office ? { as: mandate.as, office } : undefined;
  const actor: Actor = { id, role: 'advisor', name, assurance, actsFor: mandate.client, grant: mandate.id, colleague };
  const loaded = await casesUnder(actor, [at]);
  if (loaded.state === 'unavailable') throw data(null, { status: 503 });
  const theCase = loaded.value.find((each) => each.id === caseId);
  const person = theCase?.self.ids.find((own) => ownerOfPerson(own) === mandate.client);
  if (!theCase || !person) throw data(null, { status: 404 });
  const language = languageOfPage(request);
  if (request.method === 'GET' && !asksByItself(request))
    await addAuditEntry(actor, {
      action: 'view-case',
      objectType: 'case',
      objectRef: mandate.id,
      fields: ['next-step', 'people'],
      ground: 'mandate',
      onBehalfOf: mandate.client,
      subjects: subjectsOf(mandate.client, theCase),
      grantId: mandate.id,
      grantVersion: mandate.version,
      actorUnit: office,
      language,
    });
  return {
    actor,
    subject: { person, name: fullNameOf(theCase.self) },
    basis: 'mandate',
    scope: 'write',
    language,
    grant: mandate.id,
    purpose: 'legal-aid',
    cases: mandate.caseIds,
  };
}

/** What the frame says of a client's page on which an advisor acts: for whom, and how the browser asks whether they still may. */
export async function actingOn(request: Request, signedIn: SignedIn, language: Language) {
  const at = await clientAt(request, signedIn);
  if (!at?.mayArrange || permitFor('GET', pathOf(request))?.resource !== 'own-appointments') return null;
  const mandate = await readMandate(at.mandate.id, { client: at.mandate.client });
  return { name: mandate?.names.client ?? '', alive: `/${language}/advisor/clients/${at.ref}/alive` };
}
