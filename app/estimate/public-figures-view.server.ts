import { formatsOf } from '~/i18n/format.server';
import type { MonthFigures, ProcedureFigures, TrendPoint } from '~/model/estimate/public-figures';
import type { Language } from '~/model/language';
import { spanWords } from './duration-words.server';

/** A smaller relative change of the median counts as none. */
const NOTABLE = 0.1;
const RECENT_MONTHS = 3;

/** A procedure's figures for its public page. */
export function figuresView(figures: ProcedureFigures, language: Language) {
  const formats = formatsOf(language);
  const { cohort } = figures;
  return {
    cohort: cohort && {
      month: formats.month(cohort.month),
      of100: formats.number(Math.round(100 * cohort.share)),
    },
    trend: trendView(figures.trend, language),
    flow: flowView(figures.months, language),
  };
}

/** How the wait of a new applicant developed. `points` lie between 0 and 1, oldest first; a null `high` is unknown. */
function trendView(trend: readonly TrendPoint[], language: Language) {
  const formats = formatsOf(language);
  const number = (days: number | null) => (days === null ? null : formats.number(days));
  const shown = trend.map((point) =>
    point.trust === 'none' ? { ...point, low: null, median: null, high: null } : point,
  );
  const [first] = shown;
  const last = shown.at(-1);
  const most = Math.max(0, ...shown.flatMap(({ low, median, high }) => [low ?? 0, median ?? 0, high ?? 0]));
  if (!first || !last || shown.length < 2 || most === 0) return null;
  const fraction = (days: number | null) => (days === null ? null : Math.round((1000 * days) / most) / 1000);
  const span = ({ low, high }: TrendPoint) => (low === null ? null : spanWords(low, high, language));
  return {
    points: shown.map(({ low, median, high }) => ({
      low: fraction(low),
      median: fraction(median),
      high: fraction(high),
    })),
    first: { month: formats.month(first.month), span: span(first) },
    last: { month: formats.month(last.month), span: span(last) },
    moved: changeFrom(first.median, last.median),
    most: spanWords(0, most, language).high ?? '',
    rows: shown
      .map(({ month, low, median, high }) => ({
        month: formats.month(month),
        low: number(low),
        median: number(median),
        high: number(high),
      }))
      .reverse(),
  };
}

export type TrendView = NonNullable<ReturnType<typeof trendView>>;

function changeFrom(before: number | null, after: number | null): 'longer' | 'shorter' | 'same' | null {
  if (before === null || after === null) return null;
  if (after > before * (1 + NOTABLE)) return 'longer';
  return after < before * (1 - NOTABLE) ? 'shorter' : 'same';
}

/** Applications and decisions per week, averaged over the last three whole months. `points` lie between 0 and 1. */
function flowView(months: readonly MonthFigures[], language: Language) {
  const formats = formatsOf(language);
  // Partial months at either end say nothing about a usual week.
  const whole = months.filter(({ weeks }) => weeks >= 4);
  const recent = whole.slice(-RECENT_MONTHS);
  const [first] = whole;
  const last = whole.at(-1);
  const newest = months.at(-1);
  if (!first || !last || !newest || whole.length < 2) return null;
  const aWeek = (some: readonly MonthFigures[], of: 'received' | 'decided') =>
    some.reduce((sum, month) => sum + month[of], 0) / some.reduce((sum, { weeks }) => sum + weeks, 0);
  const averages = whole.map((month) => ({ received: aWeek([month], 'received'), decided: aWeek([month], 'decided') }));
  const most = Math.max(1, ...averages.flatMap(({ received, decided }) => [received, decided]));
  const fraction = (count: number) => Math.round((1000 * count) / most) / 1000;
  const [received, decided] = [aWeek(recent, 'received'), aWeek(recent, 'decided')];
  return {
    points: averages.map((one) => ({ received: fraction(one.received), decided: fraction(one.decided) })),
    first: formats.month(first.month),
    last: formats.month(last.month),
    most: formats.number(Math.ceil(most)),
    received: formats.number(Math.round(received)),
    decided: formats.number(Math.round(decided)),
    open: formats.number(Math.round(newest.open)),
    grows: growthOf(received, decided),
    rows: months
      .map((month) => ({
        month: formats.month(month.month),
        weeks: formats.number(month.weeks),
        received: formats.number(Math.round(month.received)),
        decided: formats.number(Math.round(month.decided)),
        open: formats.number(Math.round(month.open)),
      }))
      .reverse(),
  };
}

export type FlowView = NonNullable<ReturnType<typeof flowView>>;

function growthOf(received: number, decided: number): 'grows' | 'shrinks' | 'same' {
  if (received > decided * 1.05) return 'grows';
  return received < decided * 0.95 ? 'shrinks' : 'same';
}
