import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Cases from '~/agency/cases.server';
import type * as Room from '~/case/letters.server';
import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { type Agency, startAgency } from '../../mocks/agency';
import { VIEWER } from '../agency/planner';

let agency: Agency;
let OWN: Viewer;
let room: typeof Room;
let cases: typeof Cases;

/** The demo's folder with letters. */
function folderWith(letters: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-letters-'));
  cpSync(join(import.meta.dirname, '../../mocks/agencies/ind'), folder, { recursive: true });
  writeFileSync(join(folder, 'letters.json'), JSON.stringify(letters));
  return folder;
}

beforeAll(async () => {
  agency = await startAgency();
  const amal = agency.world.cases
    .flatMap(({ parties }) => parties)
    .find(({ person }) => person.slug === 'amal')?.person;
  OWN = { ...VIEWER, subject: { person: { kind: 'bsn', value: amal?.bsn ?? '' }, name: '' } };
  vi.stubEnv('AGENCY_DIR', folderWith({ types: ['beschikking', 'Ontvangstbevestiging'] }));
  for (const [name, path] of [
    ['ZAKEN_URL', 'zaken'],
    ['CATALOGI_URL', 'catalogi'],
    ['DOCUMENTEN_URL', 'documenten'],
  ])
    vi.stubEnv(name ?? '', `${agency.url}/${path}/api/v1`);
  vi.stubEnv('ZGW_SECRET', 'demo-zgw-secret');
  room = await import('~/case/letters.server');
  cases = await import('~/agency/cases.server');
});
afterEach(async () => {
  agency.reset();
  await (await import('~/platform/caches.server')).clearCaches();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await agency.stop();
});

async function caseOf(viewer: Viewer): Promise<OwnCase> {
  const loaded = await cases.casesOf(viewer);
  const found = loaded.state === 'unavailable' ? undefined : loaded.value[0];
  if (!found) throw new Error(JSON.stringify(loaded));
  return found;
}
async function linesOf(viewer: Viewer, theCase: OwnCase) {
  const lines = room.letterLines(viewer, theCase, await room.askLetters(viewer, theCase, 5_000));
  return lines === null || lines.state === 'unavailable' ? [] : lines.value;
}
const refIn = (href: string | undefined) => href?.split('/').at(-1) ?? '';
const open = (viewer: Viewer, theCase: OwnCase, ref: string, onRecord = async () => true) =>
  room.letterAnswer(viewer, theCase, ref, onRecord);
const statusOf = async (answer: Promise<Response>) => {
  try {
    return (await answer).status;
  } catch (thrown) {
    return typeof thrown === 'object' && thrown !== null && 'init' in thrown
      ? (thrown.init as { status: number }).status
      : Promise.reject(thrown);
  }
};

