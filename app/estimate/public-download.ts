import { csvFile } from '~/model/csv-file';
import type { ProcedureFigures } from '~/model/estimate/public-figures';

/** What the downloads hold. There are no figures until `complete`. */
export interface Download {
  /** ISO Monday of the counts. */
  readonly asOf: string;
  readonly complete: boolean;
  readonly figures: readonly ProcedureFigures[];
}

/** One row per number: ISO dates, decimal points, an empty field for unknown values. */
const CSV_COLUMNS = ['procedure', 'table', 'period', 'stage', 'measure', 'value'] as const;

type Row = readonly [
  procedure: string,
  table: string,
  period: string,
  stage: string,
  measure: string,
  value: string | number | null,
];

/** Describes each table and measure; part of the JSON, and valid for the CSV too. */
export const DESCRIPTION = {
  title: 'Expected wait for a decision, by procedure',
  text: 'Counts of an agency and what follows from them; nothing about persons. Ranges are meant to hold for 80 of 100 people.',
  csv: 'One row for each number. Columns: procedure; table (the names below); period (month YYYY-MM, quarter YYYY-Qn, or days of age from-to); stage (only in record); measure; value (empty where not known).',
  tables: {
    term: { days: "The agency's own published term in days." },
    cohort: {
      month: 'Month in which most of those applied who were decided on in the last eight weeks.',
      share: 'Share of those decisions that is of that month, 0 to 1.',
      decisions: 'Decisions in the last eight weeks.',
    },
    waiting: {
      people: 'Applications that wait for a decision, by days since they were received; mean of the last four weeks.',
    },
    months: {
      weeks: 'Weeks counted in the month; a week belongs to the month of its Monday.',
      received: 'Applications received.',
      decided: 'Decisions.',
      open: "Applications that waited on the month's last Monday.",
    },
    trend: {
      low: 'Days within which 1 of 10 new applicants would have been told to be decided, as computed on the first Monday of the month from what was known then.',
      median: 'The same for 5 of 10.',
      high: 'The same for 9 of 10; empty where beyond the horizon.',
      trust:
        'ok; unsettled: much was changing; one-sided: no known end; open: neither middle nor end; none: no good estimate.',
    },
    year: {
      n: 'People whose closed range ended in the past year; then early, covered and late as in record.',
      early: 'See record.',
      covered: 'See record.',
      late: 'See record.',
    },
    record: {
      n: 'People for whom a closed range was computed in the quarter, whose end has come. Who waits long is counted at each computation.',
      early: 'Of them, decided before the range.',
      covered: 'Of them, decided within the range.',
      late: 'Of them, decided after the range or not yet.',
      pending: 'People with a closed range whose end has not come; in none of the numbers above.',
    },
    told: {
      decisions: 'Decisions in the quarter.',
      withinTerm: 'Share of them within the published term, 0 to 1.',
      withinPast80:
        'Share of them within the time in which 80 % of those decided in the half year before were decided, 0 to 1.',
    },
  },
} as const;

/** All figures as CSV (RFC 4180). */
export function figuresCsv({ figures }: Download): string {
  return csvFile([CSV_COLUMNS, ...figures.flatMap(rowsOf)]);
}

/** The same as one self-describing JSON document. */
export function figuresJson({ asOf, complete, figures }: Download) {
  return { description: DESCRIPTION, asOf, complete, procedures: figures };
}

function rowsOf({ procedure, termDays, cohort, waiting, months, trend, year, record, told }: ProcedureFigures): Row[] {
  const rows: Row[] = [[procedure, 'term', '', '', 'days', termDays]];
  const add = (table: string, period: string, stage: string, measures: object) => {
    for (const [measure, value] of Object.entries(measures))
      rows.push([procedure, table, period, stage, measure, value]);
  };
  if (cohort) add('cohort', '', '', cohort);
  for (const { fromDays, toDays, people } of waiting) add('waiting', `${fromDays}-${toDays ?? ''}`, '', { people });
  for (const { month, ...measures } of months) add('months', month, '', measures);
  for (const { month, ...measures } of trend) add('trend', month, '', measures);
  add('year', '', '', year);
  for (const { quarter, stage, ...measures } of record) add('record', quarter, stage, measures);
  for (const { quarter, ...measures } of told) add('told', quarter, '', measures);
  return rows;
}
