import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawRollout } from '~/model/effect/design';
import { simulateCounts, USUAL } from '../../mocks/effect/agency';
import { openTestStore, rowsOf } from '../../tests/database';

const PROCEDURES = ['asylum', 'family', 'naturalisation', 'permanent', 'renewal', 'study', 'visa', 'work'];
const monday = Temporal.PlainDate.from('2026-11-30');
const DESIGN = { kind: 'wedge', procedures: PROCEDURES, weeksBefore: 24, weeks: 12, steps: 2, washout: 4 } as const;
const PLAN = {
  ...DESIGN,
  feature: 'own-answers',
  firstWeek: monday.subtract({ weeks: 12 }).toString(),
  seed: 'drawn at noon',
  misplaced: 0.1,
};
const folder = mkdtempSync(join(tmpdir(), 'zicht-effect-'));
let store: Awaited<ReturnType<typeof openTestStore>>;

beforeAll(async () => {
  process.env.ZICHT_NOW = '2026-12-01T10:00:00Z';
  process.env.AGENCY_DIR = folder;
  cpSync('mocks/agencies/ind', folder, { recursive: true });
  writeFileSync(join(folder, 'effect.json'), JSON.stringify(PLAN));
  store = await openTestStore();
  const fewer = { ...USUAL, effect: -0.3 };
  const { contacts } = simulateCounts({ ...fewer, contacts: 2_000 }, drawRollout(DESIGN, PLAN.seed), 5);
  const counts = PROCEDURES.flatMap((procedure, p) =>
    (contacts[p] ?? []).map((count, at) => `('${procedure}', ${at}, ${count})`),
  );
  await rowsOf(
    store.url,
    `insert into call_reason (id, week, procedure, page, reason, answered)
     select gen_random_uuid(), date '${monday.subtract({ weeks: 36 })}' + 7 * at, procedure, 'case', 'question-page', 'no'
     from (values ${counts.join(', ')}) as noted (procedure, at, count), generate_series(1, count)`,
  );
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

test('an experiment that is over shows what it saved', async () => {
  const { effectView } = await import('./effect.server');
  const { result, weeks, hash } = await effectView('en');
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(weeks).toHaveLength(36);
  expect(weeks[0]?.cells.every((count) => Number(count.replace(',', '')) > 100)).toBe(true);
  expect(weeks.at(-1)?.cells[0]).toBe('0');
  if (result === null || typeof result === 'string') throw new Error(`${result}`);
  expect(result.isClaim).toBe(true);
  expect(result.avoided.low).not.toMatch(/^[-−]/);
});

test('the table file tells which procedure had the feature when', async () => {
  const { effectCsv } = await import('./effect.server');
  const lines = (await effectCsv()).trim().split('\r\n');
  expect(lines[0]).toBe('week,procedure,feature,calls,looks');
  expect(lines).toHaveLength(1 + 36 * 8);
  expect(lines.filter((line) => line.includes(',on,'))).toHaveLength(12 * 4);
});
