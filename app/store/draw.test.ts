import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawOrder } from '~/model/draw';
import { openTestStore, rowsOf } from '../../tests/database';
import { confirmedAddress } from '../../tests/mail-address';
import {
  confirmRelease,
  drawRelease,
  giveBackTicket,
  isReserved,
  offeredTicket,
  offerSlot,
  openReleases,
  peopleWaiting,
  prepareRelease,
  type Release,
  readRelease,
  releaseFor,
  reservedForDraws,
  settleTicket,
  takeTicket,
  ticketsOf,
  undoRelease,
} from './draw.server';
import { claimMail, putInOutbox } from './outbox.server';

const at = (seconds: number) => Temporal.Instant.from('2026-03-02T09:00:00Z').add({ seconds });
const [BEFORE, LAST, CLOSED] = [at(-1), at(299), at(300)];
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const prepare = (product = 'BIO') =>
  prepareRelease(
    { product, desks: ['AM'], fromDate: '2026-03-05', untilDate: '2026-03-06', opensAt: at(0), confirmHours: 24 },
    'planner',
    at(-3600),
  );
const unlogged = () => Promise.resolve();

async function plan(product = 'BIO'): Promise<Release> {
  const release = await prepare(product);
  expect(await confirmRelease(release.id, 'colleague', at(-3600), unlogged)).toBe(true);
  return { ...release, state: 'planned' };
}
const ask = ({ id }: Release, person: string, when = at(1), caseId = `case of ${person}`) =>
  takeTicket({ releaseId: id, owner: person, caseId, partySize: 1, language: 'ar' }, when);

test('sixty concurrent requests of one person give one ticket', async () => {
  const release = await plan();
  const tickets = await Promise.all(Array.from({ length: 60 }, (_, second) => ask(release, 'amal', at(second))));
  expect(new Set(tickets.map((ticket) => ticket?.id)).size).toBe(1);
  expect(await ticketsOf(release.id)).toHaveLength(1);
});

