import { addAuditEntry } from '~/audit/audit-entry.server';
import type { Professional } from '~/identity/session.server';
import { filesPerHour } from '~/model/file-limit';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { didWithinAnHour, openedWithinAnHour } from '~/store/audit.server';
import { activeMandates, type OpenMandate } from '~/store/mandate.server';

interface FileRequest {
  readonly mandate: Pick<OpenMandate, 'id'>;
  readonly clients: number;
}

/**
 * Whether an advisor must wait before opening another client's file, because they opened more within the hour than
 * their number of clients explains. A stolen account gets no further; files opened before stay open.
 */
export async function mustPause(advisor: Professional, { mandate, clients }: FileRequest): Promise<boolean> {
  const opened = await openedWithinAnHour(actorPseudonym(advisor.actor.id));
  if (opened.has(mandate.id) || opened.size < filesPerHour(clients)) return false;
  await logPause(advisor, mandate, opened);
  return true;
}

/** The same check, for after a look was logged and before anything is shown. */
export async function hasOpenedTooMany(advisor: Professional, { mandate, clients }: FileRequest): Promise<boolean> {
  const opened = await openedWithinAnHour(actorPseudonym(advisor.actor.id));
  if (opened.size <= filesPerHour(clients)) return false;
  await logPause(advisor, mandate, opened);
  return true;
}

/**
 * Once an hour: a script that goes on asking does not fill the audit log. Each client whose file was opened sees it on
 * their page of who looked.
 */
async function logPause(
  advisor: Professional,
  mandate: FileRequest['mandate'],
  opened: ReadonlySet<string>,
): Promise<void> {
  const me = actorPseudonym(advisor.actor.id);
  if (await didWithinAnHour(me, 'pause-advisor')) return;
  const open = await activeMandates(me, advisor.office);
  const clients = open.flatMap(({ id, client }) => (opened.has(id) ? [client] : []));
  await addAuditEntry(advisor.actor, {
    action: 'pause-advisor',
    objectType: 'mandate',
    objectRef: mandate.id,
    grantId: mandate.id,
    result: 'denied',
    reason: 'too-many-files',
    ground: 'mandate',
    subjects: [...new Set(clients)],
    actorUnit: advisor.office,
    actorAssurance: advisor.assurance,
  });
}
