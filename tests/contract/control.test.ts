import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { SLOW_MS } from '../../mocks/faults';
import { AGENCY_TOKEN } from '../../mocks/secrets';
import { call, post, put } from './agency-client';

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-11-23T10:00:00Z' });
});
afterAll(() => agency.stop());
afterEach(() => agency.reset());

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${agency.url}/control/${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers,
  });

describe('the control API', () => {
  it('sets and returns faults, and refuses unknown ones', async () => {
    const answer = await put(`${agency.url}/control/faults`, { api: 'queue', fault: 'error' });
    expect(answer.body.faults).toMatchObject({ queue: 'error', cases: 'none' });
    expect((await call(`${agency.url}/control/faults`)).body.queue).toBe('error');
    expect((await put(`${agency.url}/control/faults`, { api: 'queue', fault: 'foreign' })).status).toBe(400);
    expect((await put(`${agency.url}/control/faults`, { api: 'post', fault: 'down' })).status).toBe(400);
  });

  it("sets and advances the clock without changing the cases' dates", async () => {
    const received = agency.world.cases[0]?.received;
    await put(`${agency.url}/control/clock`, { now: '2027-01-01T08:00:00Z' });
    const { body } = await put(`${agency.url}/control/clock`, { advanceMinutes: 90 });
    expect(body.now).toMatch(/^2027-01-01T09:30:/);
    expect(body.startDate).toBe('2026-11-23');
    expect(agency.world.cases[0]?.received).toBe(received);
    expect((await put(`${agency.url}/control/clock`, { now: 'tomorrow' })).status).toBe(400);
    expect((await put(`${agency.url}/control/clock`, {})).status).toBe(400);
  });

  it('resets clock, faults and bookings', async () => {
    agency.setFault('cases', 'down');
    agency.moveClock({ advanceMinutes: 9000 });
    const { body } = await post(`${agency.url}/control/reset`, {});
    expect(body.now).toMatch(/^2026-11-23T10:00:/);
    expect(body.faults.cases).toBe('none');
  });

  it('lists the people with their sign-in data and cases', async () => {
    const { people, generated } = (await call(`${agency.url}/control/people`)).body;
    const amal = people.find(({ id }: { id: string }) => id === 'amal');
    expect(amal.cases).toEqual([
      { uuid: expect.any(String), reference: 'Z1-2048-1001', procedure: 'family', stage: 'biometrics' },
    ]);
    const advisor = people.find(({ id }: { id: string }) => id === 'adv-small');
    expect(advisor.clients.sort()).toEqual(['farid', 'imani', 'pedro']);
    expect(generated.length).toBeGreaterThan(240);
  });

  it('has a page with the same switches as forms, without scripts', async () => {
    const page = await (await fetch(`${agency.url}/control`)).text();
    expect(page).not.toContain('<script');
    const set = await form('faults', { api: 'planner', fault: 'slow' });
    expect([set.status, set.headers.get('location')]).toEqual([303, '/control']);
    expect(await (await fetch(`${agency.url}/control`)).text()).toContain('<option value="slow" selected>');
    expect((await form('clock', { advanceMinutes: '60' })).status).toBe(303);
    expect((await form('reset', {})).status).toBe(303);
  });

  it('refuses cross-site requests', async () => {
    const answer = await form('faults', { api: 'planner', fault: 'down' }, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
    expect((await call(`${agency.url}/control/faults`)).body.planner).toBe('none');
  });
});

describe('the simulated agency', () => {
  it('starts quickly and stops without waiting for a slow response', async () => {
    const before = process.cpuUsage();
    const other = await startAgency();
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
    other.setFault('queue', 'slow');
    const waiting = fetch(`${other.url}/queue/v1/desks`).catch((error: Error) => error.message);
    await fetch(`${other.url}/control/faults`);
    const stopping = performance.now();
    await other.stop();
    expect(performance.now() - stopping).toBeLessThan(SLOW_MS / 2);
    expect(await waiting).toBe('fetch failed');
  });

  it('serves the statistics API with the same faults', async () => {
    const url = `${agency.url}/statistics/v1/procedures`;
    const headers = { authorization: `Bearer ${AGENCY_TOKEN}` };
    expect((await call(url, { headers })).status).toBe(200);
    agency.setFault('statistics', 'error');
    expect((await call(url, { headers })).status).toBe(500);
  });

  it('answers other requests while it counts its statistics', async () => {
    const other = await startAgency();
    const headers = { authorization: 'Bearer demo-agency-token' };
    const ask = (path: string) => fetch(`${other.url}/statistics/v1/${path}`, { headers });
    // The list needs no counting, but loads the code.
    await ask('procedures');
    let counted = false;
    const tables = ask('tables/family').then(({ status }) => {
      counted = true;
      return status;
    });
    let answered = 0;
    for (; !counted; answered++) await (await fetch(`${other.issuer}/.well-known/openid-configuration`)).text();
    await other.stop();
    expect(await tables).toBe(200);
    expect(answered).toBeGreaterThan(10);
  });

  it('adds the configured latency to every API response', async () => {
    const other = await startAgency({ latencyMs: 120 });
    const before = performance.now();
    await fetch(`${other.url}/queue/v1/desks`);
    const took = performance.now() - before;
    await other.stop();
    expect(took).toBeGreaterThanOrEqual(119);
  });

  it('names the port that is in use', async () => {
    const port = Number(new URL(agency.url).port);
    await expect(startAgency({ port })).rejects.toThrow(`EADDRINUSE: address already in use 127.0.0.1:${port}`);
  });

  it('has a running clock', async () => {
    const first = agency.world.clock.now().epochMilliseconds;
    await fetch(`${agency.url}/control/faults`);
    expect(agency.world.clock.now().epochMilliseconds).toBeGreaterThan(first);
  });
});
