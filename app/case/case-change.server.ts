import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { needed, readAs, text, textOrNone } from '~/agency/field-values.server';
import { jsonIn } from '~/model/json-text';
import { now } from '~/platform/clock.server';
import { changedCaseHash } from '~/platform/pseudonym.server';
import { deleteCaseChangesBefore, noteCaseChange } from '~/store/case-change.server';
import { isUuid } from '~/store/columns.server';
import { wakeSubscriptions } from '~/store/message.server';

/** No answer about a case is kept longer. A notification that is older could only repeat what is known. */
const KEPT_HOURS = 24;

/** A message of the Notificaties API, as far as it is used. Its other fields may hold anything. */
const messageSchema = z.object({
  kanaal: needed.transform((channel) => channel.toLowerCase()),
  hoofdObject: text,
  aanmaakdatum: textOrNone,
});

export type Noted = 'noted' | 'known' | 'old' | 'other-channel';

/**
 * Takes one notification of the registry, in any order and any number of times. Null for a message that can't be read.
 * It only tells that kept answers about the case are outdated: what changed is asked of the registry itself.
 */
export async function takeNotification(body: string): Promise<Noted | null> {
  const message = readAs(messageSchema, jsonIn(body)).data;
  if (!message) return null;
  // Open Notificaties tries out a new subscription on the channel "test".
  if (message.kanaal !== 'zaken') return 'other-channel';
  const [path = ''] = message.hoofdObject.split(/[?#]/);
  const caseId = (path.split('/').filter(Boolean).at(-1) ?? '').toLowerCase();
  if (!isUuid(caseId)) return null;
  const at = now();
  const told = instantIn(message.aanmaakdatum) ?? at;
  if (Temporal.Instant.compare(told, at.subtract({ hours: KEPT_HOURS })) < 0) return 'old';
  // A registry whose clock is ahead must not hide its later notifications.
  const toldAt = Temporal.Instant.compare(told, at) > 0 ? at : told;
  const caseHash = changedCaseHash(caseId);
  // First, and for a repeated one too: it may be the retry of one whose answer was lost in between.
  await wakeSubscriptions(caseHash, at);
  return (await noteCaseChange(caseHash, toldAt, at)) ? 'noted' : 'known';
}

export const forgetOldCaseChanges = (): Promise<void> => deleteCaseChangesBefore(now().subtract({ hours: KEPT_HOURS }));

function instantIn(text: string | null): Temporal.Instant | null {
  try {
    return text === null ? null : Temporal.Instant.from(text);
  } catch {
    return null;
  }
}
