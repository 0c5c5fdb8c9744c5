import type { Viewer } from '~/model/viewer';
import { now } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { putReceipt } from '~/store/message.server';

/**
 * Mails who gets messages that the portal has what they did. A failure is logged: what they did stands, and the page says so.
 *
 * @param event the same for the same act, however often it is sent
 * @param target the page that has what they sent, without its language
 */
export async function sendReceipt(viewer: Viewer, event: string, target: string): Promise<void> {
  if (viewer.basis !== 'self') return;
  await putReceipt(ownerOf(viewer), `receipt ${event}`, target, now()).catch((error: unknown) =>
    log('receipt-not-sent', { error: errorName(error) }, 'warn'),
  );
}
