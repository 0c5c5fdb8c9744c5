import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Adapter from '~/agency/klantinteracties/contact-moments.server';
import type * as Room from '~/helpdesk/contact-moments.server';
import type * as Own from '~/helpdesk/own-contacts.server';
import type * as Reasons from '~/helpdesk/reasons.server';
import type { Viewer } from '~/model/viewer';
import { contactPerson, ownerOf } from '~/platform/pseudonym.server';
import { withinRequest } from '~/platform/request-context.server';
import { contactState } from '~/store/contact-moment.server';
import { createSession } from '~/store/session.server';
import { createCode } from '~/store/spoken-code.server';
import {
  locateGrant,
  noteCaseOfLook,
  openGrant,
  openWithoutCode,
  readGrant,
  type ViewGrant,
} from '~/store/view-grant.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { CONTACTS_TOKEN } from '../../mocks/secrets';
import { VIEWER } from '../agency/planner';
import { openTestStore, rowsOf } from '../database';
import { readDescription, validatorsOf } from './openapi';

const validators = validatorsOf(
  readDescription(join(import.meta.dirname, '../../docs/contracts/klantinteracties.yaml')),
);
const CASE = 'ca5e0000-0000-4000-8000-000000000001';
const JOB = { requestId: 'r', traceparent: null, route: '(job contacts)', isJob: true } as const;

let store: Awaited<ReturnType<typeof openTestStore>>;
let agency: Agency;
let room: typeof Room;
let reasons: typeof Reasons;
let own: typeof Own;
let adapter: typeof Adapter;
let sessionHash: string;

beforeAll(async () => {
  store = await openTestStore();
  agency = await startAgency();
  vi.stubEnv('KLANTINTERACTIES_URL', `${agency.url}/klantinteracties/api/v1`);
  vi.stubEnv('KLANTINTERACTIES_TOKEN', CONTACTS_TOKEN);
  room = await import('~/helpdesk/contact-moments.server');
  reasons = await import('~/helpdesk/reasons.server');
  own = await import('~/helpdesk/own-contacts.server');
  adapter = await import('~/agency/klantinteracties/contact-moments.server');
  const id = await createSession({}, { idleMinutes: 15, absoluteMinutes: 120 }, Temporal.Now.instant());
  sessionHash = createHash('sha256').update(id).digest('hex');
});
afterEach(async () => {
  agency.reset();
  await rowsOf(store.url, 'delete from contact_moment');
  await rowsOf(store.url, 'delete from call_reason');
  await (await import('~/platform/caches.server')).clearCaches();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([store.close(), agency.stop()]);
});

/** A caller whom no other test knows. */
const caller = (): Viewer => ({
  ...VIEWER,
  subject: { person: { kind: 'vnumber', value: randomUUID() }, name: 'Amal' },
});

const agentOf = () => ({ agent: randomUUID(), agentNumber: 4471, agentSession: 'here', callId: 'c1', language: 'ar' });

/** A call in which the caller's code opened the view. */
async function verified(viewer: Viewer): Promise<ViewGrant> {
  const located = await locatedCall(viewer);
  await noteCaseOfLook(located.id, CASE);
  const opened = await openGrant(located.id, located.agent, Buffer.from('sealed'));
  if (!opened) throw new Error('not opened');
  return opened;
}

async function locatedCall(viewer: Viewer): Promise<ViewGrant> {
  const owner = ownerOf(viewer);
  const { id: codeId } = await createCode({
    purpose: 'view',
    owner,
    sessionHash,
    refs: ['r'],
    seal: () => Buffer.from('sealed'),
    language: 'ar',
    pageWidth: null,
    minutes: 10,
  });
  return locateGrant({ ...agentOf(), owner, codeId, purpose: 'question-page', pageWidth: null });
}

