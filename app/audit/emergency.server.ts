import { PORTAL } from '~/audit/audit-entry.server';
import { config } from '~/config/config.server';
import { now } from '~/platform/clock.server';
import { alarm } from '~/platform/log.server';
import { putReportInOutbox } from '~/store/outbox.server';
import { reportEmergency } from '~/store/view-request.server';
import { addAuditEntry } from './audit-entry.server';

/**
 * Reports every emergency that no second employee confirmed in time: in the audit log, by mail to the privacy officer
 * where one is set, and as an alarm to the operator.
 */
export async function reportUnconfirmed(): Promise<void> {
  const address = config().PRIVACY_OFFICER_EMAIL;
  const reported = () =>
    reportEmergency(async ({ id, state, grantId, callId, category }, within) => {
      const why = state === 'refused' ? 'refused by a second employee' : 'not confirmed in time';
      const basis = { grantId, callId, consent: 'glass', ground: 'emergency', reason: `${why}; ${category}` } as const;
      await addAuditEntry(
        PORTAL,
        { action: 'report-emergency', objectType: 'request', objectRef: id, ...basis },
        within,
      );
      const mail = { language: config().AGENCY_DIR.ownLanguage, notBefore: now() } as const;
      if (address) await putReportInOutbox({ ...mail, address }, now(), within);
    });
  while (await reported()) alarm('emergency-unconfirmed');
}
