import { sql } from 'drizzle-orm';
import { db } from './store.server';

/** A range that an applicant was shown on a day. Dates are ISO. */
export interface RangeShown {
  readonly shownOn: string;
  readonly stage: string;
  readonly paused: boolean;
  readonly trust: string;
  readonly lowOn: string | null;
  readonly highOn: string | null;
  readonly asOf: string;
}

/** Keeps what was shown; a second look on the same day changes nothing. */
export async function keepRange(owner: string, caseId: string, range: RangeShown): Promise<void> {
  await db().execute(sql`
    insert into range_shown (owner, case_id, shown_on, stage, paused, trust, low_on, high_on, as_of)
    values (${owner}, ${caseId}, ${range.shownOn}::date, ${range.stage}, ${range.paused}, ${range.trust},
      ${range.lowOn}::date, ${range.highOn}::date, ${range.asOf}::date)
    on conflict (owner, case_id, shown_on) do nothing`);
}

/** What was shown before a day, the latest first, at most so many. */
export async function rangesShown(owner: string, caseId: string, before: string, most: number): Promise<RangeShown[]> {
  const { rows } = await db().execute<Record<keyof Columns, string> & { paused: boolean }>(sql`
    select to_char(shown_on, 'YYYY-MM-DD') as shown_on, stage, paused, trust, to_char(low_on, 'YYYY-MM-DD') as low_on,
      to_char(high_on, 'YYYY-MM-DD') as high_on, to_char(as_of, 'YYYY-MM-DD') as as_of
    from range_shown where owner = ${owner} and case_id = ${caseId} and shown_on < ${before}::date
    order by shown_on desc limit ${most}`);
  return rows.map((row) => ({
    shownOn: row.shown_on,
    stage: row.stage,
    paused: row.paused,
    trust: row.trust,
    lowOn: row.low_on,
    highOn: row.high_on,
    asOf: row.as_of,
  }));
}

interface Columns {
  shown_on: string;
  stage: string;
  trust: string;
  low_on: string;
  high_on: string;
  as_of: string;
}
