import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areIndependent } from '~/model/four-eyes';
import { openTestStore, rowsOf } from '../../tests/database';
import { employeeNumber, isAnybodyApart, isApart, isCloseTo, noteEmployee, placeOf } from './employee.server';
import { db } from './store.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('an employee keeps one number under concurrent requests', async () => {
  const me = randomUUID();
  const numbers = await Promise.all(Array.from({ length: 8 }, () => employeeNumber(me)));
  expect(new Set(numbers).size).toBe(1);
  expect(numbers[0]).toBeGreaterThanOrEqual(1_000);
  expect(numbers[0]).toBeLessThan(10_000);
});

test('numbers are unique among three hundred, also when four digits run out', async () => {
  // By chance alone two of three hundred would nearly always collide.
  const numbers: number[] = [];
  // In groups of thirty: three hundred at once would wait too long for a connection on a busy machine.
  while (numbers.length < 300)
    numbers.push(...(await Promise.all(Array.from({ length: 30 }, () => employeeNumber(randomUUID())))));
  expect(new Set(numbers).size).toBe(300);
  await rowsOf(
    store.url,
    "insert into employee (actor, number) select 'a' || n, n from generate_series(1000, 9999) n on conflict do nothing",
  );
  expect(await employeeNumber(randomUUID())).toBe(10_000);
  expect(await employeeNumber(randomUUID())).toBe(10_001);
});

test('close means the same person or team; without a team, everybody', async () => {
  const [me, mate, far, teamless] = [0, 1, 2, 3].map(() => randomUUID()) as [string, string, string, string];
  await noteEmployee({ id: me, team: 'north', leads: null }, 'person me');
  await noteEmployee({ id: mate, team: 'north', leads: null }, 'person mate');
  await noteEmployee({ id: far, team: 'south', leads: null }, 'person far');
  await noteEmployee({ id: teamless, team: null, leads: null }, 'person teamless');
  const closeTo = async (agent: string) => {
    const people = ['person me', 'person mate', 'person far', 'person teamless', 'nobody'];
    const close = await Promise.all(people.map((person) => isCloseTo(agent, person)));
    return people.filter((_, n) => close[n]);
  };
  expect(await closeTo(me)).toEqual(['person me', 'person mate', 'person teamless']);
  expect(await closeTo(far)).toEqual(['person far', 'person teamless']);
  // An employee who never signed in counts as close too.
  expect(await closeTo(randomUUID())).toEqual(['person me', 'person mate', 'person far', 'person teamless']);
});

test('the SQL and the rule agree on who may answer whom', async () => {
  const [lead, head, alone] = [0, 1, 2].map(() => randomUUID()) as [string, string, string];
  const somewhere = [
    { id: lead, team: 'north', leads: [head] },
    { id: head, team: 'board', leads: [] },
    { team: 'north', leads: [lead, head] },
    { team: 'south', leads: [lead, head] },
    { team: 'south', leads: ['another', head] },
    { team: 'east', leads: [] },
    { team: null, leads: ['another'] },
    { team: 'west', leads: null },
  ].map((place) => ({ id: randomUUID(), ...place }));
  for (const place of somewhere) await noteEmployee(place, null);
  const places = await Promise.all([...somewhere.map(({ id }) => id), alone].map(placeOf));
  let apart = 0;
  for (const one of places)
    for (const other of places) {
      const { rows } = await db().execute(sql`select ${isApart(sql`${one.id}`, sql`${other.id}`)} as is`);
      expect(rows, JSON.stringify([one, other])).toEqual([{ is: areIndependent(one, other) }]);
      if (areIndependent(one, other)) apart += 1;
    }
  expect(apart).toBeGreaterThan(4);
  expect(await isAnybodyApart(lead)).toBe(true);
  expect(await isAnybodyApart(alone)).toBe(false);
});
