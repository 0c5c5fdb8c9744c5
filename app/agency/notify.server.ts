import { z } from 'zod';
import { config } from '~/config/config.server';
import { partsOfKey } from '~/config/notify.server';
import { jsonIn } from '~/model/json-text';
import { onClearCaches } from '~/platform/caches.server';
import { openTransport, type Transport } from './transport.server';
import { signed } from './viewer-token.server';
import { wayOut } from './way-out.server';

/** What is handed to NotifyNL or GOV.UK Notify. */
export interface NotifyMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same whenever the mail is handed over again. */
  readonly reference: string;
  /** Stops messages at once (RFC 8058); null for a mail that nobody can stop. */
  readonly stop: string | null;
}

/** A text message for the service. */
export interface NotifyText extends Pick<NotifyMail, 'to' | 'text' | 'reference'> {}

/** `refused`: it will never be taken. `later`: no answer, too many requests, or a fault of the service. */
export type HandedOver = 'taken' | 'refused' | 'later';

const PATIENCE_MS = 10_000;
const knownSchema = z.object({ notifications: z.array(z.unknown()) });

/**
 * Hands a mail to the service (`POST /v2/notifications/email`). The service does not tell repeated requests apart, so an
 * attempt that may be the second one first asks for its reference.
 */
export function handToNotify(mail: NotifyMail, mayBeKnown: boolean): Promise<HandedOver> {
  const { to, subject, text, reference, stop } = mail;
  return hand('email', reference, mayBeKnown, {
    email_address: to,
    template_id: config().NOTIFY_TEMPLATE,
    personalisation: { subject, body: text },
    ...(stop === null ? {} : { one_click_unsubscribe_url: stop }),
  });
}

/** Hands over a text message (`POST /v2/notifications/sms`), in the same way. */
export const handTextToNotify = ({ to, text, reference }: NotifyText, mayBeKnown: boolean): Promise<HandedOver> =>
  hand('sms', reference, mayBeKnown, {
    phone_number: to,
    template_id: config().NOTIFY_SMS_TEMPLATE,
    personalisation: { body: text },
  });

async function hand(what: 'email' | 'sms', reference: string, mayBeKnown: boolean, body: object): Promise<HandedOver> {
  if (mayBeKnown) {
    const known = await ask('GET', `/v2/notifications?reference=${encodeURIComponent(reference)}`);
    const found = known.status === 200 ? knownSchema.safeParse(jsonIn(known.text)).data : undefined;
    if (!found) return 'later';
    if (found.notifications.length > 0) return 'taken';
  }
  const { status } = await ask('POST', `/v2/notifications/${what}`, { ...body, reference });
  if (status === 201) return 'taken';
  // A key that was taken away can be set again.
  return status === 400 || status === 413 || status === 422 ? 'refused' : 'later';
}

async function ask(method: 'GET' | 'POST', path: string, body: unknown = null) {
  const { NOTIFY_KEY = '' } = config();
  const { service, secret } = partsOfKey(NOTIFY_KEY);
  const { base, transport } = connection();
  const exchange = await transport.send({
    method,
    path: `${base}${path}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${signed({ iss: service, iat: Math.floor(Date.now() / 1_000) }, secret)}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body: body === null ? null : JSON.stringify(body),
    writes: method === 'POST',
  });
  return exchange.status === null ? { status: null, text: '' } : exchange;
}

let open: { readonly base: string; readonly transport: Transport } | null = null;
onClearCaches(() => {
  void open?.transport.close();
  open = null;
});

function connection() {
  const { NOTIFY_URL = '' } = config();
  const url = new URL(NOTIFY_URL);
  open ??= {
    base: url.pathname.replace(/\/$/, ''),
    transport: openTransport(url.origin, { ...wayOut('notify', NOTIFY_URL), attemptMs: PATIENCE_MS }),
  };
  return open;
}
