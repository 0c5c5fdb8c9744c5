import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { casesOf } from '../../app/agency/cases.server';
import type { Viewer } from '../../app/model/viewer';
import { clearCaches } from '../../app/platform/caches.server';
import { type Agency, startAgency } from '../../mocks/agency';
import { READINGS, type Reading } from '../../mocks/zgw/expand';

// The portal opens its connections once, so the agency reads in another way behind the same address.
let reading: Reading = 'both';
let agency: Agency;
beforeAll(async () => {
  agency = await startAgency({ now: '2026-03-02T09:00:00Z', expandReading: () => reading });
  process.env.ZAKEN_URL = `${agency.url}/zaken/api/v1`;
  process.env.CATALOGI_URL = `${agency.url}/catalogi/api/v1`;
});
afterAll(() => agency.stop());
afterEach(() => clearCaches());

describe('a registry that reads the names to expand as', () => {
  it.each(READINGS)('%s gives every case with what belongs to it', async (one) => {
    reading = one;
    const bsn = agency.world.personCalled('garcia')?.bsn ?? '';
    const viewer: Viewer = {
      actor: { id: 'garcia', role: 'applicant', name: '' },
      subject: { person: { kind: 'bsn', value: bsn }, name: '' },
      basis: 'self',
      scope: 'write',
      language: 'nl',
    };
    for (let look = 0; look < 2; look += 1) {
      const loaded = await casesOf(viewer);
      expect(loaded).toMatchObject({
        state: 'fresh',
        value: [{ procedure: 'family', current: { stage: 'biometrics' }, parties: { length: 5 } }],
      });
    }
  });
});
