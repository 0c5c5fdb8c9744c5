import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Professional } from '~/identity/session.server';
import { actorPseudonym } from '~/platform/pseudonym.server';
import { employeeNumber } from '~/store/employee.server';
import { verifyCode } from '~/store/spoken-code.server';
import { openTestStore, rowsOf } from '../../tests/database';
import { lockedView, unlock } from './locked.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const lead: Professional = {
  actor: { id: 'lead', role: 'staff', name: '' },
  staffRoles: ['team-lead'],
  office: null,
  assurance: null,
  sessionMark: '',
  language: 'nl',
};
const formFor = (id: string) => {
  const form = new FormData();
  form.set('agent', actorPseudonym(id));
  return form;
};
const guess = (id: string, office: string | null = null) => verifyCode('', actorPseudonym(id), '00000000', office);
async function lockOut(id: string, office: string | null = null): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) expect(await guess(id, office)).toEqual({ ok: false, why: 'wrong' });
  expect(await guess(id, office)).toEqual({ ok: false, why: 'too-often' });
}

test('a lead unlocks an employee and an office, each audited', async () => {
  const number = await employeeNumber(actorPseudonym('desk-1'));
  await lockOut('desk-1');
  await lockOut('adv', '002220647');
  expect(await lockedView(lead)).toMatchObject([
    { employee: number, office: null, mayUnlock: true },
    { employee: null, office: '002220647', mayUnlock: true },
  ]);
  expect(await unlock(lead, formFor('desk-1'))).toBe('done');
  expect(await guess('desk-1')).toEqual({ ok: false, why: 'wrong' });
  expect(await unlock(lead, formFor('adv'))).toBe('done');
  expect(await lockedView(lead)).toEqual([]);
  const entries = await rowsOf(
    store.url,
    "select actor, body::jsonb ->> 'objectRef' as whose from audit_event where action = 'unlock-codes' order by seq",
  );
  const by = actorPseudonym('lead');
  expect(entries).toEqual([
    { actor: by, whose: actorPseudonym('desk-1') },
    { actor: by, whose: actorPseudonym('adv') },
  ]);
});

test('a lead can’t unlock their own entry, or one that is open', async () => {
  await lockOut('lead');
  expect(await lockedView(lead)).toMatchObject([{ mayUnlock: false }]);
  expect(await unlock(lead, formFor('lead'))).toBe('cannot');
  expect(await unlock(lead, formFor('nobody'))).toBe('cannot');
  expect(await guess('lead')).toEqual({ ok: false, why: 'too-often' });
  const denied = "select 1 from audit_event where action = 'unlock-codes' and result = 'denied'";
  expect(await rowsOf(store.url, denied)).toHaveLength(1);
});
