import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';
import { closeBy, employeeNumber, noteEmployee } from './employee.server';

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('an employee keeps one number of four digits, however many ask for it at once', async () => {
  const me = randomUUID();
  const numbers = await Promise.all(Array.from({ length: 8 }, () => employeeNumber(me)));
  expect(new Set(numbers).size).toBe(1);
  expect(numbers[0]).toBeGreaterThanOrEqual(1_000);
  expect(numbers[0]).toBeLessThan(10_000);
});

test('no two employees have one number, not in a house of three hundred, nor when all of four digits are given', async () => {
  // By chance alone two of three hundred would nearly always share one.
  const numbers = await Promise.all(Array.from({ length: 300 }, () => employeeNumber(randomUUID())));
  expect(new Set(numbers).size).toBe(300);
  await rowsOf(
    store.url,
    "insert into employee (actor, number) select 'a' || n, n from generate_series(1000, 9999) n on conflict do nothing",
  );
  expect(await employeeNumber(randomUUID())).toBe(10_000);
  expect(await employeeNumber(randomUUID())).toBe(10_001);
});

test('close is oneself and whoever is of the same team; who has no team is close to everybody', async () => {
  const [me, mate, far, teamless] = [0, 1, 2, 3].map(() => randomUUID()) as [string, string, string, string];
  await noteEmployee(me, 'person me', 'north');
  await noteEmployee(mate, 'person mate', 'north');
  await noteEmployee(far, 'person far', 'south');
  await noteEmployee(teamless, 'person teamless', null);
  const closeTo = async (agent: string) => {
    const people = ['person me', 'person mate', 'person far', 'person teamless', 'nobody'];
    const close = await Promise.all(people.map((person) => closeBy(agent, person)));
    return people.filter((_, n) => close[n]);
  };
  expect(await closeTo(me)).toEqual(['person me', 'person mate', 'person teamless']);
  expect(await closeTo(far)).toEqual(['person far', 'person teamless']);
  // An employee who never signed in here is nobody's stranger either.
  expect(await closeTo(randomUUID())).toEqual(['person me', 'person mate', 'person far', 'person teamless']);
});
