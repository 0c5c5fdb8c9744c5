import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ownerOf } from '~/platform/pseudonym.server';
import { plannerOfAgency } from '../../app/agency/planner.server';
import { confirmHold } from '../../app/appointment/booking/booking.server';
import { fewerView } from '../../app/appointment/booking/fewer.server';
import { storeHold } from '../../app/appointment/hold/hold.server';
import { type Slot, slotId } from '../../app/model/appointment';
import { bookingWith, openBooking } from '../../app/store/booking.server';
import { moveOf } from '../../app/store/move.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { openTestStore } from '../database';
import { at, booksOf, KINDS, type Kind, personNumber, thisMorning, VIEWER } from './planners';

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
const owner = () => ownerOf(VIEWER);

beforeAll(async () => {
  [agency, store] = await Promise.all([startAgency({ now: thisMorning() }), openTestStore()]);
  vi.stubEnv('PLANNERS', JSON.stringify(plannerList(agency.url)));
  vi.stubEnv('PLANNER_FRESH_SECONDS', '0');
  vi.stubEnv('QUEUE_URL', `${agency.url}/queue/v1`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([agency.stop(), store.close()]);
});

async function slotsAt(kind: Kind, persons: number): Promise<Slot[]> {
  const desks = await plannerOfAgency().desksOf('BIO');
  const mark = { oap: 'AM', zms: 'rotterdam~', qmatic: 'eindhoven~', jcc: 'groningen~' }[kind];
  const desk = desks.state === 'unavailable' ? undefined : desks.value.find(({ key }) => key.startsWith(mark));
  if (!desk) throw new Error(`no desk of ${kind}`);
  const loaded = await plannerOfAgency().slotsOf('BIO', desk, persons);
  if (loaded.state !== 'fresh') throw new Error(loaded.state);
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  return loaded.value.filter(({ date }) => date > soon);
}

/** Holds a slot and confirms it for `count` people, moving the booking `moves` when it is not null. */
async function confirm(slot: Slot, caseId: string, count: number, moves: string | null, email: string) {
  const held = await plannerOfAgency().hold(VIEWER, { product: 'BIO', slot, partySize: count });
  if (!held.ok) throw new Error(held.why);
  const wanted = { caseId, product: 'BIO' as const, slot, partySize: count, moves };
  const people = Array.from({ length: count }, (_, n) => personNumber(n + 1).visitors).flat();
  return confirmHold(
    VIEWER,
    await storeHold(owner(), wanted, held.value),
    { people, email, phone: '', visitors: [] },
    owner(),
    true,
  );
}

async function bookFor(kind: Kind, caseId: string, count: number) {
  const [slot] = await slotsAt(kind, count);
  if (!slot) throw new Error('no slot');
  const made = await confirm(slot, caseId, count, null, 'group@example.test');
  const booking = made.ok ? await bookingWith(made.bookingId) : null;
  if (booking?.state !== 'booked') throw new Error(`not booked: ${JSON.stringify(made)}`);
  return { booking, slot };
}

describe.each(KINDS)('at %s', (kind) => {
  it('a party of three becomes two near the old slot', async () => {
    agency.reset();
    const caseId = randomUUID();
    const { booking, slot } = await bookFor(kind, caseId, 3);
    const view = await fewerView(VIEWER, booking, 'ref', '2');
    const [near] = view?.times?.state === 'found' ? view.times.slots : [];
    const smaller = (await slotsAt(kind, 2)).find((each) => slotId(each) === near?.id);
    if (!smaller) throw new Error('what the page offers is not free');
    expect(smaller.desk.key).toBe(slot.desk.key);
    const moved = await confirm(smaller, caseId, 2, booking.id, 'two@example.test');
    expect(moved).toMatchObject({ ok: true });
    // The planner itself has only the new booking.
    expect(await booksOf(agency, kind)).toEqual([{ email: 'two@example.test', at: at(smaller) }]);
    expect(await openBooking(caseId, 'BIO', owner())).toMatchObject({
      state: 'booked',
      partySize: 2,
      localDate: smaller.date,
    });
    expect((await bookingWith(booking.id))?.state).toBe('cancelled');
    expect((await moveOf(owner(), booking.id))?.state).toBe('done');
  });
});

it('the booking stays when the smaller slot is already taken', async () => {
  agency.reset();
  const caseId = randomUUID();
  const { booking } = await bookFor('zms', caseId, 2);
  const [slot] = await slotsAt('zms', 1);
  if (!slot) throw new Error('no slot');
  const wanted = { caseId, product: 'BIO' as const, slot, partySize: 1, moves: booking.id };
  const lost = { handle: 'rotterdam~101999.abcd.31001', until: null };
  const { visitors: people, ...contact } = personNumber(1);
  const details = { ...contact, people, visitors: [] };
  const moved = await confirmHold(VIEWER, await storeHold(owner(), wanted, lost), details, owner());
  expect(moved.ok).toBe(false);
  expect(await booksOf(agency, 'zms')).toHaveLength(1);
  expect(await openBooking(caseId, 'BIO', owner())).toMatchObject({ id: booking.id, state: 'booked', partySize: 2 });
});

it('nothing free nearby is shown, and one person gets no offer', async () => {
  agency.reset();
  const { booking } = await bookFor('oap', randomUUID(), 2);
  await fetch(`${agency.url}/control/planner/empty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'BIO' }),
  });
  expect(await fewerView(VIEWER, booking, 'ref', '1')).toMatchObject({ times: { state: 'none' }, order: 'old' });
  expect(await fewerView(VIEWER, booking, 'ref', '2')).toMatchObject({ stay: null, times: null });
  expect(await fewerView(VIEWER, { ...booking, partySize: 1 }, 'ref', null)).toBeNull();
  expect(await fewerView(VIEWER, { ...booking, state: 'cancelled' }, 'ref', '1')).toBeNull();
});