function note(look: ViewGrant | null, fields: Readonly<Record<string, string>> = {}) {
  const form = new FormData();
  const all = { reason: 'question-wait', answered: 'no', page: 'wait', procedure: 'asylum', stage: '', ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return reasons.noteReason(form, look);
}

const write = () => withinRequest(JOB, () => room.writeContacts(new AbortController().signal));
const dueNow = () => rowsOf(store.url, "update contact_moment set not_before = now() - interval '1 second'");
const waiting = () => rowsOf(store.url, 'select attempts, parked_at is not null as parked from contact_moment');
const subjectsOf = (index = 0) => agency.contacts.all()[index]?.subjects.map(({ subject }) => subject.codeObjecttype);

async function written(viewer: Viewer) {
  await note(await verified(viewer));
  await write();
}

describe('a noted call', () => {
  test('is written once, with case and person, in codes', async () => {
    const viewer = caller();
    const look = await verified(viewer);
    for (let again = 0; again < 2; again += 1) expect(await note(look)).toEqual([]);
    await Promise.all([write(), write()]);
    expect(await waiting()).toEqual([]);
    expect(agency.contacts.all()).toHaveLength(1);
    const [contact] = agency.contacts.all();
    expect(contact?.fields).toMatchObject({
      kanaal: 'telefoon',
      onderwerp: 'Hoelang het duurt',
      taal: 'ara',
      plaatsgevondenOp: look.locatedAt.toString(),
      metadata: { reden: 'question-wait', antwoordOpPagina: 'no', pagina: 'wait', procedure: 'asylum' },
    });
    expect(contact?.subjects.map(({ subject: { objectId, codeRegister } }) => [codeRegister, objectId])).toEqual([
      ['zicht', look.id],
      ['open-zaak', CASE],
      ['zicht', contactPerson(ownerOf(viewer))],
    ]);
    const texts = JSON.stringify(agency.contacts.sent);
    for (const personal of [viewer.subject.person.value, viewer.subject.name, look.agent, '4471'])
      expect(texts).not.toContain(personal);
    for (const { path, body } of agency.contacts.sent)
      expect(faultsOf(path === 'maak-klantcontact' ? 'NewContact' : 'NewSubject', body)).toEqual([]);
  });

  test.each([1, 2, 3])('is written once although answer %i is lost', async (lost) => {
    await note(await verified(caller()));
    agency.contacts.loseAnswer(lost);
    await write();
    expect(await waiting()).toEqual([{ attempts: 1, parked: false }]);
    await dueNow();
    await write();
    expect(await waiting()).toEqual([]);
    expect(agency.contacts.all()).toHaveLength(1);
    expect(subjectsOf()).toEqual(['klantcontact', 'zaak', 'persoon']);
  });

  test('is not doubled when a backup brings its row back', async () => {
    await note(await verified(caller()));
    const kept = await rowsOf(store.url, 'select row_to_json(contact_moment)::text as row from contact_moment');
    await write();
    await rowsOf(
      store.url,
      `insert into contact_moment select * from json_populate_record(null::contact_moment, '${kept[0]?.row}')`,
    );
    await write();
    expect(await waiting()).toEqual([]);
    expect(agency.contacts.all()).toHaveLength(1);
  });

  test('and its row in the outbox exist both or not at all', async () => {
    const look = await verified(caller());
    await rowsOf(store.url, 'alter table contact_moment rename to away');
    await expect(note(look)).rejects.toThrow();
    await rowsOf(store.url, 'alter table away rename to contact_moment');
    expect(await rowsOf(store.url, 'select id from call_reason')).toEqual([]);
    expect(await readGrant(look.id, look.agent)).toMatchObject({ reasonNoted: false });
    expect(await note(look)).toEqual([]);
    expect(await waiting()).toHaveLength(1);
  });

  test('without a caller who gave a code is not written', async () => {
    const viewer = caller();
    const owner = ownerOf(viewer);
    await note(null);
    await note(await locatedCall(viewer));
    for (const method of ['alt', 'glass'] as const)
      await note(
        await openWithoutCode({
          ...agentOf(),
          id: randomUUID(),
          owner,
          purpose: 'question-page',
          method,
          onlyCase: method === 'alt' ? CASE : null,
          secondApprover: method === 'alt' ? 'second' : null,
          subject: Buffer.from('sealed'),
        }),
      );
    expect(await rowsOf(store.url, 'select id from call_reason')).toHaveLength(4);
    expect(await waiting()).toEqual([]);
  });

  test.each(['down', 'error', 'malformed'] as const)('waits while the register is %s', async (fault) => {
    await note(await verified(caller()));
    agency.setFault('contacts', fault);
    await write();
    expect(await waiting()).toEqual([{ attempts: 1, parked: false }]);
    expect(agency.contacts.all()).toEqual([]);
  });

  test('that the register refuses is parked, and holds up no other', async () => {
    await note(await verified(caller()));
    await rowsOf(
      store.url,
      "update contact_moment set procedure = repeat('x', 300), not_before = now() - interval '1 hour'",
    );
    await note(await verified(caller()));
    await write();
    expect(await contactState()).toEqual({ due: 0, parked: 1 });
    expect(agency.contacts.all()).toHaveLength(1);
  });

  test('is parked after twenty attempts', async () => {
    await note(await verified(caller()));
    await rowsOf(store.url, 'update contact_moment set attempts = 19');
    agency.setFault('contacts', 'error');
    await write();
    expect(await contactState()).toEqual({ due: 0, parked: 1 });
  });
});

describe('a person reads', () => {
  const EMPTY = { state: 'fresh', value: [] };

  test('their own calls, and nobody else does', async () => {
    const viewer = caller();
    await written(viewer);
    expect(await own.ownContacts({ ...viewer, language: 'en' })).toMatchObject({
      state: 'fresh',
      value: [{ how: 'By phone', about: 'How long it takes', note: 'The answer was not on our pages.' }],
    });
    expect(await own.ownContacts(caller())).toMatchObject(EMPTY);
    const look: Viewer = { ...viewer, basis: 'view-as', scope: 'read', actor: { ...viewer.actor, role: 'staff' } };
    expect(await own.ownContacts(look)).toMatchObject({ value: [{ how: expect.any(String) }] });
    const advisor: Viewer = { ...viewer, basis: 'mandate', scope: 'read', actor: { ...viewer.actor, role: 'advisor' } };
    expect(await own.ownContacts(advisor)).toEqual({ state: 'unavailable', why: 'refused' });
  });

  test.each([
    ['down', 'down'],
    ['error', 'failed'],
    ['malformed', 'malformed'],
    ['slow', 'late'],
  ] as const)('that they can not be shown while the register is %s', async (fault, why) => {
    agency.setFault('contacts', fault);
    expect(await own.ownContacts(caller())).toEqual({ state: 'unavailable', why });
  });

  test('that some are missing, where one can not be read', async () => {
    const viewer = caller();
    await written(viewer);
    await written(viewer);
    agency.setFault('contacts', 'partial');
    const read = await own.ownContacts(viewer);
    expect(read).toMatchObject({ state: 'partial', value: [{ how: expect.any(String) }] });
  });

  test("none of another register's, where the same name stands for something else", async () => {
    const viewer = caller();
    const objectId = contactPerson(ownerOf(viewer));
    const fields = { kanaal: 'x', onderwerp: 'x', plaatsgevondenOp: '2026-11-01T10:00:00Z' };
    agency.contacts.add(fields, null, { objectId, codeObjecttype: 'x', codeRegister: 'x', codeSoortObjectId: 'x' });
    expect(await own.ownContacts(viewer)).toEqual({ state: 'unavailable', why: 'foreign' });
  });

  test("the register's own words where it keeps no codes", async () => {
    const viewer = caller();
    const fields = { kanaal: 'balie', onderwerp: 'Afspraak verzet', plaatsgevondenOp: '2026-11-01T10:00:00+01:00' };
    const name = { codeObjecttype: 'persoon', codeRegister: 'zicht', codeSoortObjectId: 'pseudoniem' };
    agency.contacts.add(fields, null, { ...name, objectId: contactPerson(ownerOf(viewer)) });
    expect(await own.ownContacts({ ...viewer, language: 'en' })).toMatchObject({
      value: [{ how: 'In another way', about: null, ownWords: 'Afspraak verzet', note: null }],
    });
  });
});

describe('the simulated register', () => {
  test('answers as the contract says', async () => {
    const viewer = caller();
    await written(viewer);
    const ask = (path: string, body?: unknown) =>
      fetch(`${agency.url}/klantinteracties/api/v1/${path}`, {
        headers: { authorization: `Token ${CONTACTS_TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
    const about = `onderwerpobject__onderwerpobjectidentificatorObjectId=${contactPerson(ownerOf(viewer))}`;
    const list = await ask(`klantcontacten?${about}&expand=gingOverOnderwerpobjecten`);
    expect(faultsOf('Contacts', await list.json())).toEqual([]);
    const [made, joined] = agency.contacts.sent;
    expect(faultsOf('MadeContact', await (await ask('maak-klantcontact', made?.body)).json())).toEqual([]);
    expect(faultsOf('Subject', await (await ask('onderwerpobjecten', joined?.body)).json())).toEqual([]);
    expect((await ask('klantcontacten?unknown=1')).status).toBe(400);
    expect((await ask('maak-klantcontact', { klantcontact: {} })).status).toBe(400);
    expect((await fetch(`${agency.url}/klantinteracties/api/v1/klantcontacten`)).status).toBe(403);
  });

  test('shows its contacts, and loses an answer, at /control', async () => {
    await fetch(`${agency.url}/control/contacts/lose`, { method: 'POST' });
    await written(caller());
    expect(await waiting()).toEqual([{ attempts: 1, parked: false }]);
    expect(await (await fetch(`${agency.url}/control`)).text()).toContain('telefoon: Hoelang het duurt');
  });

  test('gets nothing while a page is made', async () => {
    const moment = { id: randomUUID(), person: 'p', caseId: null, at: '2026-11-01T10:00:00Z', language: 'nl' } as const;
    const codes = { reason: 'other', answered: 'yes', page: 'none', procedure: null } as const;
    const { isJob: _, ...context } = JOB;
    const words = { subject: 'x', content: 'x' };
    expect(await withinRequest(context, () => adapter.writeContact({ ...moment, ...codes }, words))).toBe('later');
    expect(agency.contacts.sent).toEqual([]);
  });
});

function faultsOf(schema: string, body: unknown) {
  const validate = validators(schema);
  validate(body);
  return validate.errors ?? [];
}
