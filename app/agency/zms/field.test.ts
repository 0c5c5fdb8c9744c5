import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { describe, expect, test } from 'vitest';
import { knownValue } from '~/model/loaded';
import { DESK, plannerWith, REQUEST, SLOT, VIEWER } from '../../../tests/agency/planner';
import type { ScriptedAnswer } from '../../../tests/agency/scripted-gate';
import { CATALOGUE, HELD, NONE, OFFICE, PROCESS, withScope, ZMS, zms } from '../../../tests/agency/zms';

/** What offices of ZMS require and send in the field, in the shapes of their own answers. */

describe('an office’s own fields', () => {
  const sent = async (scope: object, answers: Record<string, string> = {}, settings: object = {}) => {
    const { planner, asked } = withScope(scope, settings);
    await planner.book(VIEWER, { ...REQUEST, hold: HELD, phone: '0612345678', answers });
    return asked.find(({ path }) => path.startsWith('/update'))?.body;
  };
  const FIRST = { customTextfieldActivated: true, customTextfieldRequired: true };
  const SECOND = { customTextfield2Activated: '1', customTextfield2Required: 1 };

  test('are asked by their own label', async () => {
    const { planner } = withScope({ ...SECOND, customTextfield2Label: ' Kenteken ' }, { language: 'nl' });
    expect(await planner.desksOf('BIO')).toMatchObject({
      value: [
        { asks: { own: [{ name: 'customTextfield2', label: { text: 'Kenteken', lang: 'nl' }, maxLength: 250 }] } },
      ],
    });
    const scope = { ...SECOND, customTextfield2Label: 'Kenteken' };
    expect(await sent(scope, { customTextfield2: 'AB-12-CD' })).toMatchObject({
      customTextfield: '',
      customTextfield2: 'AB-12-CD',
    });
  });

  test('get the V-number only when they are for it', async () => {
    const licence = { ...FIRST, customTextfieldLabel: 'Kenteken des Fahrzeugs' };
    expect(await sent(licence, { customTextfield: 'AB-1' })).toMatchObject({ customTextfield: 'AB-1' });
    expect(await sent({ ...licence, customTextfieldRequired: false })).toMatchObject({ customTextfield: '' });
    for (const customTextfieldLabel of ['V-nummer', 'Uw V nummer (10 cijfers)', 'Vreemdelingennummer'])
      expect(await sent({ ...FIRST, customTextfieldLabel })).toMatchObject({ customTextfield: '2811000137' });
    expect(await sent({ ...SECOND, customTextfield2Label: 'V-Nr.' })).toMatchObject({ customTextfield2: '2811000137' });
    const german = { ...FIRST, customTextfieldLabel: 'AZR-Nummer' };
    expect(await sent(german, {}, { vNumberLabels: ['azr'] })).toMatchObject({ customTextfield: '2811000137' });
  });

  test('that are optional or out of use are not asked', async () => {
    for (const scope of [
      { ...FIRST, customTextfieldRequired: false, customTextfieldLabel: 'Kenteken' },
      { ...SECOND, customTextfield2Activated: '0', customTextfield2Label: 'Kenteken' },
      { ...FIRST, customTextfieldLabel: 'V-nummer' },
    ])
      expect(await withScope(scope).planner.desksOf('BIO')).toMatchObject({ value: [{ asks: { own: [] } }] });
  });

  test.each(NONE)('without words (%j) leave the office out before a time is held', async (label) => {
    const { planner, asked } = withScope({ ...SECOND, customTextfield2Label: label });
    expect(await planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ value: [] });
    expect(asked.every(({ path }) => path.startsWith('/offices'))).toBe(true);
  });

  test('for a telephone are required, optional or not there', async () => {
    const asks = async (scope: object) => knownValue(await withScope(scope).planner.desksOf('BIO'))?.[0]?.asks?.phone;
    expect(await asks({ telephoneActivated: true, telephoneRequired: true })).toBe('required');
    expect(await asks({ telephoneActivated: true, telephoneRequired: false })).toBe('optional');
    expect(await asks({ telephoneActivated: false, telephoneRequired: true })).toBe('unused');
    expect(await sent({ telephoneActivated: '0' })).toMatchObject({ telephone: '' });
    expect(await sent({ telephoneActivated: '1' })).toMatchObject({ telephone: '0612345678' });
  });

  test('send the scope back as it came', async () => {
    const scope = { id: 1, telephoneActivated: '1', provider: [], unknown: { a: 1 } };
    expect(await sent(scope)).toMatchObject({ scope });
  });
});

