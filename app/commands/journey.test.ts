import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runCommand } from '../../tests/command';

const PAGE = '<html><main><h1>Waits</h1></main></html>';
const FORM = '<form method="post"></form>';
let portal: Server | undefined;
afterEach(() => portal?.closeAllConnections());
afterEach(() => void portal?.close());

type Answers = Readonly<Record<string, (asked: IncomingMessage, response: ServerResponse) => void>>;
const page = (_asked: IncomingMessage, response: ServerResponse) => void response.end(PAGE);
const sent = (text: string) => (_asked: IncomingMessage, response: ServerResponse) => void response.end(text);

/** What a portal answers that works; `own` replaces some of it. */
async function goesTo(own: Answers, args: readonly string[] = [], input = '') {
  const answers: Answers = {
    'GET /readyz': sent('ready\n'),
    'GET /nl/wait': page,
    'GET /nl/contact': page,
    'GET /nl/sign-in': sent(FORM),
    'POST /nl/sign-in': ({ headers }, response) => {
      const location = `http://${headers.host}/provider?client_id=zicht`;
      response.writeHead(headers.origin === `http://${headers.host}` ? 302 : 403, { location }).end();
    },
    'GET /provider': sent('Sign in here'),
    'GET /nl/cases': ({ headers }, response) => {
      if (headers.cookie === '__Host-zicht=test') response.end(`<a href="/nl/cases/AbC-1">case</a>`);
      else response.writeHead(302, { location: '/nl/sign-in' }).end();
    },
    'GET /nl/cases/AbC-1': page,
    ...own,
  };
  const server = createServer((asked, response) => {
    const answer = answers[`${asked.method} ${asked.url?.split('?')[0]}`];
    if (answer) answer(asked, response);
    else response.writeHead(404).end();
  });
  portal = server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { code, out } = await runCommand('app/commands/journey.ts', '', [origin, ...args], input);
  const last =
    out
      .trim()
      .split('\n')
      .findLast((line) => line.startsWith('{')) ?? '{}';
  return { code, out, steps: JSON.parse(last).steps as { step: string; ok: boolean; about: string }[] };
}

test('a portal that works lets the journey through', async () => {
  const { code, steps } = await goesTo({});
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(steps).toHaveLength(5);
  expect(code).toBe(0);
}, 60_000);

test('each step that fails is named, with its reason', async () => {
  const { code, out, steps } = await goesTo(
    {
      'GET /readyz': (_asked, response) => void response.writeHead(503).end(),
      'GET /nl/contact': (asked) => void asked.socket.destroy(),
      'GET /provider': (_asked, response) => void response.writeHead(500).end(),
      'GET /nl/wait': (_asked, response) => void setTimeout(() => response.end(PAGE), 700),
    },
    ['--most-ms', '500'],
  );
  expect(code).toBe(1);
  expect(Object.fromEntries(steps.map(({ step, about }) => [step, about]))).toMatchObject({
    health: 'it answers 503',
    waits: 'it takes longer than 500 ms',
    contact: 'UND_ERR_SOCKET',
    'sign-in-page': '',
    'sign-in-provider': 'the provider answers 500',
  });
  expect(out).toContain('FAIL health');
}, 60_000);

test('a test account’s cookie opens its case, and goes nowhere else', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'journey-')), 'zicht.prom');
  const { code, out } = await goesTo({}, ['--signed-in', '--metrics', file], '__Host-zicht=test\n');
  expect(code, out).toBe(0);
  expect(out).not.toContain('__Host-zicht');
  expect(readFileSync(file, 'utf8')).toMatch(/^zicht_journey_ok\{step="cases"\} 1$/m);
  const over = await goesTo({}, ['--signed-in', '--metrics', file], '__Host-zicht=old');
  expect(over.steps.at(-1)?.about).toBe('the session has ended');
  expect(readFileSync(file, 'utf8')).toMatch(/^zicht_journey_ok\{step="cases"\} 0$/m);
}, 60_000);

test.each([[], ['nowhere'], ['http://localhost', '--most-ms', 'soon']])(
  '%j prints the usage',
  async (...args) => {
    const { code, out } = await runCommand('app/commands/journey.ts', '', args.flat().filter(Boolean), '');
    expect(code).toBe(2);
    expect(out).toContain('usage: npm run journey');
  },
  60_000,
);
