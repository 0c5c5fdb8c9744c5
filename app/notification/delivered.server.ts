import { z } from 'zod';
import { needed, readAs, textOrNone } from '~/agency/field-values.server';
import { jsonIn } from '~/model/json-text';
import { now } from '~/platform/clock.server';
import { log } from '~/platform/log.server';
import { type Became, settleDelivery } from '~/store/delivery.server';

/** A callback of NotifyNL or GOV.UK Notify, as far as it is used. */
const callbackSchema = z.object({
  reference: textOrNone,
  status: needed,
});

/** `technical-failure`: between the service and its provider, so a later attempt may succeed. */
const STATES: Readonly<Record<string, Became>> = {
  delivered: 'delivered',
  'permanent-failure': 'bounced',
  'temporary-failure': 'failed',
  'technical-failure': 'failed',
};

/** Notes what became of a mail. Null for a callback that can't be read; one about an unknown mail changes nothing. */
export async function takeCallback(body: string): Promise<'noted' | 'other' | null> {
  const callback = readAs(callbackSchema, jsonIn(body)).data;
  if (!callback) return null;
  const state = STATES[callback.status];
  if (!state || callback.reference === null) return 'other';
  if (state !== 'delivered') log('mail-not-delivered', { outcome: callback.status }, 'warn');
  return (await settleDelivery(callback.reference, state, now())) ? 'noted' : 'other';
}
