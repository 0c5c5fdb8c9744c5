import { z } from 'zod';
import { casesOf } from '~/agency/cases.server';
import { record } from '~/audit/record.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import { CODE_MINUTES } from '~/model/view-as';
import type { Viewer } from '~/model/viewer';
import { ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { seal } from '~/store/seal.server';
import { createCode, livingCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { endBySubject, openGrantOn } from '~/store/view-grant.server';

/** What the caller's page knows: whether somebody looks now, and whether a code waits. */
export interface CallerView {
  readonly state: 'nothing' | 'code' | 'located' | 'looking';
  readonly callerCheck: string | null;
  readonly agentNumber: number | null;
  /** Clock time, in words. */
  readonly until: string | null;
}

export async function callerView(viewer: Viewer): Promise<CallerView> {
  const owner = ownerOf(viewer);
  const [grant, code] = await Promise.all([openGrantOn(owner), livingCode(owner, 'view')]);
  if (grant?.state === 'active') {
    const until = formatsOf(viewer.language).clock(grant.expiresAt.toString(), config().AGENCY_ZONE);
    return { state: 'looking', callerCheck: null, agentNumber: grant.agentNumber, until };
  }
  const state = code === null ? 'nothing' : grant?.state === 'located' ? 'located' : 'code';
  return { state, callerCheck: code?.callerCheck ?? null, agentNumber: null, until: null };
}

/** In rem. What a page can't be counts as not told: nobody goes without a code for it. */
const pageWidth = z.coerce
  .number()
  .min(15)
  .max(200)
  .transform((rem) => Math.round(rem * 10) / 10)
  .nullable()
  .catch(null);

/**
 * A code for this call. Null: the caller's references could not be asked, or there are none to be found under.
 *
 * @param width of his page in rem, as the browser sent it; without a script it sends nothing
 */
export async function makeViewCode(
  viewer: Viewer,
  sessionMark: string,
  width: unknown,
): Promise<{ readonly digits: string; readonly callerCheck: string } | null> {
  const cases = await casesOf(viewer);
  if (cases.state === 'unavailable' || cases.value.length === 0) return null;
  const code = await createCode({
    purpose: 'view',
    owner: ownerOf(viewer),
    sessionHash: sessionMark,
    refs: cases.value.map(({ reference }) => referenceHash(reference)),
    seal: (id) => seal(JSON.stringify(viewer.subject), `code ${id}`, sealingKeys()),
    language: viewer.language,
    pageWidth: pageWidth.parse(width),
    minutes: CODE_MINUTES,
  });
  await record(viewer.actor, { action: 'make-code', objectType: 'code', purpose: 'view' });
  return { digits: code.digits, callerCheck: code.callerCheck };
}

/** Ends whatever looks at the caller. It is over when this has resolved, whether it could be put on record or not. */
export async function stopView(viewer: Viewer): Promise<void> {
  const ended = await endBySubject(ownerOf(viewer));
  for (const grant of ended)
    await record(viewer.actor, { action: 'stop-view', objectType: 'grant', objectRef: grant.id, grantId: grant.id });
}
