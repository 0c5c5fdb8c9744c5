import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Agency, startAgency } from '../../mocks/agency';
import { demoEnvironment } from '../../mocks/demo-environment';
import { runCommand } from '../../tests/command';

let agency: Agency;
let settings: NodeJS.ProcessEnv;
beforeAll(async () => {
  agency = await startAgency({});
  settings = {
    ...process.env,
    ...demoEnvironment({ origin: 'http://localhost:3000', agency: agency.url, issuer: agency.issuer }),
  };
});
afterAll(() => agency.stop());

const run = (...args: readonly string[]) =>
  runCommand('app/commands/backend-record.ts', 'postgres://localhost/none', args, '', settings);

test('the cases of a person are recorded without the person', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-record-'));
  const [body, out] = [join(folder, 'search.json'), join(folder, 'recording.json')];
  const { bsn = '' } = agency.world.personCalled('amal') ?? {};
  const search = { rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn: bsn, expand: 'rollen,zaaktype,status' };
  writeFileSync(body, JSON.stringify(search));
  const ran = await run('cases', '/zaken/_zoek', '--body', body, '--out', out);
  expect(ran.code, ran.out).toBe(0);
  const recording = readFileSync(out, 'utf8');
  expect(JSON.parse(recording)).toMatchObject({ backend: 'cases', status: 200, answer: { count: 1 } });
  expect(recording).not.toMatch(/haddad|amal/i);
  expect(recording).not.toContain(String(bsn));
  expect(recording).not.toContain(new URL(agency.url).host);
});

test('an unknown backend and a form that writes are refused', async () => {
  expect((await run('payroll', '/')).code).toBe(2);
  expect((await run('planner', '/appointments', '--body', 'package.json')).out).toMatch(/Only a search/);
});
