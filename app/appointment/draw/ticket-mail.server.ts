import { now } from '~/platform/clock.server';
import type { Ticket } from '~/store/draw.server';
import { putInOutbox } from '~/store/outbox.server';

/** Mails the person of a ticket, if they left an address and confirmed it. */
export async function mailTicket({ id, addressId, language }: Ticket, kind: 'draw-offer' | 'draw-lost'): Promise<void> {
  await putInOutbox({ ticketId: id, addressId, kind, language, notBefore: now() }, now());
}