test('an address may stand with the provider', async () => {
  const contact = { street: 'Voorbeeldkade', streetNumber: '10', postalCode: 3011, city: 'Rotterdam', name: 'x' };
  const { planner } = withScope({ provider: { id: '31001', contact } });
  expect(await planner.desksOf('BIO')).toMatchObject({
    value: [{ place: { street: 'Voorbeeldkade 10', postcode: '3011', city: 'Rotterdam' } }],
  });
});

describe('a calendar with the times of its first day only', () => {
  const epoch = (day: number, minute: number) => Date.UTC(2037, 2, day, 8, minute) / 1000;
  const dayOf = (day: number, times: boolean) => ({
    date: `2037-03-${day}`,
    providerIDs: '31001',
    offices: [{ officeId: '31001', appointments: times ? [0, 10, 20].map((minute) => epoch(day, minute)) : [] }],
  });
  const calendar = (wanted: string | null) => {
    const days = wanted ? [Number(wanted.slice(-2))] : [10, 11, 12];
    return { body: { availableDays: days.map((day, index) => dayOf(day, index === 0)) } };
  };
  const narrow = (freshMs = 0) =>
    plannerWith(
      { ...ZMS, daysAtOnce: 2 },
      ({ path }) => {
        if (path.startsWith('/offices')) return { body: CATALOGUE };
        const query = new URLSearchParams(path.split('?')[1]);
        return calendar(query.get('startDate') === query.get('endDate') ? query.get('startDate') : null);
      },
      freshMs,
    );

  test('is asked for the other days too', async () => {
    const { planner } = narrow();
    const slots = await planner.slotsOf('BIO', DESK, 1);
    expect(slots.state).toBe('fresh');
    const dates = (knownValue(slots) ?? []).map(({ date }) => date);
    expect([dates.length, new Set(dates).size]).toEqual([9, 3]);
  });

  test('is asked once for all visitors, and for the wanted days only', async () => {
    const { planner, asked } = narrow(5_000);
    await Promise.all(Array.from({ length: 20 }, () => planner.slotsOf('BIO', DESK, 1)));
    expect(asked.filter(({ path }) => path.startsWith('/available'))).toHaveLength(3);
    const { planner: other, asked: few } = narrow();
    await other.slotsOf('BIO', DESK, 1, { from: '2037-03-12', until: '2037-03-20' });
    expect(few.filter(({ path }) => path.startsWith('/available'))).toHaveLength(2);
  });
});

