import { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import { csvFile } from '~/model/csv-file';
import { type EffectEstimate, estimateEffect } from '~/model/effect/estimate';
import { type EffectPlan, featureOn, weeksOf } from '~/model/effect/plan';
import type { Language } from '~/model/language';
import { LEAST_SHOWN, type ShownCount, shownCount, shownTable } from '~/model/small-numbers';
import { today } from '~/platform/clock.server';
import { reasonCounts } from '~/store/call-reason.server';
import { pageUsesSince } from '~/store/page-use.server';

/** Weeks that are shown where no experiment is registered. */
const WEEKS = 26;

/** What an experiment showed, and the weeks that it rests on, newest first. No persons, and no numbers under five. */
export async function effectView(language: Language) {
  const plan = config().AGENCY_DIR.effect;
  const { weeks, calls, looks } = await counted(plan);
  const formats = formatsOf(language);
  const words = (count: ShownCount) => (count === null ? `<${LEAST_SHOWN}` : formats.number(count));
  const cells = shownTable(weeks.map((week) => [true, false].map((isOn) => sumIn(calls, plan, week, isOn))));
  const most = Math.max(1, ...cells.map((row) => row.reduce<number>((all, count) => all + (count ?? 0), 0)));
  const shown = weeks.map((week, at) => ({
    week: formats.date(week),
    cells: (cells[at] ?? []).map(words),
    /** Parts of the longest bar, in percent. */
    bars: (cells[at] ?? []).map((count) => Math.round((100 * (count ?? 0)) / most)),
    looks: words(shownCount(looks.filter((one) => one.week === week).reduce((all, { count }) => all + count, 0))),
  }));
  return { weeks: shown.reverse(), hash: plan?.hash ?? null, result: plan && resultWords(plan, calls, language) };
}

export type EffectView = Awaited<ReturnType<typeof effectView>>;

/** A row for each week and procedure, oldest first. */
export async function effectCsv(): Promise<string> {
  const plan = config().AGENCY_DIR.effect;
  const { weeks, calls, looks } = await counted(plan);
  const small = (count: number) => shownCount(count) ?? `<${LEAST_SHOWN}`;
  const procedures = [...new Set([...calls, ...looks].map(({ procedure }) => procedure ?? ''))].sort();
  const of = (counts: readonly Count[], week: string, procedure: string) =>
    counts
      .filter((one) => one.week === week && (one.procedure ?? '') === procedure)
      .reduce((all, one) => all + one.count, 0);
  return csvFile([
    ['week', 'procedure', 'feature', 'calls', 'looks'],
    ...weeks.flatMap((week) =>
      procedures.map((procedure) => [
        week,
        procedure,
        plan && !featureOn(plan, plan.feature, procedure, week) ? 'off' : 'on',
        small(of(calls, week, procedure)),
        small(of(looks, week, procedure)),
      ]),
    ),
  ]);
}

interface Count {
  /** ISO Monday. */
  readonly week: string;
  readonly procedure: string | null;
  readonly count: number;
}

async function counted(plan: EffectPlan | null) {
  const day = today(config().AGENCY_ZONE);
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const weeks = plan
    ? weeksOf(plan).filter((week) => week < monday.toString())
    : Array.from({ length: WEEKS }, (_, back) => monday.subtract({ weeks: WEEKS - back }).toString());
  const [reasons, uses] = await Promise.all([reasonCounts(), pageUsesSince(weeks[0] ?? monday.toString())]);
  const calls: Count[] = reasons.map(({ week, procedure, yes, notUnderstood, no }) => ({
    week,
    procedure,
    count: yes + notUnderstood + no,
  }));
  return { weeks, calls, looks: uses.filter(({ use }) => use === 'case') satisfies Count[] };
}

const sumIn = (counts: readonly Count[], plan: EffectPlan | null, week: string, isOn: boolean): number =>
  counts
    .filter(
      (one) => one.week === week && (plan === null || featureOn(plan, plan.feature, one.procedure, week)) === isOn,
    )
    .reduce((all, { count }) => all + count, 0);

function resultWords(plan: EffectPlan, calls: readonly Count[], language: Language) {
  const weeks = weeksOf(plan);
  const end = Temporal.PlainDate.from(plan.firstWeek).add({ weeks: plan.weeks });
  if (Temporal.PlainDate.compare(today(config().AGENCY_ZONE), end) < 0) return 'notYet' as const;
  const sums = new Map<string, number>();
  for (const { week, procedure, count } of calls)
    sums.set(`${procedure} ${week}`, (sums.get(`${procedure} ${week}`) ?? 0) + count);
  const contacts = plan.procedures.map((procedure) => weeks.map((week) => sums.get(`${procedure} ${week}`) ?? 0));
  const estimate = estimateOnce(contacts, plan);
  if (typeof estimate === 'string') return 'cannot' as const;
  const { number } = formatsOf(language);
  const round = (value: number) => number(Math.round(value));
  const ends = ({ low, middle, high }: EffectEstimate['avoided']) => ({
    low: round(low),
    middle: round(middle),
    high: round(high),
  });
  const part = number(Math.round(100 * plan.misplaced));
  return { isClaim: estimate.isClaim, avoided: ends(estimate.avoided), net: ends(estimate.net), part };
}

/** The last estimate: it takes a quarter of a second, and the weeks of an experiment that is over stay as they are. */
let last: { readonly key: string; readonly estimate: ReturnType<typeof estimateEffect> } | null = null;

function estimateOnce(contacts: readonly (readonly number[])[], plan: EffectPlan) {
  const key = `${plan.hash} ${contacts.join(' ')}`;
  if (last?.key !== key) last = { key, estimate: estimateEffect(contacts, plan, plan) };
  return last.estimate;
}
