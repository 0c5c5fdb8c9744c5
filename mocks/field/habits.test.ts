import { describe, expect, it } from 'vitest';
import { besideAnOddRow, noneInAnotherForm, twice } from './every-backend';
import { asInTheField, type Habits } from './habits';

const HABITS: Habits = {
  rows: noneInAnotherForm('note'),
  lists: [twice(() => true), besideAnOddRow(() => true)],
};
const REQUEST = new Request('http://127.0.0.1/rows');
const ROWS = Array.from({ length: 1_000 }, (_, index) => ({ url: `http://127.0.0.1/rows/${index}`, note: '' }));

async function rowsWith(seed: string): Promise<readonly unknown[]> {
  const answer = await asInTheField({ ...HABITS }, seed, REQUEST, Response.json(ROWS));
  // A browser's Response undoes no encoding, so this test takes a seed whose answer has none.
  expect(answer.headers.get('content-encoding')).toBeNull();
  return answer.json();
}

describe('answers as in the field', () => {
  it('spoil a tenth of the rows and repeat or accompany another tenth', async () => {
    const rows = await rowsWith('a');
    expect(rows.length - ROWS.length).toBeGreaterThan(60);
    expect(rows.length - ROWS.length).toBeLessThan(140);
    const spoiled = ROWS.filter((row) => !rows.some((each) => JSON.stringify(each) === JSON.stringify(row)));
    expect(spoiled.length).toBeGreaterThan(60);
    expect(spoiled.length).toBeLessThan(140);
  });

  it('are the same for one seed and differ for another', async () => {
    expect(await rowsWith('a')).toEqual(await rowsWith('a'));
    expect(await rowsWith('a')).not.toEqual(await rowsWith('b'));
  });

  it('leave an error as it is', async () => {
    const answer = await asInTheField(HABITS, 'a', REQUEST, Response.json({ note: '' }, { status: 500 }));
    expect([answer.status, await answer.json()]).toEqual([500, { note: '' }]);
  });
});
