import { type Formats, formatsOf } from '~/i18n/format.server';
import { inDigitsOf } from '~/i18n/numbers';
import type { ComparisonRow, Outcomes, ProcedureFigures } from '~/model/estimate/public-figures';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { staffSwitch, trained } from './model.server';
import { lastYear, outcomeOf, pendingOf, peopleOf100, sumOf, verdictOn } from './track-record-sums';

/** How often the ranges were right; public. Numbers are words already; shares are out of 100 people. */
export function trackRecordView(language: Language) {
  const formats = formatsOf(language);
  return mapLoaded(trained(), ({ asOf, complete, figures }) => {
    const overall = outcomeOf(sumOf(figures.map(({ year }) => year)));
    return {
      asOf: formats.date(asOf),
      /** False until the past is replayed; then the rest is empty. */
      complete,
      overall: overall && { ...inWords(overall, formats), verdict: verdictOn(overall) },
      procedures: figures.map((one) => procedureTrackRecord(one, language)),
      switched: figures.flatMap(({ procedure }) => {
        const active = staffSwitch(procedure);
        return active ? [{ procedure, ...active }] : [];
      }),
    };
  });
}

export type LoadedTrackRecord = ReturnType<typeof trackRecordView>;
export type TrackRecordView = ValueOf<LoadedTrackRecord>;

function procedureTrackRecord(figures: ProcedureFigures, language: Language) {
  const formats = formatsOf(language);
  const { procedure, termDays, year, record, told } = figures;
  const quarters = [...new Set(record.map(({ quarter }) => quarter))].reverse();
  return {
    procedure,
    termDays,
    year: outcomeRow(year, pendingOf(record), lastYear(told), formats),
    compared: comparedWith(year, lastYear(told), formats),
    pending: Math.round(pendingOf(record)),
    quarters: quarters.map((quarter) => {
      const own = record.filter((row) => row.quarter === quarter);
      const others = told.filter((row) => row.quarter === quarter);
      return { quarter: quarterWords(quarter, language), ...outcomeRow(sumOf(own), pendingOf(own), others, formats) };
    }),
    stages: [...record].reverse().map((row) => ({
      quarter: quarterWords(row.quarter, language),
      stage: row.stage,
      ...outcomeRow(row, row.pending, [], formats),
    })),
  };
}

export type ProcedureTrackRecord = ReturnType<typeof procedureTrackRecord>;

function outcomeRow(outcomes: Outcomes, pending: number, comparison: readonly ComparisonRow[], formats: Formats) {
  const outcome = outcomeOf(outcomes);
  const share = (of: 'withinTerm' | 'withinPast80') => {
    const people = peopleOf100(comparison, of);
    return people === null ? null : formats.number(people);
  };
  return {
    outcome: outcome && inWords(outcome, formats),
    term: share('withinTerm'),
    past80: share('withinPast80'),
    pending: formats.number(Math.round(pending)),
  };
}

/** Null where unknown. */
export type OutcomeRow = ReturnType<typeof outcomeRow>;

/** Whether our ranges or the past's 80 % came closer to the 80 of 100 that both promise. */
function comparedWith(outcomes: Outcomes, comparison: readonly ComparisonRow[], formats: Formats) {
  const ours = outcomeOf(outcomes)?.right;
  const theirs = peopleOf100(comparison, 'withinPast80');
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

/** 2026-Q1 → "2026 · 1", which needs digits only. */
const quarterWords = (quarter: string, language: Language) => inDigitsOf(language, quarter.replace('-Q', ' · '));
