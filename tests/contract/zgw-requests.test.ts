import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callerOf, casesOf, historyOf, mandatedCasesOf, stepsOf } from '../../app/agency/cases.server';
import {
  eigenschapSchema,
  rolSchema,
  statusSchema,
  statustypeSchema,
  zaakSchema,
  zaaktypeSchema,
} from '../../app/agency/zgw/schema.server';
import { knownValue } from '../../app/model/loaded';
import type { Viewer } from '../../app/model/viewer';
import { clearCaches } from '../../app/platform/caches.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { READINGS, type Reading } from '../../mocks/zgw/expand';
import { EMPLOYEE } from '../agency/people';
import { readDescription, SPECS } from './openapi';

/** The adapter's own requests and readings, compared with the descriptions of the standard and of Open Zaak. */

const json = z.record(z.string(), z.unknown());
const operation = z.object({ query: json, headers: json, body: json.optional() });
const description = z.object({
  cases: z.object({
    operations: z.record(z.string(), operation),
    properties: z.record(z.string(), z.string().array()),
  }),
  catalogue: z.object({
    operations: z.record(z.string(), operation),
    properties: z.record(z.string(), z.string().array()),
  }),
});
const STANDARD = description.parse(readDescription(join(SPECS, 'zgw/requests.json')));
const OPEN_ZAAK = description.parse(readDescription(join(SPECS, 'open-zaak/requests.json')));
type Description = z.output<typeof description>;

/** Where Open Zaak's code does not do what its description says. */
const INTENDED = [
  // An address there too.
  '/zaak must be integer',
  '/zaaktype must be integer',
  // It also takes a text, and other registries nothing else.
  '/ordering must be array',
];

const ajv = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true });
addFormats.default(ajv);
const faultsIn = (schema: unknown, value: unknown): string[] => {
  const validate = ajv.compile(json.parse(schema));
  return validate(value)
    ? []
    : (validate.errors ?? [])
        .map(({ instancePath, message }) => `${instancePath} ${message}`)
        .filter((fault) => !INTENDED.includes(fault));
};

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Readonly<Record<string, unknown>>;
}

let reading: Reading = 'both';
/** Whether the registry leaves out what should come with a case. */
let isBare = false;
let agency: Agency;
let recorder: Server;
const sent: Sent[] = [];

