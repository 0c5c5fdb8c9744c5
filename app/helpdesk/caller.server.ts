import { z } from 'zod';
import { casesOf } from '~/agency/cases.server';
import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import { knownValue } from '~/model/loaded';
import { CODE_MINUTES } from '~/model/view-as';
import type { Viewer } from '~/model/viewer';
import { ownerOf, referenceHash } from '~/platform/pseudonym.server';
import { seal } from '~/store/seal.server';
import { createCode, livingCode } from '~/store/spoken-code.server';
import { sealingKeys } from '~/store/store.server';
import { endBySubject, openGrantOn } from '~/store/view-grant.server';

/** Whether an employee looks now, and whether a code waits to be used. */
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

/** In rem. An impossible width counts as not known: the caller still gets a code. */
const pageWidth = z.coerce
  .number()
  .min(15)
  .max(200)
  .transform((rem) => Math.round(rem * 10) / 10)
  .nullable()
  .catch(null);

/** Whether a code that may be read out now would stop working by a new one. */
export const hasViewCode = async (viewer: Viewer): Promise<boolean> =>
  (await livingCode(ownerOf(viewer), 'view')) !== null;

/**
 * Creates a code for this call. Null when the caller's cases can't be read, or there are none that they may show.
 *
 * @param width of the caller's page in rem, sent by the browser's script; null or text without one
 */
export async function makeViewCode(
  viewer: Viewer,
  sessionMark: string,
  width: unknown,
): Promise<{ readonly digits: string; readonly callerCheck: string } | null> {
  const shown = (knownValue(await casesOf(viewer)) ?? []).filter(({ rights }) => rights.includes('helpdesk'));
  if (shown.length === 0) return null;
  const code = await createCode({
    purpose: 'view',
    owner: ownerOf(viewer),
    sessionHash: sessionMark,
    refs: shown.map(({ reference }) => referenceHash(reference)),
    seal: (id) => seal(JSON.stringify(viewer.subject), `code ${id}`, sealingKeys()),
    language: viewer.language,
    pageWidth: pageWidth.parse(width),
    minutes: CODE_MINUTES,
  });
  await addAuditEntry(viewer.actor, { action: 'make-code', objectType: 'code', purpose: 'view' });
  return { digits: code.digits, callerCheck: code.callerCheck };
}

/** Ends every view of the caller. They have ended once this has settled, also when the audit log refused the entry. */
export async function stopView(viewer: Viewer): Promise<void> {
  const ended = await endBySubject(ownerOf(viewer));
  for (const grant of ended)
    await addAuditEntry(viewer.actor, {
      action: 'stop-view',
      objectType: 'grant',
      objectRef: grant.id,
      grantId: grant.id,
    });
}