describe('an office with a proof of work', () => {
  const SECRET = 'secret';
  async function guarded() {
    const challenge = await createChallenge({
      algorithm: 'SHA-256',
      cost: 10,
      deriveKey,
      keyPrefix: '0',
      hmacSignatureSecret: SECRET,
    });
    const scope = { id: 1, captchaActivatedRequired: true };
    const day = { date: '2037-03-10', offices: [{ officeId: 31001, appointments: [2_120_112_000] }] };
    const payloads: string[] = [];
    let token = '';
    const made = plannerWith(ZMS, ({ path, body }) => {
      if (path.startsWith('/offices')) return { body: { ...CATALOGUE, offices: [{ ...OFFICE, scope }] } };
      if (path === '/captcha-challenge/') return { body: challenge };
      if (path === '/captcha-verify/') {
        payloads.push(JSON.stringify(body));
        token = `token-${payloads.length}`;
        return { body: { meta: { success: true }, data: { valid: true }, token } };
      }
      const sent = JSON.stringify(body ?? '') + path;
      if (!token || !sent.includes(token)) return { status: 400, body: { errors: [{ errorCode: 'captchaMissing' }] } };
      return { body: path.startsWith('/available') ? { availableDays: [day] } : PROCESS };
    });
    return { ...made, payloads };
  }

  test('gets a true solution, once for a search and a reservation', async () => {
    const { planner, payloads } = await guarded();
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'fresh', value: [{ date: '2037-03-08' }] });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toMatchObject({ ok: true });
    expect(payloads).toHaveLength(1);
    const { payload } = JSON.parse(payloads[0] ?? '{}');
    const { challenge, solution } = JSON.parse(Buffer.from(payload, 'base64').toString());
    const verdict = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret: SECRET });
    expect(verdict.verified).toBe(true);
  });

  test('that can’t be met hides no other office', async () => {
    const wary = { ...OFFICE, scope: { id: 1, captchaActivatedRequired: true } };
    const offices = [wary, { ...OFFICE, id: 31002 }];
    const relations = [31001, 31002].map((officeId) => ({ officeId, serviceId: 7101 }));
    const day = { offices: [{ officeId: 31002, appointments: [1_806_390_000] }] };
    const { planner } = zms({
      'GET /offices': { body: { ...CATALOGUE, offices, relations } },
      'GET /captcha-challenge': { body: { meta: { success: false }, data: null } },
      'GET /available': { body: { availableDays: [day] } },
    });
    expect(await planner.slotsOf('BIO', { ...DESK, key: '31002' }, 1)).toMatchObject({ state: 'fresh', value: [{}] });
    expect(await planner.slotsOf('BIO', DESK, 1)).toMatchObject({ state: 'unavailable' });
    expect(await planner.hold(VIEWER, { product: 'BIO', slot: SLOT, partySize: 1 })).toEqual({
      ok: false,
      why: 'challenge-needed',
    });
  });
});

test.each(['appointmentNotFound', 'appointmentNotAvailable'])('%s is told as cancelled', async (errorCode) => {
  const { planner } = zms({ 'GET /appointment/': { status: 404, body: { errors: [{ errorCode }] } } });
  expect(await planner.find(VIEWER, HELD)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
  const lost = zms({ 'GET /appointment/': { status: 404, body: '<html>' } });
  expect(await lost.planner.find(VIEWER, HELD)).toMatchObject({ ok: false });
});

describe('a booking that is looked up', () => {
  const found = (answer: ScriptedAnswer) => zms({ 'GET /appointment/': answer }).planner.find(VIEWER, HELD);

  test.each([...NONE, 'something new'])('in the state %j is not cancelled', async (status) => {
    expect(await found({ body: { ...PROCESS, status } })).toEqual({ ok: false, why: 'could-not-ask' });
    const sought = { product: 'BIO', slot: SLOT, hold: HELD, reference: 'wish-1', partySize: 1 } as const;
    const { planner } = zms({ 'GET /appointment/': { body: { ...PROCESS, status } } });
    expect(await planner.reconcile(VIEWER, sought)).toEqual({ found: 'unclear' });
  });

  test('stands beside an empty wrapper', async () => {
    for (const data of [null, '']) expect(await found({ body: { ...PROCESS, data } })).toMatchObject({ ok: true });
  });

  test('is read in capitals too', async () => {
    expect(await found({ body: { ...PROCESS, status: 'CONFIRMED' } })).toMatchObject({ value: { state: 'booked' } });
    expect(await found({ body: { ...PROCESS, status: 'Deleted' } })).toMatchObject({ value: { state: 'cancelled' } });
  });

  test.each([
    [{ errors: [null, { errorCode: 'appointmentNotFound' }] }],
    [{ errors: { 1: { errorCode: 'appointmentNotFound' } }, data: null }],
    [{ data: { errors: [{ statusCode: 404 }, { errorCode: 'appointmentNotFound' }] } }],
  ])('is gone by %j', async (body) => {
    expect(await found({ status: 404, body })).toMatchObject({ ok: true, value: { state: 'cancelled' } });
  });
});
