import { z } from 'zod';
import { isWeak } from './secrets';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** How mail leaves: by a mail server, or by NotifyNL or GOV.UK Notify, which also tell what became of it. */
export const notifySettings = {
  /** Where mail is handed in (smtp://user:password@host:port, smtps://…); without it and MAIL_FROM none is sent. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.email('is no e-mail address').optional(),
  /** Who gets a mail about an emergency that no second employee confirmed in time. */
  PRIVACY_OFFICER_EMAIL: z.email('is no e-mail address').optional(),
  /** The most people whose cases a process looks after in a round of five seconds, for messages about changes. */
  MESSAGE_LOOKS: z.coerce.number({ error: 'is no number' }).int().min(1).max(1000).default(25),
  /** The API, such as https://api.notifynl.nl. */
  NOTIFY_URL: z
    .url({ protocol: /^https?$/, error: 'is no http(s) URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  /** An API key as the service shows it: a name, the service's id and a secret. */
  NOTIFY_KEY: z
    .string()
    .regex(new RegExp(`^[\\w-]+-${UUID}-${UUID}$`), 'is no key such as name-UUID-UUID')
    .optional(),
  /** A template for e-mail with the fields ((subject)) and ((body)). */
  NOTIFY_TEMPLATE: z.guid('is no UUID').optional(),
  /** A template for text messages with the field ((body)); without it none are sent. */
  NOTIFY_SMS_TEMPLATE: z.guid('is no UUID').optional(),
  /** The bearer token with which callbacks to ORIGIN/notify prove themselves. */
  NOTIFY_TOKEN: z
    .string()
    .min(32, 'needs at least 32 characters')
    .refine((token) => !isWeak(token), 'can be guessed; make 32 random bytes')
    .optional(),
};

const NAMES = ['NOTIFY_URL', 'NOTIFY_KEY', 'NOTIFY_TEMPLATE', 'NOTIFY_TOKEN'] as const;

type Settings = Readonly<
  Partial<Record<(typeof NAMES)[number] | 'NOTIFY_SMS_TEMPLATE' | 'SMTP_URL' | 'MAIL_FROM', string | undefined>>
>;

/** Faults of settings that only make sense together. */
export function notifyFaults(config: Settings): string[] {
  const missing = NAMES.filter((name) => config[name] === undefined);
  const isPart = missing.length > 0 && missing.length < NAMES.length;
  return [
    ...(config.NOTIFY_SMS_TEMPLATE !== undefined && config.NOTIFY_URL === undefined
      ? ['NOTIFY_SMS_TEMPLATE: needs NOTIFY_URL']
      : []),
    ...(isPart ? [`${missing.join(', ')}: is missing`] : []),
    ...((config.SMTP_URL === undefined) !== (config.MAIL_FROM === undefined)
      ? ['SMTP_URL and MAIL_FROM: only both or neither']
      : []),
  ];
}

/** The service's id and the secret in a key. */
export const partsOfKey = (key: string): { readonly service: string; readonly secret: string } => ({
  service: key.slice(-73, -37),
  secret: key.slice(-36),
});
