import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { AGENCY_TOKEN } from '../../mocks/secrets';
import { call } from './agency-client';
import { readDescription, validatorsOf } from './openapi';

const description = readDescription(join(import.meta.dirname, '../../mocks/contracts/queue.yaml'));
const validators = validatorsOf(description);

let agency: Agency;
beforeAll(async () => {
  // A Monday, ten in the morning in Amsterdam.
  agency = await startAgency({ now: '2026-11-23T09:00:00Z' });
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

const get = (path: string) =>
  call(`${agency.url}/queue/v1/${path}`, { headers: { authorization: `Bearer ${AGENCY_TOKEN}` } });
const moments = ['2026-11-23T09:00:00Z', '2026-11-27T14:20:00Z', '2026-11-28T10:00:00Z', '2026-07-01T06:59:00Z'];

describe('the queue-time API', () => {
  it.each(moments)('answers in the shapes of its description at %s', async (now) => {
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

  it('has a queue where it is open and none where it is closed', async () => {
    const open = (await get('desks')).body.desks;
    expect(open.find(({ key }: { key: string }) => key === 'AM').waiting.people).toBeGreaterThan(0);
    agency.moveClock({ now: '2026-11-28T10:00:00Z' });
    const saturday = await Promise.all([get('desks'), get('phone')]);
    const places = [...saturday[0].body.desks, ...saturday[1].body.lines];
    expect(places.map(({ waiting }: { waiting: unknown }) => waiting)).toEqual(places.map(() => null));
  });

  it('opens and closes by the wall clock, in summer and in winter', async () => {
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

  it('is the same for the same moment, and says of which moment it is', async () => {
    const first = await get('phone');
    agency.moveClock({ now: '2026-11-23T13:00:00Z' });
    expect((await get('phone')).body.lines[0].waiting).not.toEqual(first.body.lines[0].waiting);
    agency.reset();
    const again = await get('phone');
    expect(again.body.lines).toEqual(first.body.lines);
    expect(again.body.asOf).toMatch(/^2026-11-23T09:00:\d\dZ$/);
  });

  it('has a usual wait for each hour in which a line is open, and a quieter one than the worst', async () => {
    for (const { typical, openingHours } of (await get('phone')).body.lines) {
      const [{ opens, closes }] = openingHours;
      expect(typical).toHaveLength(openingHours.length * (Number.parseInt(closes, 10) - Number.parseInt(opens, 10)));
      const minutes: number[] = typical.map((each: { minutes: number }) => each.minutes);
      expect(Math.min(...minutes)).toBeLessThan(Math.max(...minutes) / 2);
    }
  });

  it('refuses who brings no token, and spoils its last row when it is "partial"', async () => {
    expect((await call(`${agency.url}/queue/v1/desks`)).status).toBe(403);
    agency.setFault('queue', 'partial');
    const rows = (await get('desks')).body.desks;
    expect(rows.map((row: { key?: string }) => row.key)).toEqual(['AM', 'DH', 'ZW', undefined]);
  });
});
