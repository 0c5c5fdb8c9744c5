import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { AGENCY_TOKEN } from '../../mocks/secrets';
import { call } from './agency-client';
import { readDescription, validatorsOf } from './openapi';

const description = readDescription(join(import.meta.dirname, '../../docs/contracts/queue.yaml'));
const validators = validatorsOf(description);

let agency: Agency;
beforeAll(async () => {
  // A Monday, ten o'clock in Amsterdam.
  agency = await startAgency({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

const get = (path: string) =>
  call(`${agency.url}/queue/v1/${path}`, { headers: { authorization: `Bearer ${AGENCY_TOKEN}` } });
const moments = ['2026-11-23T09:00:00Z', '2026-11-27T14:20:00Z', '2026-11-28T10:00:00Z', '2026-07-01T06:59:00Z'];

describe('the queue-time API', () => {
  it.each(moments)('matches its description at %s', async (now) => {
    agency.moveClock({ now });
    for (const [path, schema] of [
      ['desks', 'Desks'],
      ['phone', 'Phone'],
    ] as const) {
      const validate = validators(schema);
      const { body } = await get(path);
      validate(body);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('returns a queue while open and null while closed', async () => {
    const open = (await get('desks')).body.desks;
    expect(open.find(({ key }: { key: string }) => key === 'AM').waiting.people).toBeGreaterThan(0);
    agency.moveClock({ now: '2026-11-28T10:00:00Z' });
    const saturday = await Promise.all([get('desks'), get('phone')]);
    const places = [...saturday[0].body.desks, ...saturday[1].body.lines];
    expect(places.map(({ waiting }: { waiting: unknown }) => waiting)).toEqual(places.map(() => null));
  });

  it('opens and closes by wall clock in summer and winter', async () => {
    for (const [now, open] of [
      ['2026-07-01T06:59:00Z', false],
      ['2026-07-01T07:00:00Z', true],
      ['2026-11-25T07:59:00Z', false],
      ['2026-11-25T08:00:00Z', true],
    ] as const) {
      agency.moveClock({ now });
      const [line] = (await get('phone')).body.lines;
      expect(line.waiting !== null, now).toBe(open);
    }
  });

  it('returns the same queue for the same moment, with its time', async () => {
    const first = await get('phone');
    agency.moveClock({ now: '2026-11-23T13:00:00Z' });
    expect((await get('phone')).body.lines[0].waiting).not.toEqual(first.body.lines[0].waiting);
    agency.reset();
    const again = await get('phone');
    expect(again.body.lines).toEqual(first.body.lines);
    expect(again.body.asOf).toMatch(/^2026-11-23T09:00:\d\dZ$/);
  });

  it('has quiet and busy usual waits for each open hour', async () => {
    for (const { typical, openingHours } of (await get('phone')).body.lines) {
      const [{ opens, closes }] = openingHours;
      expect(typical).toHaveLength(openingHours.length * (Number.parseInt(closes, 10) - Number.parseInt(opens, 10)));
      const minutes: number[] = typical.map((each: { minutes: number }) => each.minutes);
      expect(Math.min(...minutes)).toBeLessThan(Math.max(...minutes) / 2);
    }
  });

  it('requires a token, and breaks the last row when "partial"', async () => {
    expect((await call(`${agency.url}/queue/v1/desks`)).status).toBe(403);
    agency.setFault('queue', 'partial');
    const rows = (await get('desks')).body.desks;
    expect(rows.map((row: { key?: string }) => row.key)).toEqual(['AM', 'DH', 'ZW', undefined]);
  });
});