describe('a case’s letters', () => {
  test('are finished documents of the agency’s types', async () => {
    const theCase = await caseOf(OWN);
    expect((await linesOf(OWN, theCase)).map(({ title }) => title)).not.toContain('Advies aan de beslisser');
    expect((await linesOf(OWN, theCase)).map(({ title }) => title)).not.toContain('Concept van de beschikking');
    expect(await linesOf(OWN, theCase)).toContainEqual(
      expect.objectContaining({ title: 'Ontvangstbevestiging', size: '1 kB' }),
    );
  });

  test('come as a file with a clean name that no page shows', async () => {
    agency.changeDocuments('Ontvangstbevestiging', { title: 'Brief "1"/../x.html' });
    const theCase = await caseOf(OWN);
    const [line] = await linesOf(OWN, theCase);
    const answer = await open(OWN, theCase, refIn(line?.href));
    expect(Object.fromEntries(answer.headers)).toEqual({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Brief-1-x.pdf"; filename*=UTF-8''Brief-1-x.pdf`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^%PDF-/);
  });

  test('are the same for an advisor, under another address', async () => {
    const theCase = await caseOf(OWN);
    const advisor: Viewer = {
      ...OWN,
      actor: { id: 'advisor', role: 'advisor', name: '' },
      basis: 'mandate',
      scope: 'read',
      grant: 'g',
      purpose: 'legal-aid',
    };
    const [mine] = await linesOf(OWN, theCase);
    const [theirs] = await linesOf(advisor, theCase);
    expect({ ...theirs, href: '' }).toEqual({ ...mine, href: '' });
    expect(refIn(theirs?.href)).not.toBe(refIn(mine?.href));
    const bytes = async (viewer: Viewer, href: string | undefined) =>
      Buffer.from(await (await open(viewer, theCase, refIn(href))).arrayBuffer());
    expect(await bytes(advisor, theirs?.href)).toEqual(await bytes(OWN, mine?.href));
    expect(await statusOf(open(OWN, theCase, refIn(theirs?.href)))).toBe(404);
  });

  test.each<[string, object]>([
    ['a status before the end', { status: 'in_bewerking' }],
    ['a higher confidentiality', { confidentiality: 'vertrouwelijk' }],
    ['another type', { type: 'Intern advies' }],
    ['a day of sending to come', { sent: '2999-01-01' }],
  ])('with %s are neither listed nor given out', async (_what, change) => {
    const theCase = await caseOf(OWN);
    const [line] = await linesOf(OWN, theCase);
    agency.changeDocuments('Ontvangstbevestiging', change);
    agency.changeDocuments('Beschikking op uw aanvraag', change);
    expect(await linesOf(OWN, theCase)).toEqual([]);
    expect(await statusOf(open(OWN, theCase, refIn(line?.href)))).toBe(404);
  });

  test('with another content than a letter are withheld', async () => {
    const theCase = await caseOf(OWN);
    const [line] = await linesOf(OWN, theCase);
    for (const content of ['<html><script>', 'MZ', ''])
      for (const title of ['Ontvangstbevestiging', 'Beschikking op uw aanvraag']) {
        agency.changeDocuments(title, { content: Buffer.from(content) });
        expect(await statusOf(open(OWN, theCase, refIn(line?.href)))).toBe(503);
      }
  });

  test('that come shorter than they are told are withheld', async () => {
    const theCase = await caseOf(OWN);
    agency.changeDocuments('Ontvangstbevestiging', { told: 5_000 });
    const [line] = await linesOf(OWN, theCase);
    expect(line?.size).toBe('5 kB');
    expect(await statusOf(open(OWN, theCase, refIn(line?.href)))).toBe(503);
  });

  test('are not given out without an audit entry', async () => {
    const theCase = await caseOf(OWN);
    const [line] = await linesOf(OWN, theCase);
    const ref = refIn(line?.href);
    expect(await statusOf(open(OWN, theCase, ref, async () => false))).toBe(404);
    await expect(open(OWN, theCase, ref, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
  });

  test('need the rights to case and people', async () => {
    const theCase = await caseOf(OWN);
    const [line] = await linesOf(OWN, theCase);
    const narrowed = { ...theCase, rights: ['wait', 'case'] as const };
    expect(await room.askLetters(OWN, narrowed, 5_000)).toBeNull();
    expect(await statusOf(open(OWN, narrowed, refIn(line?.href)))).toBe(404);
  });

  test('of another case are missing', async () => {
    const theCase = await caseOf(OWN);
    const other = agency.world.cases.find(({ uuid }) => uuid !== theCase.id);
    const elsewhere = { ...theCase, id: other?.uuid ?? '', address: '' };
    const [line] = await linesOf(OWN, theCase);
    expect(await statusOf(open(OWN, elsewhere, refIn(line?.href)))).toBe(404);
  });

  test('say so when the registry can not be asked', async () => {
    const theCase = await caseOf(OWN);
    agency.setFault('cases', 'error');
    expect(await room.askLetters(OWN, theCase, 5_000)).toMatchObject({ state: 'unavailable' });
    expect(await statusOf(open(OWN, theCase, 'x'))).toBe(503);
  });
});
