import type { Agency } from '../../mocks/agency';
import type { CaseFile } from '../../mocks/world/case-file';
import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import { onlyZms } from './visits';
import { wordsOf } from './words';

const t = wordsOf('nl');
const PATIENCE = { timeout: 20_000 };

test.describe.configure({ timeout: 60_000 });
test.use({ settings: async ({ stack }, use) => use({ ...onlyZms(stack), WATCH_SECONDS: '1' }) });

for (const [who, change, why] of [
  [
    'salma-brother',
    ({ parties }) => ({ parties: parties.filter(({ person }) => person.slug !== 'salma-brother') }),
    'no-right',
  ],
  ['salma', () => ({ ended: '2026-03-01' }), 'case-closed'],
] as const satisfies readonly (readonly [string, (file: CaseFile) => Partial<CaseFile>, string])[]) {
  test(`a watch ends unoffered and says why: ${why}`, async ({ stack, agency }) => {
    await freeTimes(agency, false);
    const person = await signedIn(stack, who, 'applicant');
    await person.ask('POST', `${await caseOf(person)}/watch`, {
      do: 'set',
      before: '2026-05-01',
      quietFrom: '00:00',
      quietUntil: '00:00',
    });
    expect(await stack.query('select state from watch')).toEqual([{ state: 'waiting' }]);
    const file = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === 'salma');
    if (!file) throw new Error('the world has no case of Salma');
    const before = { ...file };
    try {
      Object.assign(file, change(file));
      await freeTimes(agency, true);
      const states = () => stack.query('select state, ended_why, offer from watch');
      await expect.poll(states, PATIENCE).toEqual([{ state: 'ended', ended_why: why, offer: null }]);
      expect(await stack.query('select 1 from hold')).toHaveLength(0);
      const { body } = await person.ask('GET', '/nl/cases');
      expect(body).toContain(t('appointment:ended.watch'));
      expect(body).toContain(t(`appointment:ended.why.${why}`));
      const entries = await stack.query(
        "select body::jsonb ->> 'reason' as why, actor_role from audit_event where action = 'end-watch'",
      );
      expect(entries).toEqual([{ why, actor_role: 'system' }]);
    } finally {
      Object.assign(file, before);
    }
  });
}

async function caseOf(person: Actor): Promise<string> {
  const [, path = ''] = /href="(\/nl\/cases\/[\w-]+)"/.exec((await person.ask('GET', '/nl/cases')).body) ?? [];
  return path;
}

async function freeTimes(agency: Agency, free: boolean): Promise<void> {
  const answer = await fetch(`${agency.url}/control/planner/empty`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product: 'BIO', empty: !free }),
  });
  expect(answer.ok).toBe(true);
}