/** Passes each request on to the agency and keeps it. */
async function startRecorder(): Promise<string> {
  recorder = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method = 'GET', headers, url = '/' } = request;
    sent.push({
      method,
      url: new URL(url, agency.url),
      headers,
      body: text === '' ? {} : json.parse(JSON.parse(text)),
    });
    const answer = await fetch(new URL(url, agency.url), {
      method,
      headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && !/^(host|connection|content-length|accept-encoding)$/.test(name)
          ? [[name, value]]
          : [],
      ),
      ...(text !== '' && { body: text }),
    });
    const body = await answer.text();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(isBare && url.includes('_zoek') ? withoutExpansions(body) : body);
  });
  await new Promise<void>((ready) => recorder.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`;
}

const withoutExpansions = (text: string): string =>
  JSON.stringify(JSON.parse(text), (name, value) => (name === '_expand' ? undefined : value));

beforeAll(async () => {
  agency = await startAgency({ now: '2026-03-02T09:00:00Z', expandReading: () => reading });
  const origin = await startRecorder();
  process.env.ZAKEN_URL = `${origin}/zaken/api/v1`;
  process.env.CATALOGI_URL = `${origin}/catalogi/api/v1`;
});
afterAll(async () => {
  recorder.closeAllConnections();
  await new Promise((closed) => recorder.close(closed));
  await agency.stop();
});
afterEach(async () => {
  sent.length = 0;
  isBare = false;
  await clearCaches();
});

/** Everything that the portal asks a registry. Returns how many cases it read. */
async function askEverything(): Promise<number> {
  const value = agency.world.personCalled('garcia')?.bsn ?? '';
  const viewer: Viewer = {
    actor: { id: 'garcia', role: 'applicant', name: '' },
    subject: { person: { kind: 'bsn', value }, name: '' },
    basis: 'self',
    scope: 'write',
    language: 'nl',
  };
  const cases = knownValue(await casesOf(viewer)) ?? [];
  const [first] = cases;
  if (!first) throw new Error('no case');
  expect(await historyOf(viewer, first)).toMatchObject({ state: 'fresh' });
  expect(await stepsOf(first)).toMatchObject({ state: 'fresh' });
  const caller = await callerOf(EMPLOYEE, 'grant', 'question-page', first.reference);
  expect(caller).toMatchObject({ value: { theCase: { id: first.id } } });
  await callerOf(EMPLOYEE, 'grant', 'question-page', 'Nowhere-1');
  const mandated = [{ caseId: first.id, isClient: (person: { value: string }) => person.value === value }];
  expect(await mandatedCasesOf(EMPLOYEE, mandated)).toMatchObject({ state: 'fresh', value: { length: 1 } });
  return cases.length;
}

/** What a description says against a request. */
function faultsOf({ method, url, headers, body }: Sent, { cases, catalogue }: Description): string[] {
  const [, api, path] = /^\/(zaken|catalogi)\/api\/v1(\/.*)$/.exec(url.pathname) ?? [];
  const { operations } = api === 'zaken' ? cases : catalogue;
  const name = `${method} ${path}`;
  const match = (known: string) => new RegExp(`^${known.replace(/\{\w+\}/g, '[0-9a-f-]{36}')}$`).test(name);
  const [, known] = Object.entries(operations).find(([each]) => match(each)) ?? [];
  if (!known) return [`${name} is not there`];
  return [
    ...[...url.searchParams].flatMap(([key, value]) =>
      key in known.query
        ? faultsIn({ properties: { [key]: known.query[key] } }, { [key]: value })
        : [`${name}: no query ${key}`],
    ),
    ...Object.entries(known.headers).flatMap(([key, schema]) =>
      faultsIn({ required: [key], properties: { [key]: schema } }, { [key]: headers[key] }),
    ),
    ...(known.body ? faultsIn(known.body, body) : []),
    ...Object.keys(known.body ? body : {})
      .filter((key) => !(key in json.parse(known.body?.properties ?? {})))
      .map((key) => `${name}: no field ${key}`),
  ].map((fault) => `${name}: ${fault}`);
}

/** The names of the fields that a schema reads of an object. */
function namesRead(schema: z.ZodType): string[] {
  const names = new Set<string>();
  schema.safeParse(
    new Proxy(
      {},
      {
        get: (_, name) => {
          if (typeof name === 'string') names.add(name);
          return undefined;
        },
      },
    ),
  );
  return [...names].filter((name) => name !== '_expand');
}

const isProbe = ({ body }: Sent) => String(body.uuid__in).startsWith('00000000-0000');

describe('the portal’s requests', () => {
  it.each(READINGS)('are as the description says to a registry that reads %s', async (one) => {
    reading = one;
    expect(await askEverything()).toBeGreaterThan(0);
    const form = one === 'text' ? STANDARD : OPEN_ZAAK;
    const asked = sent.filter((request) => !isProbe(request));
    // The standard has no search for a part of a reference: registries without it say so.
    const own = form === STANDARD ? asked.filter(({ body }) => !('identificatie__icontains' in body)) : asked;
    expect(own.length).toBeGreaterThan(5);
    expect([...new Set(own.flatMap((request) => faultsOf(request, form)))]).toEqual([]);
  });

  it('for what a case lacks are as both descriptions say', async () => {
    reading = 'list';
    isBare = true;
    await askEverything();
    const asked = sent.filter(({ url }) => !url.pathname.endsWith('_zoek'));
    const paths = new Set(asked.map(({ url }) => url.pathname.replace(/[0-9a-f-]{36}/, '{}').replace(/.*v1/, '')));
    expect([...paths].sort()).toEqual([
      '/rollen',
      '/statussen',
      '/statussen/{}',
      '/statustypen',
      '/zaaktypen/{}',
      '/zaken/{}/zaakeigenschappen',
    ]);
    for (const form of [STANDARD, OPEN_ZAAK]) expect(asked.flatMap((request) => faultsOf(request, form))).toEqual([]);
  });
});

describe('the fields that the portal reads', () => {
  it.each([
    ['the standard', STANDARD],
    ['Open Zaak', OPEN_ZAAK],
  ] as const)('are all in the description of %s', (_name, { cases, catalogue }) => {
    const roles = [...(cases.properties.Rol ?? []), ...(cases.properties.natuurlijk_persoon_Rol ?? [])];
    // Open Zaak's own, which the standard has not.
    const beyond = ['authenticatieContext', 'beginGeldigheid', 'eindeGeldigheid'];
    expect([...new Set([...(cases.properties.Zaak ?? []), 'uuid'])]).toEqual(
      expect.arrayContaining(namesRead(zaakSchema)),
    );
    expect([...roles, ...beyond]).toEqual(expect.arrayContaining(namesRead(rolSchema)));
    expect(cases.properties.Status).toEqual(expect.arrayContaining(namesRead(statusSchema)));
    expect(cases.properties.ZaakEigenschap).toEqual(expect.arrayContaining(namesRead(eigenschapSchema)));
    expect(catalogue.properties.ZaakType).toEqual(expect.arrayContaining(namesRead(zaaktypeSchema)));
    expect(catalogue.properties.StatusType).toEqual(expect.arrayContaining(namesRead(statustypeSchema)));
  });
});
