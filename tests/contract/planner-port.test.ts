import { afterAll, beforeAll } from 'vitest';
import type { WritingViewer } from '../../app/model/viewer';
import { type Agency, startAgency } from '../../mocks/agency';
import { adapterFor, KINDS, thisMorning, VIEWER } from '../races/planners';
import { planner } from './planner-port';

let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: thisMorning() });
});
afterAll(() => agency.stop());

const OTHER: WritingViewer = {
  ...VIEWER,
  actor: { ...VIEWER.actor, id: 'other' },
  subject: { person: { kind: 'vnumber', value: '2800000002' }, name: 'Other' },
};

for (const kind of KINDS)
  planner(kind, async () => {
    agency.reset();
    const { planner, gate } = adapterFor(agency, kind);
    return { planner, product: 'BIO', people: [VIEWER, OTHER], close: () => gate.close() };
  });
