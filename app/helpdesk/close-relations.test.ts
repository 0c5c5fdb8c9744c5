import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Professional } from '~/identity/session.server';
import type { PersonId } from '~/model/viewer';
import { ownerOfPerson } from '~/platform/pseudonym.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { openTestStore, rowsOf } from '../../tests/database';
import * as calls from '../../tests/machines/calls';
import { storeEmployee } from './close-relations.server';
import { answer } from './second-person.server';
import { askApproval, breakGlass, openApproved, ownRequest } from './without-code.server';

const folder = mkdtempSync(join(tmpdir(), 'zicht-employees-'));
const file = join(folder, 'employees.json');
const sister = calls.newAgent();
const namesake = calls.newAgent();
let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
let amal: PersonId;
let reference: string;

beforeAll(async () => {
  agency = await startAgency();
  amal = { kind: 'bsn', value: agency.world.personCalled('amal')?.bsn ?? '' };
  reference = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === 'amal')?.reference ?? '';
  const relation = (agent: Professional, as: string) => ({ employee: agent.actor.id, person: amal, as });
  writeFileSync(file, JSON.stringify({ relations: [relation(sister, 'family'), relation(namesake, 'name')] }));
  Object.assign(process.env, { ZAKEN_URL: `${agency.url}/zaken/api/v1`, EMPLOYEES_FILE: file });
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
  await agency.stop();
  rmSync(folder, { recursive: true });
});

const form = (fields: Readonly<Record<string, string>>, facts: readonly string[] = []): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  for (const fact of facts) data.append('facts', fact);
  return data;
};

/** As the provider says it at sign-in: each team has its own lead. */
const known = async (person: PersonId | null, team: string, agent = calls.newAgent()): Promise<Professional> => {
  await storeEmployee(agent.actor.id, { person, team, leads: [`lead of ${team}`] });
  return agent;
};

/** The three ways to Amal's file, and whether each opens. */
async function doors(
  agent: Professional,
  colleague: Professional,
): Promise<Record<'code' | 'callBack' | 'emergency', boolean>> {
  const caller = { ...calls.newCaller(), subject: { person: amal, name: 'Amal' }, reference };
  await calls.makeCode(caller, await calls.signIn());
  const code = (await calls.locate(agent, caller)) !== null;
  const fields = { reference, call: 'call-1', purpose: 'question-page', calledBack: 'yes' };
  const asked = await askApproval(agent, form(fields, ['born', 'applied', 'procedure']));
  if ('why' in asked) throw new Error('not asked');
  await answer(colleague, form({ request: asked.request.id, answer: 'yes' }));
  const callBack = 'grant' in (await openApproved(agent, await ownRequest(agent, asked.request.id)));
  const danger = {
    reference,
    call: 'call-1',
    category: 'danger-person',
    report: 'The police called: somebody is in danger.',
  };
  const emergency = 'grant' in (await breakGlass(agent, form(danger)));
  return { code, callBack, emergency };
}

const NONE = { code: false, callBack: false, emergency: false };
const ALL = { code: true, callBack: true, emergency: true };

describe('closed files', () => {
  test('a stranger may open the file', async () => {
    expect(await doors(await known(null, 'south'), await known(null, 'east'))).toEqual(ALL);
  });

  test('a listed relative may not; a namesake may', async () => {
    expect(await doors(await known(null, 'west', sister), await known(null, 'east'))).toEqual(NONE);
    expect(await doors(await known(null, 'south', namesake), await known(null, 'east'))).toEqual(ALL);
  });

  test('neither the employee themselves nor a colleague of their team may', async () => {
    const themselves = await known(amal, 'north');
    expect(await doors(themselves, await known(null, 'east'))).toEqual(NONE);
    expect(await doors(await known(null, 'north'), await known(null, 'south'))).toEqual(NONE);
    expect(await doors(await known(null, 'south'), await known(null, 'east'))).toEqual(ALL);
    // An approval by the person themselves does not count.
    expect(await doors(await known(null, 'south'), themselves)).toEqual({ ...ALL, callBack: false });
    const [denied] = await rowsOf(
      store.url,
      "select count(*)::int as n from audit_event where result = 'denied' and body like '%\"own-or-close\"%'",
    );
    expect(denied?.n).toBe(10);
  });

  test('a view ends when the caller turns out to be a colleague', async () => {
    const [agent, caller] = [await known(null, 'west'), calls.newCaller()];
    const { digits } = await calls.makeCode(caller, await calls.signIn());
    const grant = (await calls.locate(agent, caller)) ?? '';
    expect(await calls.typeCode(agent, grant, digits)).toBe('open');
    expect(await calls.look(agent, grant)).not.toBeNull();
    await known(caller.subject.person, 'west');
    expect(await calls.look(agent, grant)).toBeNull();
  });
});

test('the employee table holds a keyed hash of the employee, no number', async () => {
  const rows = await rowsOf(store.url, 'select employee::text as row from employee');
  expect(JSON.stringify(rows)).toContain(ownerOfPerson(amal));
  expect(JSON.stringify(rows)).not.toContain(amal.value);
});

test.each(['Amal Haddad', ''])('a call named %j is refused for its number', async (call) => {
  const refused = { why: 'unfilled', wrong: ['call'] };
  const fields = {
    reference,
    call,
    purpose: 'question-page',
    category: 'danger-person',
    report: 'The police called: somebody is in danger.',
  };
  expect(await breakGlass(calls.newAgent(), form(fields))).toEqual(refused);
  expect(
    await askApproval(calls.newAgent(), form({ ...fields, calledBack: 'yes' }, ['born', 'applied', 'family'])),
  ).toEqual(refused);
});
