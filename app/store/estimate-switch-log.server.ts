import { sql } from 'drizzle-orm';
import type { Switched } from './estimate.server';
import { db } from './store.server';

/** A change of a switch as it was written down. */
export interface SwitchChange extends Switched {
  /** The employee, as the sign-in provider names him. */
  readonly setBy: string;
  /** ISO instant. */
  readonly setAt: string;
}

/** The latest changes, the newest first. */
export async function switchLog(most: number): Promise<SwitchChange[]> {
  const { rows } = await db().execute<Switched & { set_by: string; set_at: string } & Record<string, unknown>>(sql`
    select procedure, trust, reason, set_by, to_char(set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as set_at
    from estimate_switch order by id desc limit ${most}`);
  return rows.map(({ procedure, trust, reason, set_by, set_at }) => ({
    procedure,
    trust,
    reason,
    setBy: set_by,
    setAt: set_at,
  }));
}
