import { type Formats, formatsOf } from '~/i18n/format.server';
import { inDigitsOf } from '~/i18n/numbers';
import type { ComparisonRow, Outcomes, ProcedureFigures } from '~/model/estimate/public-figures';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { staffSwitch, trained } from './model.server';
import { lastYear, outcomeOf, pendingOf, peopleOf100, sumOf, verdictOn } from './record-sums';

/** How often the ranges were right, for everybody to see. Numbers are words already; shares are people of 100. */
export function trackRecordView(language: Language) {
  const formats = formatsOf(language);
  return mapLoaded(trained(), ({ asOf, complete, figures }) => {
    const overall = outcomeOf(sumOf(figures.map(({ year }) => year)));
    return {
      asOf: formats.date(asOf),
      /** False while the past is still being replayed: then the rest is empty. */
      complete,
      overall: overall && { ...inWords(overall, formats), verdict: verdictOn(overall) },
      procedures: figures.map((one) => procedureRecord(one, language)),
      switched: figures.flatMap(({ procedure }) => {
        const found = staffSwitch(procedure);
        return found ? [{ procedure, ...found }] : [];
      }),
    };
  });
}

export type LoadedRecord = ReturnType<typeof trackRecordView>;
export type TrackRecordView = ValueOf<LoadedRecord>;

function procedureRecord(figures: ProcedureFigures, language: Language) {
  const formats = formatsOf(language);
  const { procedure, termDays, year, record, told } = figures;
  const quarters = [...new Set(record.map(({ quarter }) => quarter))].reverse();
  return {
    procedure,
    termDays,
    year: rowOf(year, pendingOf(record), lastYear(told), formats),
    compared: comparedWith(year, lastYear(told), formats),
    pending: Math.round(pendingOf(record)),
    quarters: quarters.map((quarter) => {
      const own = record.filter((row) => row.quarter === quarter);
      const others = told.filter((row) => row.quarter === quarter);
      return { quarter: quarterWords(quarter, language), ...rowOf(sumOf(own), pendingOf(own), others, formats) };
    }),
    stages: [...record].reverse().map((row) => ({
      quarter: quarterWords(row.quarter, language),
      stage: row.stage,
      ...rowOf(row, row.pending, [], formats),
    })),
  };
}

export type ProcedureRecord = ReturnType<typeof procedureRecord>;

function rowOf(outcomes: Outcomes, pending: number, told: readonly ComparisonRow[], formats: Formats) {
  const outcome = outcomeOf(outcomes);
  const share = (of: 'withinTerm' | 'withinPast80') => {
    const people = peopleOf100(told, of);
    return people === null ? null : formats.number(people);
  };
  return {
    outcome: outcome && inWords(outcome, formats),
    term: share('withinTerm'),
    past80: share('withinPast80'),
    pending: formats.number(Math.round(pending)),
  };
}

/** Null where nothing is known. */
export type RecordRow = ReturnType<typeof rowOf>;

/** Who was nearer to the 80 of 100 that both promise. */
function comparedWith(outcomes: Outcomes, told: readonly ComparisonRow[], formats: Formats) {
  const ours = outcomeOf(outcomes)?.right;
  const theirs = peopleOf100(told, 'withinPast80');
  if (ours === undefined || theirs === null) return null;
  const is = Math.abs(ours - 80) <= Math.abs(theirs - 80) ? ('better' as const) : ('worse' as const);
  return { is, ours: formats.number(ours), theirs: formats.number(theirs) };
}

function inWords(numbers: { people: number; right: number; early: number; late: number }, formats: Formats) {
  return {
    people: formats.number(numbers.people),
    right: formats.number(numbers.right),
    early: formats.number(numbers.early),
    late: formats.number(numbers.late),
  };
}

/** 2026-Q1 → "2026 · 1", which needs no words but digits. */
const quarterWords = (quarter: string, language: Language) => inDigitsOf(language, quarter.replace('-Q', ' · '));