test('a case has one ticket, a person with several cases too', async () => {
  const release = await plan();
  const both = await Promise.all([ask(release, 'a', at(1), 'shared'), ask(release, 'b', at(1), 'shared')]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect(await ask(release, 'c', at(1), 'first')).not.toBeNull();
  expect(await ask(release, 'c', at(1), 'second')).toBeNull();
  expect(await ticketsOf(release.id)).toHaveLength(2);
});

test('tickets are given in the window only', async () => {
  const release = await plan();
  expect(await ask(release, 'early', BEFORE)).toBeNull();
  expect(await ask(release, 'late', CLOSED)).toBeNull();
  expect(await ask(release, 'last', LAST)).not.toBeNull();
});

test('a ticket taken again after returning it has the same number', async () => {
  const release = await plan();
  const first = await ask(release, 'amal');
  await giveBackTicket('somebody else', first?.id ?? '');
  expect(await ticketsOf(release.id)).toHaveLength(1);
  await giveBackTicket('amal', first?.id ?? '');
  expect(await ticketsOf(release.id)).toHaveLength(0);
  expect((await ask(release, 'amal', LAST))?.number).toBe(first?.number);
});

test('concurrent draws and requests give one order that anybody can repeat', async () => {
  const release = await plan();
  await Promise.all(Array.from({ length: 30 }, (_, n) => ask(release, `p${n}`)));
  expect(await drawRelease(release.id, LAST)).toBe(false);
  const [drawn] = await Promise.all([
    Promise.all(Array.from({ length: 5 }, () => drawRelease(release.id, CLOSED))),
    ...Array.from({ length: 10 }, (_, n) => ask(release, `q${n}`, LAST)),
  ]);
  expect(drawn.filter(Boolean)).toHaveLength(1);
  const [after, tickets] = [await readRelease(release.id), await ticketsOf(release.id)];
  const numbers = tickets.map(({ number }) => number);
  expect(tickets.map(({ place }) => place)).toEqual(tickets.map((_, index) => index + 1));
  expect(drawOrder([...numbers].sort(), after?.seedShown ?? '')).toEqual(numbers);
  expect(
    createHash('sha256')
      .update(after?.seedShown ?? '')
      .digest('hex'),
  ).toBe(release.seedHash);
});

test('before the draw the database does not reveal the seed', async () => {
  const release = await plan();
  await ask(release, 'amal');
  expect((await readRelease(release.id))?.seedShown).toBeNull();
  const [row] = await rowsOf(store.url, `select seed, seed_hash from release where id = '${release.id}'`);
  const kept = createHash('sha256')
    .update(row?.seed instanceof Buffer ? row.seed : '')
    .digest('hex');
  expect(kept).not.toBe(row?.seed_hash);
});

test('an offered slot is one person’s until it expires or returns', async () => {
  const release = await plan('DOC');
  await Promise.all([ask(release, 'a'), ask(release, 'b')]);
  await drawRelease(release.id, CLOSED);
  const [first, second] = await ticketsOf(release.id);
  if (!first || !second) throw new Error('no tickets');
  const offer = { slotId: 'AM.1', date: '2026-03-05', time: '09:00', deskName: 'Amsterdam' };
  expect(await offerSlot(first.id, offer, at(4000))).toBe(true);
  await expect(offerSlot(second.id, offer, at(4000))).rejects.toThrow();
  expect(await offeredTicket(first.owner, first.caseId, 'DOC', at(3999))).toMatchObject({ offer });
  expect(await offeredTicket(second.owner, first.caseId, 'DOC', at(3999))).toBeNull();
  expect(await offeredTicket(first.owner, first.caseId, 'DOC', at(4000))).toBeNull();
  await giveBackTicket(first.owner, first.id);
  expect(await offerSlot(second.id, offer, at(4000))).toBe(true);
  // Its place stays, so that the order can be verified.
  expect((await ticketsOf(release.id)).map(({ number }) => number)).toEqual([first.number, second.number]);
});

test('a ticket ends once', async () => {
  const ticket = await ask(await plan(), `e-${randomUUID()}`);
  if (!ticket) throw new Error('no ticket');
  const ends = await Promise.all([settleTicket(ticket.id, 'lost'), settleTicket(ticket.id, 'lost')]);
  expect(ends.filter(Boolean)).toHaveLength(1);
});

test('reserved slots are withheld from others; other days and desks are not', async () => {
  await plan('TKV');
  const reserved = await reservedForDraws('TKV');
  const slot = (desk: string, date: string) => ({
    key: '1',
    desk: { key: desk, name: desk },
    date,
    startTime: '09:00',
    endTime: '09:10',
    zone: 'Europe/Amsterdam',
    instant: `${date}T08:00:00Z`,
  });
  expect([slot('AM', '2026-03-05'), slot('AM', '2026-03-06')].every((each) => isReserved(each, reserved))).toBe(true);
  expect(
    [slot('AM', '2026-03-04'), slot('AM', '2026-03-07'), slot('ZW', '2026-03-05')].some((s) => isReserved(s, reserved)),
  ).toBe(false);
  expect(await reservedForDraws('VAA')).toEqual([]);
});

test('returning a ticket deletes its mail', async () => {
  const ticket = await ask(await plan(), `m-${randomUUID()}`);
  if (!ticket) throw new Error('no ticket');
  const mail = { ticketId: ticket.id, kind: 'draw-offer' as const, language: 'ar' as const, notBefore: at(0) };
  await putInOutbox({ ...mail, addressId: await confirmedAddress('x@example.org') }, at(0));
  expect(await claimMail(at(1))).toMatchObject({ ticketId: ticket.id });
  await giveBackTicket(ticket.owner, ticket.id);
  expect(await claimMail(at(60))).toBeNull();
});

test('a model of two planners: times are kept only after both agreed', async () => {
  type Step = readonly ['confirm' | 'undo', 'planner' | 'colleague' | 'third', number];
  const step: fc.Arbitrary<Step> = fc.tuple(
    fc.constantFrom('confirm', 'undo'),
    fc.constantFrom('planner', 'colleague', 'third'),
    fc.constantFrom(-60, -1, 0, 60),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const product = randomUUID();
      const { id } = await prepare(product);
      let state = 'prepared';
      let logged = 0;
      for (const [act, by, second] of steps) {
        const isAllowed =
          act === 'confirm'
            ? state === 'prepared' && by !== 'planner' && second < 0
            : state === 'prepared' || state === 'planned';
        const log = async () => {
          logged += 1;
        };
        const before = logged;
        const changed = act === 'confirm' ? confirmRelease(id, by, at(second), log) : undoRelease(id, by, log);
        expect(Boolean(await changed)).toBe(isAllowed);
        expect(logged - before).toBe(isAllowed ? 1 : 0);
        if (isAllowed) state = act === 'confirm' ? 'planned' : 'withdrawn';
        expect(await reservedForDraws(product)).toHaveLength(state === 'planned' ? 1 : 0);
        expect((await openReleases()).some((release) => release.id === id)).toBe(state === 'planned');
        if (state !== 'planned') expect(await ask({ ...(await plan()), id }, 'somebody')).toBeNull();
      }
    }),
    { numRuns: 30 },
  );
});

test('an undo ends waiting tickets, names them, and frees the times', async () => {
  const product = randomUUID();
  const release = await plan(product);
  const [amal, bilal] = [await ask(release, 'amal'), await ask(release, 'bilal')];
  expect(await peopleWaiting(release)).toBe(2);
  await giveBackTicket('bilal', bilal?.id ?? '');
  const ended = await undoRelease(release.id, 'colleague', unlogged);
  expect(ended?.map(({ id }) => id)).toEqual([amal?.id]);
  expect(await reservedForDraws(product)).toHaveLength(0);
  const shown = await releaseFor('amal', { caseId: 'case of amal', product, today: '2026-03-02' });
  expect(shown?.ticket?.state).toBe('withdrawn');
  expect(await releaseFor('somebody', { caseId: 'other', product, today: '2026-03-02' })).toBeNull();
  expect(await ask(release, 'amal')).toBeNull();
});

test('a draw that is drawn cannot be undone', async () => {
  const release = await plan();
  await ask(release, 'amal');
  expect(await drawRelease(release.id, CLOSED)).toBe(true);
  expect(await undoRelease(release.id, 'colleague', unlogged)).toBeNull();
});

test('an entry that cannot be written confirms nothing', async () => {
  const { id } = await prepare();
  const fails = () => Promise.reject(new Error('no audit'));
  await expect(confirmRelease(id, 'colleague', BEFORE, fails)).rejects.toThrow('no audit');
  expect((await readRelease(id))?.state).toBe('prepared');
  const forced = `update release set state = 'planned', confirmed_by = 'planner' where id = '${id}'`;
  await expect(rowsOf(store.url, forced)).rejects.toThrow(/release_two_person/);
});
