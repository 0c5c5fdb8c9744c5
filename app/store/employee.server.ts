import { createHash } from 'node:crypto';
import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { db } from './store.server';

const employee = pgTable('employee', {
  actor: text('actor').primaryKey(),
  number: integer('number').notNull(),
  person: text('person'),
  team: text('team'),
});

/** Numbers of four digits come first; an agency with more employees than those gets longer ones. */
const FIRST = 1_000;
const FOUR_DIGITS = 9_000;

/** The number of an employee, his alone and the same for good. It says nothing of his name. */
export async function employeeNumber(actor: string): Promise<number> {
  const known = await numberOf(actor);
  if (known !== null) return known;
  const wished = createHash('sha256').update(actor).digest().readUInt32BE(0) % FOUR_DIGITS;
  await db().transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended('employee numbers', 4))`);
    await transaction.execute(sql`
      insert into employee (actor, number) values (${actor}, coalesce(
        (select ${FIRST} + (${wished} + step) % ${FOUR_DIGITS} from generate_series(0, ${FOUR_DIGITS - 1}) as step
          where not exists (select 1 from employee where number = ${FIRST} + (${wished} + step) % ${FOUR_DIGITS})
          order by step limit 1),
        (select max(number) + 1 from employee)))
      on conflict (actor) do nothing`);
  });
  const given = await numberOf(actor);
  if (given === null) throw new Error('The employee has no number');
  return given;
}

/** Remembers who an employee is himself (keyed hash) and in which team he works; null: the provider does not tell. */
export async function noteEmployee(actor: string, person: string | null, team: string | null): Promise<void> {
  await employeeNumber(actor);
  await db().update(employee).set({ person, team }).where(eq(employee.actor, actor));
}

/** Whether a person is this employee himself, or a colleague of his team. */
export async function closeBy(actor: string, person: string): Promise<boolean> {
  const { rows } = await db().execute(sql`select 1 where ${isCloseBy(sql`${actor}`, sql`${person}`)}`);
  return rows.length > 0;
}

/** The same as a condition. Who has no team is everybody's colleague. */
export const isCloseBy = (actor: SQLWrapper, person: SQLWrapper): SQL => sql`exists (
  select 1 from employee close left join employee me on me.actor = ${actor} where close.person = ${person}
    and (close.actor = ${actor} or close.team is null or me.team is null or close.team = me.team))`;

async function numberOf(actor: string): Promise<number | null> {
  const [row] = await db().select({ number: employee.number }).from(employee).where(eq(employee.actor, actor));
  return row?.number ?? null;
}
