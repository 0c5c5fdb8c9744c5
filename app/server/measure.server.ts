import { trained } from '~/estimate/model.server';
import { now } from '~/platform/clock.server';
import {
  auditNewest,
  contactsWaiting,
  databaseUsable,
  estimateAsOf,
  measuredAt,
  outboxMails,
  outboxOldest,
} from '~/platform/metrics.server';
import { newestEntryAt } from '~/store/audit.server';
import { contactState } from '~/store/contact-moment.server';
import { outboxState } from '~/store/outbox.server';
import { storeState } from '~/store/store.server';

/** Sets the metrics that need a look at the tables, so that a scrape never waits for the database. */
export async function measure(): Promise<void> {
  const state = await storeState();
  databaseUsable.set({ access: 'read' }, state === 'away' ? 0 : 1);
  databaseUsable.set({ access: 'write' }, state === 'usable' ? 1 : 0);
  if (state === 'away' || state === 'restored') return;
  const { due, later, parked, oldest } = await outboxState(now());
  outboxMails.set({ state: 'due' }, due);
  outboxMails.set({ state: 'later' }, later);
  outboxMails.set({ state: 'parked' }, parked);
  outboxOldest.set(secondsOf(oldest));
  const contacts = await contactState();
  contactsWaiting.set({ state: 'due' }, contacts.due);
  contactsWaiting.set({ state: 'parked' }, contacts.parked);
  auditNewest.set(secondsOf(await newestEntryAt()));
  const estimate = trained();
  estimateAsOf.set(estimate.state === 'unavailable' ? 0 : Date.parse(estimate.value.asOf) / 1_000);
  measuredAt.setToCurrentTime();
}

const secondsOf = (instant: { readonly epochMilliseconds: number } | null): number =>
  (instant?.epochMilliseconds ?? 0) / 1_000;
