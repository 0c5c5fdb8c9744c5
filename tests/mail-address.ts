import { Temporal } from 'temporal-polyfill';
import { dropMail } from '../app/store/delivery.server';
import { confirmAddress, leaveAddress } from '../app/store/mail-address.server';
import { claimMail } from '../app/store/outbox.server';

/** Leaves an address, takes its code out of the outbox and confirms it. Returns its id. */
export async function confirmedAddress(address: string, owner = 'owner-1'): Promise<string> {
  const id = await leaveAddress(owner, address, { language: 'nl', now: Temporal.Instant.from('2000-01-01T00:00:00Z') });
  for (;;) {
    const mail = await claimMail(Temporal.Instant.from('2000-01-01T00:00:00Z'));
    if (!mail) return id;
    if (mail.addressId === id && mail.code) await confirmAddress(owner, id, mail.code);
    await dropMail(mail, 'dropped', mail.createdAt);
  }
}
