import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OwnCase } from '../../app/model/rights';
import { caseIn } from '../agency/case';
import { viewer } from '../agency/people';
import { routeArgs } from '../route-args';

const ownParties = [
  { roles: ['applicant' as const], ids: [viewer.subject.person], givenName: 'A', familyName: 'B', birthDate: null },
];

const OFFICE = { key: 'A', name: 'Office', address: { street: 'Street 1', postcode: '80331', city: 'City' } };
const HOURS = [{ weekday: 1, opens: '08:00', closes: '12:00' }];

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-fewer-'));
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  const contact = { phone: [{ id: 'general', number: '+49 89 1' }], desks: [{ ...OFFICE, openingHours: HOURS }] };
  writeFileSync(join(folder, 'contact.json'), JSON.stringify(contact));
  for (const name of ['STATISTICS_URL', 'QUEUE_URL', 'AGENCY_TOKEN', 'PLANNER_URL', 'PLANNERS']) vi.stubEnv(name, '');
  vi.stubEnv('AGENCY_DIR', folder);
});
afterAll(() => vi.unstubAllEnvs());

const page = (path: string) => routeArgs(new Request(`http://localhost:3000${path}`));

test('without a queue API the folder tells lines and desks', async () => {
  const { contactView } = await import('~/contact/contact-view.server');
  expect(await contactView('en')).toMatchObject({
    hasWait: false,
    hasQueue: false,
    phone: { state: 'fresh' },
    lines: [{ id: 'general', minutes: null, callers: null, forecast: { best: null, rows: [] } }],
    desks: { state: 'fresh' },
    places: [{ name: 'Office', address: 'Street 1, 80331 City', people: null, minutes: null }],
  });
});

test('without statistics no page tells or links to waits', async () => {
  const wait = await import('~/routes/wait');
  await expect(wait.loader(page('/en/wait'))).rejects.toMatchObject({ init: { status: 404 } });
  const home = await import('~/routes/home');
  expect(await home.loader(page('/en'))).toMatchObject({ hasWait: false });
});

test('without a planner no page offers to book', async () => {
  const home = await import('~/routes/home');
  expect(await home.loader(page('/en'))).toMatchObject({ hasVisits: false });
  const { visitView } = await import('~/answer/visit-view.server');
  const [self] = ownParties;
  const theCase = { ...caseIn('biometrics', { parties: ownParties }), self, rights: ['case', 'book-self'] } as OwnCase;
  expect(visitView(viewer, theCase, [])).toMatchObject({
    kind: 'arrange',
    ways: { task: 'visit', list: [{ kind: 'phone', number: '+31 88 000 0000' }] },
  });
  expect(visitView(viewer, { ...theCase, rights: ['case'] }, [])).toMatchObject({ kind: 'none' });
});

test('employees find no pages for draws and waits', async () => {
  const { staffPages } = await import('~/helpdesk/staff-pages.server');
  const roles = ['helpdesk', 'desk-planner', 'wait-publisher'] as const;
  expect(staffPages(roles)).toContain('helpdesk');
  expect(staffPages(roles)).not.toContain('staff/releases');
  expect(staffPages(roles)).not.toContain('staff/wait');
});

test('without a planner a visit from before can be read', async () => {
  const { plannerOfAgency } = await import('~/agency/planner.server');
  const planner = plannerOfAgency();
  expect(planner.capabilities('desk')).toMatchObject({ cancel: 'no', move: 'none', tells: false });
  expect(await planner.desksOf('BIO')).toMatchObject({ state: 'fresh', value: [] });
  expect(await planner.find(viewer, 'key')).toEqual({ ok: false, why: 'not-possible' });
});
