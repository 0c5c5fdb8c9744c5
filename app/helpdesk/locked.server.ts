import { addAuditEntry } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import type { Professional } from '~/identity/session.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { codeLocks, unlockCodes } from '~/store/code-lock.server';
import { origin } from './call.server';

/** Whose entry of codes is locked now. A team lead may unlock everybody's but their own. */
export async function lockedView({ actor, language }: Professional) {
  const formats = formatsOf(language);
  return (await codeLocks()).map(({ agent, employee, office, until }) => ({
    agent,
    employee,
    office,
    until: formats.clock(until.toString(), config().AGENCY_ZONE),
    mayUnlock: agent !== actorPseudonym(actor.id),
  }));
}

/** Unlocks an entry and adds that to the audit log. `cannot`: it is not locked, or the lead's own. */
export async function unlock(lead: Professional, form: FormData): Promise<'done' | 'cannot'> {
  const agent = String(form.get('agent') ?? '');
  const entry = { action: 'unlock-codes', objectType: 'code', objectRef: agent, ...origin(lead) } as const;
  if (agent === actorPseudonym(lead.actor.id)) {
    await addAuditEntry(lead.actor, { ...entry, result: 'denied', reason: 'own' });
    return 'cannot';
  }
  return (await unlockCodes(agent, (within) => addAuditEntry(lead.actor, entry, within))) ? 'done' : 'cannot';
}
