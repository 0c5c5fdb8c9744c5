import { hasContacts } from '~/agency/klantinteracties/contact-moments.server';
import { followUp } from '~/appointment/booking/follow-up.server';
import { drawAndOffer } from '~/appointment/draw/draw-round.server';
import { mayBeMailed } from '~/appointment/draw/mail-right.server';
import { offerEarlierSlots } from '~/appointment/watch/earlier.server';
import { keepAuditHead } from '~/audit/anchor.server';
import { reportUnconfirmed } from '~/audit/emergency.server';
import { writeNotedActs } from '~/audit/noted-act.server';
import { purge } from '~/audit/purge.server';
import { forgetOldCaseChanges } from '~/case/case-change.server';
import { config } from '~/config/config.server';
import { learnQueues, recordQueues } from '~/contact/queue-record.server';
import { writeUses } from '~/effect/page-use.server';
import { collectAtNight } from '~/estimate/collect.server';
import { refreshEstimate, refreshSeconds, trainSeconds, trainWhenNewer } from '~/estimate/model.server';
import { writeContacts } from '~/helpdesk/contact-moments.server';
import { lookForChanges } from '~/message/looked-after.server';
import { sendsMail } from '~/notification/mail.server';
import { sendDue } from '~/notification/outbox.server';
import { machineNow, now } from '~/platform/clock.server';
import { deleteOldContacts } from '~/store/contact-moment.server';
import { deleteOldDrafts } from '~/store/draft.server';
import { deleteHoldsBefore } from '~/store/hold.server';
import { deleteExpiredAnswers } from '~/store/kept-answer.server';
import { deleteOldLogoutTokens } from '~/store/logout-token.server';
import { forgetAddresses } from '~/store/mail-address.server';
import { deleteOldPageAnswers } from '~/store/page-answer.server';
import { deleteOldPageUses } from '~/store/page-use.server';
import { deleteExpiredSessions } from '~/store/session.server';
import { deleteOldCodes } from '~/store/spoken-code.server';
import { deleteExpiredStatements } from '~/store/statement.server';
import { clearEndedGrants } from '~/store/view-grant.server';
import { clearOldRequests } from '~/store/view-request.server';
import type { Job } from './background.server';
import { measure } from './measure.server';

/** Everything that the portal does without a request. */
export function jobs(): Job[] {
  const { WATCH_SECONDS, STATISTICS_COLLECT } = config();
  return [
    { name: 'follow-up', everySeconds: 5, run: followUp },
    { name: 'watch', everySeconds: WATCH_SECONDS, run: offerEarlierSlots },
    { name: 'draw', everySeconds: WATCH_SECONDS, run: drawAndOffer },
    ...(sendsMail()
      ? [
          // Rows are claimed one by one, so each process takes a part. Somebody may wait for a code.
          {
            name: 'outbox',
            everySeconds: 1,
            inEveryProcess: true as const,
            run: (signal: AbortSignal) => sendDue(signal, mayBeMailed),
          },
          { name: 'messages', everySeconds: 2, inEveryProcess: true as const, run: lookForChanges },
        ]
      : []),
    ...(hasContacts() ? [{ name: 'contacts', everySeconds: 5, run: writeContacts }] : []),
    { name: 'emergency', everySeconds: 2, run: reportUnconfirmed },
    // Each process has the estimate in memory, and a log of its own.
    { name: 'estimate', everySeconds: refreshSeconds, inEveryProcess: true, run: refreshEstimate },
    { name: 'audit-head', everySeconds: 60, inEveryProcess: true, run: keepAuditHead },
    { name: 'audit-noted', everySeconds: 1, inEveryProcess: true, run: () => writeNotedActs() },
    { name: 'page-uses', everySeconds: 60, inEveryProcess: true, run: writeUses },
    { name: 'measure', everySeconds: 15, inEveryProcess: true, run: measure },
    { name: 'queue-record', everySeconds: 300, run: recordQueues },
    // Each process forecasts from memory. The first round comes before the record, so the next one comes soon.
    { name: 'queue-forecast', everySeconds: 60, inEveryProcess: true, run: learnQueues },
    { name: 'training', everySeconds: trainSeconds, run: trainWhenNewer },
    ...(STATISTICS_COLLECT ? [{ name: 'counting', everySeconds: 300, run: collectAtNight }] : []),
    { name: 'retention', everySeconds: 3_600, run: purge },
    { name: 'cleanup', everySeconds: 600, run: cleanUp },
  ];
}

async function cleanUp(): Promise<void> {
  await deleteExpiredSessions(now());
  await deleteOldDrafts(now());
  await deleteExpiredAnswers(now());
  await Promise.all([deleteOldCodes(), clearEndedGrants(), clearOldRequests(), deleteOldLogoutTokens(machineNow())]);
  await deleteExpiredStatements();
  await forgetAddresses();
  await forgetOldCaseChanges();
  await deleteOldPageAnswers();
  await deleteOldPageUses();
  await deleteOldContacts();
  await deleteHoldsBefore(now().subtract({ hours: 24 }));
}
