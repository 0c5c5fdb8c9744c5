import { createHash } from 'node:crypto';
import { eq, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { StaffPosition } from '~/model/four-eyes';
import { employee } from './schema/helpdesk.server';
import { db } from './store.server';

/** Numbers start with four digits; an agency with more employees than those gets longer ones. */
const FIRST = 1_000;
const FOUR_DIGITS = 9_000;

/** The employee's number, unique and permanent. It reveals nothing about their name. */
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

/** Stores the employee's own person (keyed hash) and team, as the sign-in provider reports them; null: unknown. */
export async function noteEmployee({ id, ...place }: StaffPosition, person: string | null): Promise<void> {
  await employeeNumber(id);
  const leads = place.leads && [...place.leads];
  await db().update(employee).set({ person, team: place.team, leads }).where(eq(employee.actor, id));
}

export async function placeOf(actor: string): Promise<StaffPosition> {
  const [found] = await db()
    .select({ team: employee.team, leads: employee.leads })
    .from(employee)
    .where(eq(employee.actor, actor));
  return { id: actor, team: found?.team ?? null, leads: found?.leads ?? null };
}

/** Whether any employee may answer this employee's requests. */
export async function isAnybodyApart(actor: string): Promise<boolean> {
  const { rows } = await db().execute(
    sql`select 1 from employee anybody where ${isApart(sql`${actor}`, sql`anybody.actor`)} limit 1`,
  );
  return rows.length > 0;
}

/** The rule of `areIndependent` as an SQL condition, so that every process decides alike. A null makes it false. */
export const isApart = (one: SQLWrapper, other: SQLWrapper): SQL => sql`exists (
  select 1 from employee one, employee other where one.actor = ${one} and other.actor = ${other}
    and one.actor <> other.actor and one.team <> other.team
    and other.actor <> all(one.leads) and one.actor <> all(other.leads)
    and (one.leads[1] is null or one.leads[1] is distinct from other.leads[1]))`;

/** Whether a person is this employee, or a colleague of the same team. */
export async function isCloseTo(actor: string, person: string): Promise<boolean> {
  const { rows } = await db().execute(sql`select 1 where ${isCloseBy(sql`${actor}`, sql`${person}`)}`);
  return rows.length > 0;
}

/** The same as an SQL condition. An employee without a team counts as everybody's colleague. */
export const isCloseBy = (actor: SQLWrapper, person: SQLWrapper): SQL => sql`exists (
  select 1 from employee close left join employee me on me.actor = ${actor} where close.person = ${person}
    and (close.actor = ${actor} or close.team is null or me.team is null or close.team = me.team))`;

/** The numbers of employees who have one. */
export async function numbersOf(actors: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db()
    .select({ actor: employee.actor, number: employee.number })
    .from(employee)
    .where(inArray(employee.actor, [...actors]));
  return new Map(rows.map(({ actor, number }) => [actor, number]));
}

async function numberOf(actor: string): Promise<number | null> {
  const [row] = await db().select({ number: employee.number }).from(employee).where(eq(employee.actor, actor));
  return row?.number ?? null;
}
