import { casesOf } from '~/agency/cases.server';
import { addAuditEntry, PORTAL } from '~/audit/audit-entry.server';
import { isProduct } from '~/model/appointment';
import { knownValue } from '~/model/loaded';
import { type EndedWhy, rightEnded } from '~/model/right-ended';
import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { actorPseudonym, ownerOf, ownerOfPerson } from '~/platform/pseudonym.server';
import { officeNamedBy } from '~/store/colleague.server';
import { activeMandates } from '~/store/mandate.server';
import { endedRightsOf, endTicket, endWatch } from '~/store/right-ended.server';

/** What the portal does for a person later: in which case, for whom and what for. */
interface ForLater {
  readonly caseId: string;
  readonly product: string;
  readonly owner: string;
}

/**
 * Whether a person still has the right to a visit, as the agency says now, or why not. `unknown`: the agency does not
 * say, so that nothing may be done and nothing is over.
 */
export async function rightTo(viewer: Viewer, later: ForLater): Promise<'right' | 'unknown' | EndedWhy> {
  const { caseId, product, owner } = later;
  // What an advisor asked for ends with the mandate, or when the client lets them look only.
  if (viewer.basis === 'mandate' && !(await mayStillArrange(viewer))) return 'no-right';
  const cases = await casesOf(viewer);
  const theCase = knownValue(cases)?.find(({ id }) => id === caseId) ?? null;
  if (!theCase && cases.state !== 'fresh') return 'unknown';
  if (!isProduct(product)) return 'not-needed';
  return rightEnded(theCase, product, (ids) => ids.map(ownerOfPerson).includes(owner)) ?? 'right';
}

async function mayStillArrange({ actor, grant }: Viewer): Promise<boolean> {
  const advisor = actorPseudonym(actor.id);
  // Nobody is signed in now. What a colleague asked for is the client's, so their office may have been named long ago.
  const mandates = await activeMandates(advisor, await officeNamedBy(advisor, false));
  return mandates.some(({ id, actions }) => id === grant && actions.includes('arrange'));
}

/** Ends a person's watch or ticket, on the page of the person and in the audit log. */
export async function endFor(
  what: 'watch' | 'ticket',
  { id: objectRef, owner }: { readonly id: string; readonly owner: string },
  reason: EndedWhy,
): Promise<void> {
  if (!(what === 'watch' ? await endWatch(objectRef, reason, now()) : await endTicket(objectRef, reason))) return;
  const action = what === 'watch' ? 'end-watch' : 'end-ticket';
  await addAuditEntry(PORTAL, { action, objectType: what, objectRef, reason, onBehalfOf: owner });
}

/** What ended for the viewer and why, in one case or in all; each kind of news once. */
export async function endedNotes(viewer: Viewer, caseId: string | null = null) {
  // To whom a person gave mandates does not concern who represents them.
  const ended = (await endedRightsOf(ownerOf(viewer))).filter(
    (one) =>
      (caseId === null || one.caseId === caseId) &&
      ((viewer.basis !== 'represents' && !viewer.cases) || one.what !== 'mandate'),
  );
  const notes = ended.map(({ what, why }) => ({ what, why }));
  return notes.filter(
    ({ what, why }, index) => notes.findIndex((other) => other.what === what && other.why === why) === index,
  );
}

export type EndedNoteView = Awaited<ReturnType<typeof endedNotes>>[number];
