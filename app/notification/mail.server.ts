import { createTransport, type Transporter } from 'nodemailer';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Language } from '~/model/language';
import type { MailKind } from '~/store/schema/outbox.server';

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

export const sendsMail = (): boolean => config().SMTP_URL !== undefined;

/**
 * A mail that anybody may read: there is news, and where to sign in for it. It says nothing about the person, the
 * application or the visit. A mail that asks to confirm an address holds the code.
 */
export function mailOf(kind: MailKind, language: Language, code: string | null = null): Mail {
  const t = translatorOf(language);
  const { ORIGIN, AGENCY_NAME } = config();
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

const PATIENCE_MS = 10_000;
let transport: Transporter | undefined;

/** Hands a mail to the agency's mail server. Throws when it is refused. */
export async function sendMail(to: string, { subject, text }: Mail, language: Language): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = config();
  if (SMTP_URL === undefined || MAIL_FROM === undefined) throw new Error('no mail server is set');
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  transport ??= createTransport({ url: SMTP_URL, ...patience });
  // Suppresses automatic replies.
  const headers = { 'Auto-Submitted': 'auto-generated', 'Content-Language': language };
  await transport.sendMail({ from: MAIL_FROM, to, subject, text, headers });
}
