import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { plannerOfAgency } from '../../app/agency/planner.server';
import { takeSlot } from '../../app/appointment/hold/hold.server';
import { parseSlotQuery } from '../../app/appointment/slot-query.server';
import { slotId } from '../../app/model/appointment';
import type { Party } from '../../app/model/case';
import type { OwnCase } from '../../app/model/rights';
import type { WritingViewer } from '../../app/model/viewer';
import { type Agency, startAgency } from '../../mocks/agency';
import { plannerList } from '../../mocks/demo-environment';
import { reachedIn } from '../agency/agency';
import { openTestStore, rowsOf } from '../database';
import { thisMorning, VIEWER } from './planners';

let agency: Agency;
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  [agency, store] = await Promise.all([startAgency({ now: thisMorning() }), openTestStore()]);
  vi.stubEnv('PLANNERS', JSON.stringify(plannerList(agency.url).filter(({ kind }) => kind === 'zms')));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([agency.stop(), store.close()]);
});

const SELF: Party = {
  roles: ['applicant'],
  ids: [VIEWER.subject.person],
  givenName: 'Racer',
  familyName: '',
  birthDate: null,
};
const CASE: OwnCase = {
  id: 'case-1',
  address: '',
  reference: 'Z1',
  procedure: 'family',
  procedureVersion: '',
  procedureName: '',
  state: 'running',
  received: '2026-01-01',
  ended: null,
  decideBy: null,
  statutoryTerm: null,
  extension: null,
  suspension: null,
  current: reachedIn('biometrics', '2026-01-02', { name: '' }),
  result: null,
  outcome: null,
  decision: { made: null, notified: null, reactBy: null },
  parties: [SELF],
  rights: ['wait', 'case', 'book-all'],
  self: SELF,
  vNumber: null,
  request: { until: null, papers: [] },
  invitation: null,
};
const OTHER: WritingViewer = {
  ...VIEWER,
  subject: { person: { kind: 'vnumber', value: '2800000002' }, name: 'Other' },
};

it('a person who sends twenty holds at once gets three', async () => {
  const known = await plannerOfAgency().desksOf('BIO');
  const [desk] = known.state === 'unavailable' ? [] : known.value;
  if (!desk) throw new Error('no desk');
  const loaded = await plannerOfAgency().slotsOf('BIO', desk, 1);
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10);
  const slots = loaded.state === 'fresh' ? loaded.value.filter(({ date }) => date > soon).slice(0, 20) : [];
  const take = (viewer: WritingViewer, n: number, id: string) =>
    takeSlot(
      viewer,
      { ...CASE, id: `${viewer.subject.person.value} ${n % 2}` },
      id,
      parseSlotQuery(new URLSearchParams(), 1),
    );
  const tried = await Promise.all(slots.map((slot, n) => take(VIEWER, n, slotId(slot))));
  expect(tried.filter(({ ok }) => ok)).toHaveLength(3);
  expect(tried.filter((taken) => !taken.ok && taken.why === 'too-many')).toHaveLength(slots.length - 3);
  expect(await rowsOf(store.url, 'select 1 from hold')).toHaveLength(3);
  const free = slots.at(-1);
  expect(free && (await take(OTHER, 0, slotId(free)))).toMatchObject({ ok: true });
});
