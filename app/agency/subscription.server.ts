import { z } from 'zod';
import { config } from '~/config/config.server';
import { textOrNone } from './field-values.server';
import { openTransport } from './transport.server';
import { wayOut } from './way-out.server';
import { idIn, isSameResource } from './zgw/address';
import { zgwToken } from './zgw/token.server';

/** A subscription (abonnement) of the Notificaties API. */
const subscriptionSchema = z.object({
  url: z.string(),
  callbackUrl: z.string(),
  auth: textOrNone,
  kanalen: z.array(z.object({ naam: z.string() })).catch([]),
});
const listSchema = z.union([
  z.array(subscriptionSchema),
  z.object({ results: z.array(subscriptionSchema) }).transform(({ results }) => results),
]);

const CHANNEL = 'zaken';

export type Subscribed = 'made' | 'renewed' | 'known';

/** The Notificaties API did not do what it was asked to. */
export class SubscriptionFailed extends Error {
  override readonly name = 'SubscriptionFailed';
}

/**
 * Subscribes to the channel of cases, once: an own subscription that is there is renewed when it differs or hides its
 * token, and further ones for the same address are removed.
 */
export async function subscribe(baseUrl: string, token: string): Promise<Subscribed> {
  const { ORIGIN } = config();
  const base = new URL(baseUrl);
  const transport = openTransport(base.origin, { ...wayOut('notifications', baseUrl), attemptMs: 15_000 });
  const wanted = {
    callbackUrl: `${ORIGIN}/notifications`,
    auth: `Bearer ${token}`,
    kanalen: [{ naam: CHANNEL, filters: {} }],
  };

  async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: unknown = null): Promise<unknown> {
    const exchange = await transport.send({
      method,
      path: `${base.pathname.replace(/\/$/, '')}${path}`,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${zgwToken('zicht')}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      body: body === null ? null : JSON.stringify(body),
      writes: method !== 'GET',
    });
    if (exchange.status === null) throw new SubscriptionFailed(`${method} ${path}: no answer (${exchange.cause})`);
    if (exchange.status >= 300) throw new SubscriptionFailed(`${method} ${path}: status ${exchange.status}`);
    return exchange.text === '' ? null : JSON.parse(exchange.text);
  }

  try {
    const listed = listSchema.safeParse(await ask('GET', '/abonnement'));
    if (!listed.success) throw new SubscriptionFailed('GET /abonnement: not a list of subscriptions');
    const [own, ...doubles] = listed.data.filter(({ callbackUrl }) => callbackUrl === wanted.callbackUrl);
    for (const double of doubles)
      if (!own || !isSameResource(double.url, own.url)) await ask('DELETE', `/abonnement/${idIn(double.url)}`);
    if (!own) {
      await ask('POST', '/abonnement', wanted);
      return 'made';
    }
    const isSame = own.auth === wanted.auth && own.kanalen.length === 1 && own.kanalen[0]?.naam === CHANNEL;
    if (isSame) return 'known';
    await ask('PUT', `/abonnement/${idIn(own.url)}`, wanted);
    return 'renewed';
  } finally {
    await transport.close();
  }
}
