import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import type { Viewer, WritingViewer } from '~/model/viewer';
import { type Agency, startAgency } from '../../mocks/agency';
import { VIEWER_SECRET } from '../../mocks/secrets';
import { byStart, plannerWith, REQUEST, SLOT, VIEWER } from '../../tests/agency/planner';
import { zgwHeaders } from './cases.server';
import { forWritersOnly } from './planner-guard';
import { viewerToken } from './viewer-token.server';

const AMAL = { kind: 'bsn', value: '999990019' } as const;
const LOOK: Viewer = {
  actor: { id: 'desk-1', role: 'staff', name: '' },
  subject: { person: AMAL, name: '' },
  basis: 'view-as',
  scope: 'read',
  language: 'nl',
  grant: 'g1',
  purpose: 'question-page',
};

describe('the client at run time', () => {
  const { planner, asked } = plannerWith({ kind: 'oap' }, byStart({}));
  const guarded = forWritersOnly(planner);
  // As a mistake that gets past the types would send it.
  const passed: WritingViewer = { ...VIEWER };
  Object.assign(passed, LOOK);

  test.each([
    ['hold', () => guarded.hold(passed, { product: 'BIO', slot: SLOT, partySize: 1 })],
    ['release', () => guarded.release(passed, 'h')],
    ['book', () => guarded.book(passed, REQUEST)],
    ['cancel', () => guarded.cancel(passed, 'b')],
  ] as const)('refuses %s in a look without calling the planner', async (_name, write) => {
    expect(await write()).toEqual({ ok: false, why: 'not-possible' });
    expect(asked).toEqual([]);
  });

  test('does not complete a started booking in a look', async () => {
    expect(await guarded.reconcile(passed, { ...REQUEST, partySize: 1 })).toEqual({ found: 'unclear' });
    expect(asked).toEqual([]);
  });

  test('the types refuse it too', () => {
    expectTypeOf(LOOK).not.toExtend<WritingViewer>();
  });
});

describe('the simulated agency itself', () => {
  let agency: Agency;
  beforeAll(async () => {
    agency = await startAgency({ now: '2026-03-02T09:00:00Z' });
  });
  afterAll(() => agency.stop());

  const send = (viewer: Viewer, method: string, path: string, body: unknown = {}) =>
    fetch(`${agency.url}/zaken/api/v1${path}`, {
      method,
      headers: { ...zgwHeaders(viewer), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const search = (person: { readonly value: string }) => ({
    rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn: person.value,
  });

  test.each([
    ['POST', '/zaken'],
    ['PUT', '/zaken/x'],
    ['PATCH', '/zaken/x'],
    ['DELETE', '/zaken/x'],
    ['POST', '/statussen'],
  ])('refuses %s %s with a look’s token', async (method, path) => {
    const answer = await send(LOOK, method, path);
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'permission_denied']);
    // The person's own token is accepted, so the look is the reason.
    const own = await send({ ...VIEWER, subject: LOOK.subject }, method, path);
    expect(own.status).toBe(405);
  });

  test('answers a look about its own subject and about nobody else', async () => {
    expect((await send(LOOK, 'POST', '/zaken/_zoek', search(AMAL))).status).toBe(200);
    expect((await send(LOOK, 'POST', '/zaken/_zoek', search({ value: '999990020' }))).status).toBe(403);
    expect((await send(LOOK, 'POST', '/zaken/_zoek', { identificatie: 'Z1-2026-0001' })).status).toBe(403);
  });

  test.each<[string, Viewer]>([
    ['a person', { ...VIEWER, subject: LOOK.subject }],
    ['a representative', { ...VIEWER, subject: LOOK.subject, basis: 'represents', representative: { person: null } }],
  ])('answers %s about the person of their token and about nobody else', async (_who, viewer) => {
    expect((await send(viewer, 'POST', '/zaken/_zoek', search(AMAL))).status).toBe(200);
    expect((await send(viewer, 'POST', '/zaken/_zoek', search({ value: '999990020' }))).status).toBe(403);
  });

  test('answers no look without a purpose of its list', async () => {
    const { purpose: _, ...aimless } = LOOK;
    expect(() => zgwHeaders(aimless)).toThrow('without a purpose');
    expect((await send({ ...LOOK, purpose: 'follow-up' }, 'POST', '/zaken/_zoek', search(AMAL))).status).toBe(403);
    expect((await send({ ...LOOK, purpose: 'danger-to-life' }, 'POST', '/zaken/_zoek', search(AMAL))).status).toBe(200);
  });

  // One write of each planner; whether it would succeed does not matter.
  const WRITES = [
    ['POST', '/oap/api/desks/x/slots/y'],
    ['DELETE', '/oap/api/appointments/x'],
    ['POST', '/zms/citizen/cancel-appointment/'],
    ['POST', '/qmatic/api/v2/branches/appointments/x/confirm'],
    ['DELETE', '/qmatic/api/v1/appointments/x'],
    ['POST', '/jcc/api/warp/v1/appointment'],
    ['DELETE', '/jcc/api/warp/v1/appointment?id=x'],
  ] as const;
  const plan = (method: string, path: string, token: string | null) =>
    fetch(agency.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { 'x-zicht-viewer': token }) },
      ...(method === 'POST' && { body: '{}' }),
    }).then(({ status }) => status);

  test.each(WRITES)('refuses %s %s with a look’s token or an invalid one', async (method, path) => {
    expect(await plan(method, path, viewerToken(LOOK, VIEWER_SECRET))).toBe(403);
    expect(await plan(method, path, viewerToken(VIEWER, 'another-secret-of-thirty-two-characters'))).toBe(403);
    expect(await plan(method, path, 'x')).toBe(403);
    // The person's own token is accepted.
    expect(await plan(method, path, viewerToken(VIEWER, VIEWER_SECRET))).not.toBe(403);
  });

  test('refuses an unsigned write when the planner checks viewers', async () => {
    const strict = await startAgency({ now: '2026-03-02T09:00:00Z', plannersRequireToken: true });
    const [method, path] = WRITES[0];
    expect((await fetch(strict.url + path, { method, body: '{}' })).status).toBe(403);
    await strict.stop();
  });

  test('a viewer token names nobody', () => {
    const body = viewerToken(LOOK, VIEWER_SECRET).split('.')[1] ?? '';
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    expect(claims).toEqual({
      iss: 'zicht',
      iat: expect.any(Number),
      basis: 'view-as',
      scope: 'read',
      purpose: 'question-page',
    });
  });

  test('a changed claim invalidates the token', async () => {
    const { authorization = '', ...rest } = zgwHeaders(LOOK);
    const [head, , signature] = authorization.split('.');
    const claims = Buffer.from(JSON.stringify({ client_id: 'zicht', iat: Date.now() / 1000 })).toString('base64url');
    const answer = await fetch(`${agency.url}/zaken/api/v1/zaken/x`, {
      method: 'DELETE',
      headers: { ...rest, authorization: `${head}.${claims}.${signature}` },
    });
    expect([answer.status, (await answer.json()).code]).toEqual([403, 'jwt-signature-error']);
  });
});
