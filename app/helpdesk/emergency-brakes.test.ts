import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Professional } from '~/identity/session.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { openTestStore, rowsOf } from '../../tests/database';
import { employed } from '../../tests/machines/calls';
import { answer } from './second-person.server';
import { breakGlass } from './without-code.server';

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;
let reference: string;
beforeAll(async () => {
  agency = await startAgency();
  process.env.ZAKEN_URL = `${agency.url}/zaken/api/v1`;
  store = await openTestStore();
  reference = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === 'amal')?.reference ?? '';
});
afterAll(async () => {
  await store.close();
  await agency.stop();
});

const REPORT = 'The police called: there is real danger.';

async function emergency(agent: Professional, fields: Readonly<Record<string, string>> = {}): Promise<string> {
  const form = new FormData();
  const all = { reference, call: 'call-1', category: 'danger-person', report: REPORT, ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  const opened = await breakGlass(agent, form);
  return 'grant' in opened ? 'open' : opened.why;
}

const pendingOf = (agent: Professional) =>
  rowsOf(
    store.url,
    `select id from view_request where agent = '${actorPseudonym(agent.actor.id)}' and state = 'pending'`,
  );

test('fifty emergencies at once open two', async () => {
  const agent = await employed('north', ['a']);
  const results = await Promise.all(Array.from({ length: 50 }, () => emergency(agent)));
  expect(results.filter((result) => result === 'open')).toHaveLength(2);
  expect(results.filter((result) => result === 'open-limit')).toHaveLength(48);
  const denied = "select seq from audit_event where action = 'break-glass' and result = 'denied'";
  expect(await rowsOf(store.url, denied)).toHaveLength(48);
});

test('two are open and five opened a day, in any order', async () => {
  const colleague = await employed('south', ['b']);
  const step = fc.constantFrom('open', 'open', 'yes', 'no', 'late');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const agent = await employed('north', ['a']);
      let opened = 0;
      for (const each of steps) {
        const pending = await pendingOf(agent);
        if (each === 'open') {
          const wanted = pending.length >= 2 ? 'open-limit' : opened >= 5 ? 'day-limit' : 'open';
          expect(await emergency(agent)).toBe(wanted);
          if (wanted === 'open') opened += 1;
        } else if (each === 'late') {
          // Waiting until the answer is too late frees no place before the report.
          await rowsOf(
            store.url,
            `update view_request set answer_before = now() where agent = '${actorPseudonym(agent.actor.id)}'`,
          );
        } else if (pending[0]) {
          const form = new FormData();
          form.set('request', `${pending[0].id}`);
          form.set('answer', each);
          await answer(colleague, form);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['too short a report', { report: 'in real danger' }],
  ['a report of spaces', { report: `danger${' '.repeat(60)}now` }],
  ['no category', { category: '' }],
])('%s opens nothing', async (_, fields) => {
  expect(await emergency(await employed('north', ['a']), fields)).toBe('unfilled');
});

test('one employee alone hides no look', async () => {
  const agent = await employed('north', ['a']);
  expect(await emergency(agent, { hold: 'yes' })).toBe('open');
  const holds = `select hold_until from view_request where agent = '${actorPseudonym(agent.actor.id)}'`;
  expect(await rowsOf(store.url, holds)).toEqual([{ hold_until: null }]);
  const forced = `update view_request set hold_until = now() where agent = '${actorPseudonym(agent.actor.id)}'`;
  await expect(rowsOf(store.url, forced)).rejects.toThrow(/view_request_two_hide/);
});
