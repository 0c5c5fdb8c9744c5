import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownValue } from '../../app/model/loaded';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerWith, REQUEST } from '../agency/planner';
import { personNumber, thisMorning, VIEWER } from '../races/planners';
import { call, post } from './agency-client';
import { fieldsOf, official, unlike } from './planner-shapes';

const shapes = official('oap/shapes.json');

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterAll(() => agency.stop());

const at = (...names: readonly string[]) =>
  names.reduce<unknown>((node, name) => Object.entries(fieldsOf(node)).find(([key]) => key === name)?.[1], shapes);

describe('responses compared with the shapes of public clients', () => {
  it('match when reading, holding, booking and refusing', async () => {
    const oap = (path: string) => `${agency.url}/oap/api${path}`;
    const desks = await call(oap('/desks/?productKey=BIO'));
    const slots = await call(oap('/desks/AM/slots/?productKey=BIO&persons=1'));
    expect(unlike(at('listDesks', 'response'), desks.body)).toEqual([]);
    expect(unlike(at('listSlots', 'response'), slots.body)).toEqual([]);
    expect(unlike(official('oap/slots-body.json'), slots.body)).toEqual([]);
    const [slot] = slots.body.data;
    for (const [path, product] of [
      ['/desks/AM/slots/', 'A'],
      ['/desks/BIO/AM/slots/', 'B'],
    ]) {
      const held = await post(oap(`${path}${slots.body.data[product === 'A' ? 0 : 1].key}`), slot);
      expect(unlike(at('holdSlot', 'response'), held.body)).toEqual([]);
    }
    const { date, startTime, endTime } = slot;
    const customers = [{ vNumber: '2811000137', bsn: '', firstName: 'A', lastName: 'B' }];
    const more = { email: 'a@example.test', phone: '', language: 'en', customers };
    const appointment = { productKey: 'BIO', date, startTime, endTime, ...more };
    const book = () => post(oap('/desks/AM/appointments/'), { bookableSlot: { ...slot, booked: false }, appointment });
    expect(unlike(at('book', 'response'), (await book()).body)).toEqual([]);
    const refused = await book();
    expect(unlike(at('error', 'response'), refused.body)).toEqual([]);
    expect(at('error', 'codesSeen')).toContain(refused.body.data);
  });
});

describe('the adapter given those shapes', () => {
  it('reads desks, slots and bookings, and sends the same requests', async () => {
    const said = (name: string) => ({ body: `${String(at('wirePrefix'))}${JSON.stringify(at(name, 'response'))}` });
    const { planner, asked } = plannerWith({ kind: 'oap' }, ({ method, path }) => {
      if (path.startsWith('/desks/?')) return said('listDesks');
      if (method === 'GET') return said('listSlots');
      return path.includes('/slots/') ? said('holdSlot') : said('book');
    });
    const [desk] = knownValue(await planner.desksOf('BIO')) ?? [];
    expect(desk).toMatchObject({ key: 'AM', name: 'IND Amsterdam' });
    if (!desk) return;
    const [slot] = knownValue(await planner.slotsOf('DOC', desk, 1)) ?? [];
    expect(slot).toMatchObject({ date: '2026-03-02', startTime: '09:15', instant: '2026-03-02T08:15:00Z' });
    if (!slot) return;
    expect(await planner.hold(VIEWER, { product: 'DOC', slot, partySize: 1 })).toMatchObject({ ok: true });
    const request = { ...REQUEST, product: 'DOC', slot, ...personNumber(1) } as const;
    const booked = await planner.book(VIEWER, request);
    expect(booked).toEqual({ ok: true, value: { key: '<opaque appointment key>', code: '<appointment code>' } });
    expect(asked.map(({ method, path }) => `${method} /oap/api${path}`).slice(1)).toEqual([
      at('listSlots', 'request'),
      `POST /oap/api/desks/AM/slots/${encodeURIComponent(slot.key)}`,
      'POST /oap/api/desks/AM/appointments/',
    ]);
    const [, , held, sent] = asked;
    expect(unlike(at('holdSlot', 'body'), held?.body)).toEqual([]);
    // Public clients send an empty BSN. The adapter leaves the field out.
    expect(unlike(at('book', 'body'), sent?.body)).toEqual(['.appointment.customers[].bsn is missing']);
  });
});
