import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_RETENTION } from '~/model/retention';
import { openTestStore, rowsOf } from '../../tests/database';
import { deleteEnded } from './audit-purge.server';
import { offerMandate, transitionMandate } from './mandate.server';
import { addOwnNote, deleteOwnNote, noteSeen, ownFacts, ownNotes, seenMarks, setOwnFacts } from './own-file.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

const FIRM = '002220647';
const KEEPER = `office ${FIRM}`;

async function withFile() {
  const [caseId, client, advisor] = [randomUUID(), randomUUID(), randomUUID()];
  const names = { client: 'C', advisor: 'A', firm: FIRM, references: ['Z1-1'] };
  const text = { textHash: 'h', language: 'en', months: 12, maySub: false, names };
  const offered = { client, advisor, firm: FIRM, caseIds: [caseId], actions: ['see' as const] };
  const { id } = await offerMandate({ ...offered, ...text, offeredBy: 'advisor' });
  await transitionMandate(id, { client }, { do: 'accept', by: 'client' });
  await setOwnFacts(KEEPER, caseId, { reference: '2026/77' });
  await addOwnNote(KEEPER, caseId, { text: 'Call the sister', writer: 'A. Advisor' });
  await noteSeen(advisor, new Map([[caseId, 'mark']]));
  return { id, caseId, client, advisor };
}

test("no other office reads an office's own number and notes", async () => {
  const { caseId } = await withFile();
  expect((await ownFacts(KEEPER, [caseId])).get(caseId)).toEqual({ reference: '2026/77', noticeReceived: null });
  const [note] = await ownNotes(KEEPER, [caseId]);
  expect(note).toMatchObject({ caseId, text: 'Call the sister', writer: 'A. Advisor' });
  expect(await ownNotes('office 999999999', [caseId])).toEqual([]);
  await deleteOwnNote('office 999999999', caseId, note?.id ?? '');
  expect(await ownNotes(KEEPER, [caseId])).toHaveLength(1);
  await deleteOwnNote(KEEPER, caseId, note?.id ?? '');
  await setOwnFacts(KEEPER, caseId, { reference: '' });
  expect([await ownNotes(KEEPER, [caseId]), (await ownFacts(KEEPER, [caseId])).size]).toEqual([[], 0]);
});

test('an office keeps its number when it notes a notice of default', async () => {
  const { caseId } = await withFile();
  await setOwnFacts(KEEPER, caseId, { noticeReceived: '2026-03-02' });
  expect((await ownFacts(KEEPER, [caseId])).get(caseId)).toEqual({
    reference: '2026/77',
    noticeReceived: '2026-03-02',
  });
  await setOwnFacts(KEEPER, caseId, { reference: '' });
  expect((await ownFacts(KEEPER, [caseId])).get(caseId)).toEqual({ reference: '', noticeReceived: '2026-03-02' });
  await setOwnFacts(KEEPER, caseId, { noticeReceived: null });
  expect((await ownFacts(KEEPER, [caseId])).size).toBe(0);
});

test('the tables hold no number, text or name that can be read', async () => {
  const { caseId } = await withFile();
  const rows = await rowsOf(
    store.url,
    `select own_file::text || own_note::text as line from own_file join own_note using (keeper, case_id)
      where case_id = '${caseId}'`,
  );
  expect(rows).toHaveLength(1);
  expect(Buffer.from(String(rows[0]?.line)).toString('latin1')).not.toMatch(/2026\/77|sister|Advisor/);
});

test('what an office keeps is deleted some time after the mandate', async () => {
  const { id, caseId, client, advisor } = await withFile();
  const kept = async () => [
    (await ownFacts(KEEPER, [caseId])).size,
    (await ownNotes(KEEPER, [caseId])).length,
    (await seenMarks(advisor, [caseId])).size,
  ];
  await transitionMandate(id, { client }, { do: 'revoke' });
  await deleteEnded(DEFAULT_RETENTION);
  expect(await kept()).toEqual([1, 1, 1]);
  await rowsOf(store.url, `update mandate set ended_at = now() - interval '31 days' where id = '${id}'`);
  await deleteEnded(DEFAULT_RETENTION);
  expect(await kept()).toEqual([0, 0, 0]);
});
