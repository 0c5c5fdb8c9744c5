import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { type Answer, call, post } from './agency-client';

interface Slot {
  readonly key: string;
  readonly date: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly parts: number;
}

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-11-23T07:00:00Z' });
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

const oap = (path: string) => `${agency.url}/oap/api${path}`;
const slots = async (desk: string, product: string, persons = 1): Promise<Slot[]> =>
  (await call(oap(`/desks/${desk}/slots/?productKey=${product}&persons=${persons}`))).body.data;
const firstSlot = async (desk: string, product: string, persons = 1): Promise<Slot> => {
  const [slot] = await slots(desk, product, persons);
  if (slot === undefined) throw new Error(`no free time at ${desk} for ${product}`);
  return slot;
};
const hold = (desk: string, slot: Slot) => post(oap(`/desks/${desk}/slots/${slot.key}`), slot);

function book(desk: string, slot: Slot, email: string, vNumbers = ['2811000137'], productKey = 'BIO'): Promise<Answer> {
  const { date, startTime, endTime } = slot;
  const customers = vNumbers.map((vNumber, index) => ({ vNumber, bsn: '', firstName: 'A', lastName: `B${index}` }));
  return post(oap(`/desks/${desk}/appointments/`), {
    bookableSlot: { ...slot, booked: false },
    appointment: { productKey, date, startTime, endTime, email, phone: '0600000000', language: 'en', customers },
  });
}

describe('reading', () => {
  it("puts the planner's prefix before a body of status and data", async () => {
    const text = await (await fetch(oap('/desks/?productKey=BIO'))).text();
    expect(text.startsWith(")]}',\n")).toBe(true);
    const { status, data } = JSON.parse(text.slice(6));
    expect(status).toBe('OK');
    expect(data).toEqual(['AM', 'DH', 'ZW', 'DB'].map((key) => ({ key, version: 1, name: expect.any(String) })));
  });

  it('lists eight weeks of free slots, ascending, in wall time', async () => {
    const free = await slots('AM', 'BIO');
    expect(free.length).toBeGreaterThan(20);
    const moments = free.map(({ date, startTime }) => `${date} ${startTime}`);
    expect(moments).toEqual([...moments].sort());
    expect(moments[0]?.localeCompare('2026-11-23 08:00')).toBe(1);
    expect(moments.at(-1)?.localeCompare('2027-01-18')).toBe(-1);
    for (const slot of free) {
      expect(slot).toEqual({
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
        startTime: expect.stringMatching(/^\d{2}:\d{2}$/),
        endTime: expect.stringMatching(/^\d{2}:\d{2}$/),
        parts: 1,
      });
    }
    const { body } = await call(oap('/desks/AM/slots?productKey=BIO&persons=1'));
    expect(body.data).toEqual(free);
  });

  it('has fewer and longer slots for larger parties, none above six', async () => {
    const [one, three] = [await slots('DH', 'BIO', 1), await slots('DH', 'BIO', 3)];
    expect(three.length).toBeGreaterThan(0);
    expect(three.length).toBeLessThan(one.length);
    const [first] = three;
    const start = one.findIndex(({ key }) => key === first?.key);
    expect(one[start + 2]?.endTime).toBe(first?.endTime);
    expect((await call(oap('/desks/DH/slots/?productKey=BIO&persons=7'))).body.status).toBe('ERROR');
  });

  it('has a desk that offers a product but never has a slot', async () => {
    const { body } = await call(oap('/desks/?productKey=TKV'));
    expect(body.data.map(({ key }: { key: string }) => key)).toContain('DB');
    expect(await slots('DB', 'TKV')).toEqual([]);
  });

  it('refuses an unknown desk and an unknown product', async () => {
    expect((await call(oap('/desks/RO/slots/?productKey=BIO&persons=1'))).body.status).toBe('ERROR');
    expect((await call(oap('/desks/?productKey=XXX'))).body.status).toBe('ERROR');
  });
});

describe('holding', () => {
  it('hides a slot from everybody for fifteen simulated minutes', async () => {
    const slot = await firstSlot('AM', 'DOC');
    expect((await hold('AM', slot)).body).toEqual({ status: 'OK', data: slot });
    expect((await hold('AM', slot)).body).toEqual({ status: 'ERROR', data: 'APT_TAKEN' });
    expect((await slots('AM', 'DOC')).map(({ key }) => key)).not.toContain(slot.key);
    agency.moveClock({ advanceMinutes: 14 });
    expect((await slots('AM', 'DOC')).map(({ key }) => key)).not.toContain(slot.key);
    agency.moveClock({ advanceMinutes: 2 });
    expect((await slots('AM', 'DOC')).map(({ key }) => key)).toContain(slot.key);
  });

  it('by the path with the product also covers a whole party', async () => {
    const slot = await firstSlot('AM', 'BIO', 3);
    const before = await slots('AM', 'BIO');
    const held = await post(oap(`/desks/BIO/AM/slots/${slot.key}`), slot);
    expect(held.body).toEqual({ status: 'OK', data: slot });
    expect(await slots('AM', 'BIO')).toHaveLength(before.length - 3);
  });
});

