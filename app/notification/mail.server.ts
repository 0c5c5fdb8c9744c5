import { createTransport, type Transporter } from 'nodemailer';
import { type HandedOver, handTextToNotify, handToNotify } from '~/agency/notify.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Language } from '~/model/language';
import type { Kind } from '~/model/message';
import { stopToken } from '~/platform/pseudonym.server';
import type { MailKind } from '~/store/schema/outbox.server';
import { mailPage } from './mail-page.server';

export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** The same whenever it is sent again, so that a mail program shows it once. */
  readonly messageId?: string;
  /** Stops messages at once, by a POST that a mail program sends (RFC 8058). */
  readonly stop?: string;
}

/** News of a person's cases. */
export interface NewsOfMail {
  readonly id: string;
  readonly subscriptionId: string;
  readonly kinds: readonly Kind[];
}

/** Whether numbers can get text messages, which only the service sends. */
export const sendsTexts = (): boolean => config().NOTIFY_SMS_TEMPLATE !== undefined;

export const sendsMail = (): boolean => config().SMTP_URL !== undefined || config().NOTIFY_URL !== undefined;

/**
 * A mail that anybody may read: there is news, and where to sign in for it. It says nothing about the person, the
 * application or the visit. A mail that asks to confirm an address holds the code.
 */
export function mailOf(
  kind: MailKind,
  language: Language,
  code: string | null = null,
  news: NewsOfMail | null = null,
): Mail {
  const t = translatorOf(language);
  const { ORIGIN, AGENCY_NAME } = config();
  if (kind === 'change') {
    if (!news) throw new Error('a mail about a change without one');
    return newsMail(news, language);
  }
  if (kind === 'emergency-report')
    return {
      subject: t('helpdesk:emergency.mail.subject'),
      text: `${t('helpdesk:emergency.mail.text')}\n\n${AGENCY_NAME}\n`,
    };
  if (kind === 'confirm-address')
    return {
      subject: t('appointment:mail.confirm-address.subject'),
      text: `${[
        t('appointment:mail.confirm-address.text'),
        code,
        `${ORIGIN}/${language}/e-mail`,
        t('appointment:mail.confirm-address.notYou'),
        AGENCY_NAME,
      ].join('\n\n')}\n`,
    };
  const lines = [
    t(`appointment:mail.${kind}.text`),
    t('appointment:mail.signIn'),
    `${ORIGIN}/${language}/cases`,
    t('appointment:mail.stop'),
    AGENCY_NAME,
  ];
  return { subject: t(`appointment:mail.${kind}.subject`), text: `${lines.join('\n\n')}\n` };
}

function newsMail({ id, subscriptionId, kinds }: NewsOfMail, language: Language): Mail {
  const t = translatorOf(language);
  const { ORIGIN, AGENCY_NAME } = config();
  const stop = `${ORIGIN}/stop-messages/${stopToken(subscriptionId)}`;
  const words = {
    lines: kinds.map((kind) => t(`message:kind.${kind}`)),
    signIn: t('appointment:mail.signIn'),
    link: `${ORIGIN}/${language}/news/${id}`,
    stop: t('message:mail.stop'),
    stopLink: stop,
    agency: AGENCY_NAME,
  };
  const text = [...words.lines, words.signIn, words.link, `${words.stop}\n${stop}`, AGENCY_NAME];
  return {
    subject: t('appointment:mail.earlier-slot.subject'),
    text: `${text.join('\n\n')}\n`,
    html: mailPage(language, words),
    messageId: `<${id}@${new URL(ORIGIN).hostname}>`,
    stop,
  };
}

/** The same as a text message: what there is, where to sign in, and how to stop. */
export function textOf(language: Language, code: string | null, news: NewsOfMail | null): string {
  const t = translatorOf(language);
  const { ORIGIN, AGENCY_NAME } = config();
  const lines = news
    ? [
        ...news.kinds.map((kind) => t(`message:kind.${kind}`)),
        `${ORIGIN}/${language}/news/${news.id}`,
        `${t('message:stop')}: ${ORIGIN}/stop-messages/${stopToken(news.subscriptionId)}`,
      ]
    : [t('message:number.text'), code];
  return [...lines, AGENCY_NAME].join('\n');
}

const PATIENCE_MS = 10_000;
let transport: Transporter | undefined;

/** The service will never take a mail. */
class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

interface Handing {
  readonly language: Language;
  /** The same at each attempt. */
  readonly reference: string;
  /** From 1. */
  readonly attempts: number;
}

/** Hands a mail to NotifyNL or GOV.UK Notify, or else to the agency's mail server. Throws when it is refused. */
export async function sendMail(to: string, mail: Mail, handing: Handing): Promise<void> {
  if (config().NOTIFY_URL === undefined) return sendBySmtp(to, mail, handing.language);
  const { subject, text, stop = null } = mail;
  const { reference, attempts } = handing;
  taken(await handToNotify({ to, subject, text, reference, stop }, attempts > 1));
}

/** Hands over a text message. Throws when it is refused. */
export async function sendText(to: string, text: string, { reference, attempts }: Handing): Promise<void> {
  taken(await handTextToNotify({ to, text, reference }, attempts > 1));
}

function taken(handed: HandedOver): void {
  if (handed === 'refused') throw new MailRefused();
  if (handed === 'later') throw new Error('the service took no mail');
}

async function sendBySmtp(to: string, mail: Mail, language: Language): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = config();
  if (SMTP_URL === undefined || MAIL_FROM === undefined) throw new Error('no mail server is set');
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  transport ??= createTransport({ url: SMTP_URL, ...patience });
  const { stop, ...parts } = mail;
  const headers = {
    // Suppresses automatic replies.
    'Auto-Submitted': 'auto-generated',
    'Content-Language': language,
    ...(stop ? { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
  };
  await transport.sendMail({ from: MAIL_FROM, to, ...parts, headers });
}

const PERMANENT = 500;

const replyOf = (error: unknown): number =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;

/** The server will never take this mail (5xx). Without an answer, or with 4xx, it may later. */
export const isRefusedForGood = (error: unknown): boolean =>
  error instanceof MailRefused || replyOf(error) >= PERMANENT;

/** Replies to RCPT TO that mean there is no such mailbox (RFC 5321, §4.2.2). */
const NO_MAILBOX = [550, 551, 553, 556];

export const refusesAddress = (error: unknown): boolean =>
  error instanceof Error && NO_MAILBOX.includes(replyOf(error)) && 'command' in error && error.command === 'RCPT TO';
