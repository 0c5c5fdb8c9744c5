import { z } from 'zod';
import { plannerTaskText } from '~/appointment/booking/planner-task.server';
import { emailError } from '~/appointment/email-words';
import { optionalEmail } from '~/appointment/form-fields.server';
import { noteAct } from '~/audit/noted-act.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { shownLanguages } from '~/i18n/shown-languages.server';
import { phoneOf } from '~/model/contact-address';
import { type Language, OWN_NAME } from '~/model/language';
import { TOPICS, type Topic } from '~/model/message-topic';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { HOURS } from '~/model/watch';
import { sendsMail, sendsTexts } from '~/notification/mail.server';
import { confirmationFor, leaveMailAddress, leaveNumber } from '~/notification/mail-address.server';
import { now } from '~/platform/clock.server';
import { momentWords } from '~/platform/moment-words.server';
import { makerOf, ownerOf, subscriptionInToken } from '~/platform/pseudonym.server';
import { type Attempt, attemptsOf } from '~/store/delivery.server';
import { addressWith } from '~/store/mail-address.server';
import {
  type Message,
  messagesOf,
  skipSubscription,
  stopSubscription,
  subscribe,
  subscriptionOf,
  subscriptionWith,
} from '~/store/message.server';

const MOST_SHOWN = 50;

/** What a person chose, and what was sent to them. */
export async function settingsView(viewer: Viewer) {
  const known = await subscriptionOf(ownerOf(viewer));
  const isOn = known?.state === 'on';
  const address = isOn ? await addressWith(makerOf(viewer), known.addressId) : null;
  const number = isOn ? await addressWith(makerOf(viewer), known.numberId) : null;
  const unconfirmed = [address, number].find((one) => one && !one.isConfirmed);
  const { quiet } = config().AGENCY_DIR.messages;
  const sent = known ? await messagesOf(known.id, MOST_SHOWN) : [];
  const attempts = await attemptsOf(sent.map(({ id }) => id));
  return {
    sendsMail: sendsMail(),
    sendsTexts: sendsTexts(),
    isOn,
    stopped: known?.state === 'stopped' ? known.stoppedWhy : null,
    email: address?.address ?? null,
    number: number?.address ?? null,
    isBounced: address?.isBounced ?? false,
    isNumberBounced: number?.isBounced ?? false,
    toConfirm: unconfirmed && sendsMail() ? await confirmationFor(viewer, unconfirmed.id) : null,
    topics: isOn ? known.topics : [...TOPICS],
    language: isOn ? known.language : viewer.language,
    languages: shownLanguages().map((language): [Language, string] => [language, OWN_NAME[language]]),
    quietFrom: isOn ? known.quietFrom : quiet.from,
    quietUntil: isOn ? known.quietUntil : quiet.until,
    sent: sent.map((message) => sentView(message, attempts, viewer.language)),
  };
}

export type SettingsView = Awaited<ReturnType<typeof settingsView>>;

const sentView = (
  { id, kinds, state, sendAt, settledAt }: Message,
  attempts: readonly Attempt[],
  language: Language,
) => ({
  id,
  kinds,
  state,
  at: momentWords(settledAt ?? sendAt, language),
  attempts: attempts
    .filter(({ messageId }) => messageId === id)
    .map((attempt) => ({
      channel: attempt.channel,
      state: ATTEMPT[attempt.state],
      at: momentWords(attempt.at, language),
    })),
});

/** An attempt in the words of messages. */
const ATTEMPT = {
  handing: 'queued',
  sent: 'sent',
  delivered: 'delivered',
  failed: 'failed',
  refused: 'failed',
  bounced: 'failed',
} as const;

const optionalNumber = z
  .string()
  .optional()
  .transform((text = '', context) => {
    const number = text.trim() === '' ? '' : phoneOf(text);
    if (number !== null) return number;
    context.addIssue('is no number');
    return z.NEVER;
  });
const hour = z.enum(HOURS);
const formSchema = z.object({
  email: optionalEmail.refine((address) => address !== ''),
  language: z.string(),
  number: optionalNumber,
  quietFrom: hour,
  quietUntil: hour,
});

export type Chosen =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: { readonly email?: string; readonly number?: string } };

/** Keeps what a person chose in the form. */
export async function chooseMessages(viewer: WritingViewer, form: FormData): Promise<Chosen> {
  const typed = String(form.get('email') ?? '').trim();
  const parsed = formSchema.safeParse({ ...Object.fromEntries(form), email: typed });
  if (!parsed.success) {
    const t = translatorOf(viewer.language);
    const isNumber = parsed.error.issues.every(({ path }) => path[0] === 'number');
    return {
      ok: false,
      errors: isNumber ? { number: t('appointment:hold.badPhone') } : { email: emailError(typed, t) },
    };
  }
  const { email, number, quietFrom, quietUntil } = parsed.data;
  const topics = form.getAll('topic').flatMap((one): Topic[] => TOPICS.filter((topic) => topic === one));
  const language = shownLanguages().find((one) => one === parsed.data.language) ?? viewer.language;
  const addressId = await leaveMailAddress({ ...viewer, language }, email);
  const numberId = sendsTexts() ? await leaveNumber({ ...viewer, language }, number) : null;
  const zone = config().AGENCY_ZONE;
  const chosen = { topics, language, zone, quietFrom, quietUntil, addressId, numberId };
  const sealed = plannerTaskText({ viewer: { ...viewer, language }, request: null });
  const objectRef = await subscribe(ownerOf(viewer), chosen, sealed, now());
  noteAct(viewer.actor, { action: 'choose-messages', objectType: 'messages', objectRef, onBehalfOf: ownerOf(viewer) });
  return { ok: true };
}

export async function stopOwnMessages(viewer: WritingViewer): Promise<void> {
  const known = await subscriptionOf(ownerOf(viewer));
  if (known && (await stopSubscription(known.id, 'wished', now())))
    noteAct(viewer.actor, { action: 'stop-messages', objectType: 'messages', objectRef: known.id });
}

/** The link of a mail, or a mail program's button: without a sign-in. False for a link that is not of this portal. */
export async function stopByLink(token: string): Promise<boolean> {
  const id = subscriptionInToken(token);
  if (id === null) return false;
  const known = await subscriptionWith(id);
  if (known && (await stopSubscription(id, 'wished', now())))
    noteAct(
      { id: 'anyone', role: 'anyone' },
      { action: 'stop-messages', objectType: 'messages', objectRef: id, onBehalfOf: known.owner },
    );
  return true;
}

export const skipMessages = (viewer: WritingViewer): Promise<void> =>
  skipSubscription(ownerOf(viewer), viewer.language, now());

/**
 * What the start page says of messages: it asks once whether the person wants any, and tells when they can't be delivered any
 * more. Null for nothing.
 */
export async function messagesNote(viewer: Viewer): Promise<'ask' | 'bounced' | null> {
  if (!sendsMail() || viewer.basis !== 'self') return null;
  const known = await subscriptionOf(ownerOf(viewer));
  if (known === null) return 'ask';
  const address = await addressWith(makerOf(viewer), known.addressId);
  return address?.isBounced ? 'bounced' : null;
}