describe('booking', () => {
  it('returns a cancel key and a code, and takes the slot', async () => {
    const slot = await firstSlot('ZW', 'BIO');
    await hold('ZW', slot);
    const { status, body } = await book('ZW', slot, 'amal@example.test');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      code: expect.stringMatching(/^[0-9A-F]{8}$/),
      productKey: 'BIO',
      startTime: slot.startTime,
      customers: [{ vNumber: '2811000137', vnumber: '2811000137', fullName: 'A B0' }],
    });
    agency.moveClock({ advanceMinutes: 16 });
    expect((await slots('ZW', 'BIO')).map(({ key }) => key)).not.toContain(slot.key);
  });

  it('gives a slot to exactly one of many concurrent requests', async () => {
    const slot = await firstSlot('AM', 'BIO');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => book('AM', slot, `r${index}@example.test`, [`28990000${10 + index}`])),
    );
    expect(answers.filter(({ body }) => body.status === 'OK')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.data === 'APT_TAKEN')).toHaveLength(19);
    expect((await call(`${agency.url}/control/planner/bookings`)).body.bookings).toHaveLength(1);
  });

  it('refuses a second open booking by address or V-number', async () => {
    const [one, two, three] = await slots('AM', 'BIO');
    if (!one || !two || !three) throw new Error('too few free times');
    const first = await book('AM', one, 'amal@example.test');
    expect((await book('AM', two, 'AMAL@example.test', ['2811000999'])).body.data).toBe('SIMILAR_APT_EXISTS');
    expect((await book('AM', two, 'other@example.test')).body.data).toBe('SIMILAR_APT_EXISTS');
    const doc = await firstSlot('AM', 'DOC');
    expect((await book('AM', doc, 'amal@example.test', undefined, 'DOC')).body.status).toBe('OK');
    const cancelled = await call(oap(`/appointments/${first.body.data.key}`), { method: 'DELETE' });
    expect(cancelled.body.status).toBe('OK');
    expect((await slots('AM', 'BIO')).map(({ key }) => key)).toContain(one.key);
    expect((await book('AM', two, 'amal@example.test')).body.status).toBe('OK');
  });

  it('answers APT_TAKEN when the slot was taken meanwhile, even when held', async () => {
    const slot = await firstSlot('DH', 'BIO');
    await hold('DH', slot);
    await post(`${agency.url}/control/planner/take`, { desk: 'DH', key: slot.key });
    expect((await book('DH', slot, 'late@example.test')).body).toEqual({ status: 'ERROR', data: 'APT_TAKEN' });
  });

  it('refuses a party when too few consecutive slots are left', async () => {
    const three = await firstSlot('AM', 'BIO', 3);
    const all = await slots('AM', 'BIO');
    const middle = all[all.findIndex(({ key }) => key === three.key) + 1];
    await post(`${agency.url}/control/planner/take`, { desk: 'AM', key: middle?.key });
    const party = ['2811000137', '2811000274', '2811000411'];
    expect((await book('AM', three, 'family@example.test', party)).body.data).toBe('APT_TAKEN');
    expect((await book('AM', three, 'family@example.test', party.slice(0, 1))).body.status).toBe('OK');
  });

  it('refuses an incomplete booking, another product, and unknown or past slots', async () => {
    const slot = await firstSlot('AM', 'BIO');
    expect((await book('AM', slot, 'no address')).status).toBe(400);
    expect((await book('AM', slot, 'a@example.test', ['12'])).status).toBe(400);
    expect((await book('AM', slot, 'a@example.test', [])).status).toBe(400);
    expect((await book('AM', slot, 'a@example.test', undefined, 'DOC')).body.status).toBe('ERROR');
    expect((await book('AM', { ...slot, key: 'f'.repeat(32) }, 'a@example.test')).status).toBe(404);
    agency.moveClock({ now: `${slot.date}T22:00:00Z` });
    expect((await book('AM', slot, 'a@example.test')).status).toBe(404);
    expect((await call(oap('/appointments/nothing'), { method: 'DELETE' })).status).toBe(404);
  });
});

describe('faults of the planner', () => {
  it('can empty all desks for a product', async () => {
    await post(`${agency.url}/control/planner/empty`, { product: 'BIO' });
    expect(await Promise.all(['AM', 'DH', 'ZW', 'DB'].map((desk) => slots(desk, 'BIO')))).toEqual([[], [], [], []]);
    expect((await slots('AM', 'DOC')).length).toBeGreaterThan(0);
  });

  it('"partial" makes one desk fail', async () => {
    agency.setFault('planner', 'partial');
    expect((await call(oap('/desks/DH/slots/?productKey=BIO&persons=1'))).status).toBe(500);
    expect((await slots('AM', 'BIO')).length).toBeGreaterThan(0);
  });
});
