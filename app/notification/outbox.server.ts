import { now } from '~/platform/clock.server';
import { alarm, errorName, log } from '~/platform/log.server';
import { claimMail, type OutboxMail, postpone, putOff, takeOutOfOutbox } from '~/store/outbox.server';
import { mailOf, sendMail } from './mail.server';

/** After this many attempts over some hours a mail is dropped: the portal shows the same news. */
const MOST_ATTEMPTS = 20;
const MOST_A_ROUND = 20;
const SEALED_MINUTES = 10;

/** Whether a mail may still be sent; `later` when that can't be found out now. */
type MayBeMailed = (mail: OutboxMail) => Promise<'yes' | 'no' | 'later'>;

/** Sends due mail, each only if it still may be. What the mail server refuses now stays for later. */
export async function sendDue(signal: AbortSignal, mayBeMailed: MayBeMailed): Promise<void> {
  for (let count = 0; count < MOST_A_ROUND; count += 1) {
    signal.throwIfAborted();
    const mail = await claimMail(now());
    if (!mail) return;
    await sendOne(mail, mayBeMailed);
  }
}

async function sendOne(mail: OutboxMail, mayBeMailed: MayBeMailed): Promise<void> {
  if (mail.isSealed) {
    // A secret was taken away too early: with it the mail can still be sent.
    alarm('mail-sealed');
    return putOff(mail.id, now().add({ minutes: SEALED_MINUTES }));
  }
  if (mail.address === null || mail.attempts > MOST_ATTEMPTS) {
    alarm('mail-given-up', { count: mail.attempts - 1 });
    return takeOutOfOutbox(mail.id);
  }
  const may = await mayBeMailed(mail);
  if (may === 'no') return takeOutOfOutbox(mail.id);
  if (may === 'later') return postpone(mail, now());
  try {
    await sendMail(mail.address, mailOf(mail.kind, mail.language, mail.code), mail.language);
    await takeOutOfOutbox(mail.id);
  } catch (error) {
    log('mail-not-sent', { error: errorName(error), count: mail.attempts }, 'warn');
    await postpone(mail, now());
  }
}
