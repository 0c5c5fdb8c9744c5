import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { casesOf, historyOf, stepsOf } from '../../app/agency/cases.server';
import { desksNow, phoneNow } from '../../app/agency/queue.server';
import { knownValue } from '../../app/model/loaded';
import type { PersonId, Viewer } from '../../app/model/viewer';
import { clearCaches } from '../../app/platform/caches.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { APIS } from '../../mocks/faults';

// The portal opens its connections once, so the agency changes its manners behind the same address.
let seed = '';
let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-03-02T09:00:00Z', fieldSeed: () => seed });
  process.env.ZAKEN_URL = `${agency.url}/zaken/api/v1`;
  process.env.CATALOGI_URL = `${agency.url}/catalogi/api/v1`;
  process.env.QUEUE_URL = `${agency.url}/queue/v1`;
});
afterAll(() => agency.stop());
beforeEach(async () => {
  for (const api of APIS) agency.setFault(api, 'none');
  await clearCaches();
});

const viewerOf = (person: PersonId): Viewer => ({
  actor: { id: person.value, role: 'applicant', name: '' },
  subject: { person, name: '' },
  basis: 'self',
  scope: 'write',
  language: 'nl',
});

/** What the portal reads of everybody's cases, without the addresses that a gateway may write in its own way. */
async function readAll() {
  await clearCaches();
  const people = agency.world.people.filter(({ role }) => role === 'applicant').slice(0, 40);
  const read = [];
  for (const { bsn, vNumber } of people) {
    const viewer = viewerOf(bsn ? { kind: 'bsn', value: bsn } : { kind: 'vnumber', value: vNumber ?? '' });
    const loaded = await casesOf(viewer);
    if (loaded.state === 'unavailable') throw new Error(loaded.why);
    for (const theCase of [...loaded.value].sort((a, b) => a.id.localeCompare(b.id))) {
      const { address: _, procedureVersion: __, ...rest } = theCase;
      const history = knownValue(await historyOf(viewer, theCase));
      read.push({ ...rest, history, steps: knownValue(await stepsOf(theCase)) });
    }
  }
  return read;
}

it.each(['field', '3', '8'])('cases read the same with the manners of seed %s', async (one) => {
  seed = one;
  const well = await readAll();
  for (const api of APIS) agency.setFault(api, 'as-in-the-field');
  expect(await readAll()).toEqual(well);
});

it('waits say the same, but for those that are not given', async () => {
  const [desks, lines] = [knownValue(await desksNow()), knownValue(await phoneNow())];
  await clearCaches();
  for (const api of APIS) agency.setFault(api, 'as-in-the-field');
  expect(knownValue(await desksNow())).toEqual(desks);
  expect(knownValue(await phoneNow())).toEqual(lines);
});
