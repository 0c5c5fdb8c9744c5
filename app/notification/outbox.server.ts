import { isUseless } from '~/model/message';
import { now } from '~/platform/clock.server';
import { alarm, errorName, log } from '~/platform/log.server';
import { beginDelivery, dropMail, noteHandedOver, parkReport, settleDelivery } from '~/store/delivery.server';
import { messageWith } from '~/store/message.server';
import { claimMails, type OutboxMail, postpone, putOff } from '~/store/outbox.server';
import { isRefusedForGood, mailOf, type NewsOfMail, refusesAddress, sendMail, sendText, textOf } from './mail.server';

/** After this many attempts over some hours a mail is parked: the portal shows the same news. */
const MOST_ATTEMPTS = 20;
/** Mails at once, each on a connection of its own. */
const AT_ONCE = 10;
/** Another process and the next round go on with what is left. */
const MOST_A_ROUND = 1_000;
const SEALED_MINUTES = 10;

/** Whether a mail may still be sent; `later` when that can't be found out now. */
type MayBeMailed = (mail: OutboxMail) => Promise<'yes' | 'no' | 'later'>;

/** Sends due mail, each only if it still may be. What the mail server refuses now stays for later. */
export async function sendDue(signal: AbortSignal, mayBeMailed: MayBeMailed): Promise<void> {
  for (let count = 0; count < MOST_A_ROUND; count += AT_ONCE) {
    signal.throwIfAborted();
    const mails = await claimMails(now(), AT_ONCE);
    if (mails.length === 0) return;
    // One that fails here is tried again when its claim ends.
    const sent = await Promise.allSettled(mails.map((mail) => sendOne(mail, mayBeMailed)));
    const failed = sent.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function sendOne(mail: OutboxMail, mayBeMailed: MayBeMailed): Promise<void> {
  if (mail.isSealed) {
    // A secret was taken away too early: with it the mail can still be sent.
    alarm('mail-sealed');
    return putOff(mail.id, now().add({ minutes: SEALED_MINUTES }));
  }
  if (mail.address === null) return dropMail(mail, 'failed', now());
  if (mail.attempts > MOST_ATTEMPTS) return park(mail);
  const may = await mayBeMailed(mail);
  if (may === 'no') return dropMail(mail, 'dropped', now());
  if (may === 'later') return postpone(mail, now());
  const news = mail.messageId === null ? null : await messageWith(mail.messageId);
  if (mail.messageId !== null && (!news || isUseless(news.useUntil, now()))) return dropMail(mail, 'dropped', now());
  await handOver(mail, mail.address, news);
}

async function handOver(mail: OutboxMail, address: string, news: NewsOfMail | null): Promise<void> {
  const { id, language, attempts } = mail;
  await beginDelivery(mail, now());
  try {
    const handing = { language, attempts, reference: id };
    if (mail.channel === 'sms') await sendText(address, textOf(language, mail.code, news), handing);
    else await sendMail(address, mailOf(mail.kind, language, mail.code, news), handing);
  } catch (error) {
    log('mail-not-sent', { error: errorName(error), count: mail.attempts }, 'warn');
    if (!isRefusedForGood(error)) return postpone(mail, now());
    if (!refusesAddress(error) || mail.addressId === null) return park(mail);
    await settleDelivery(id, 'bounced', now());
    return;
  }
  await noteHandedOver(mail, now());
}

async function park(mail: OutboxMail): Promise<void> {
  alarm('mail-given-up', { count: mail.attempts - 1 });
  if (mail.addressId === null) return parkReport(mail.id, now());
  await beginDelivery(mail, now());
  await settleDelivery(mail.id, 'refused', now());
}
