import { Temporal } from 'temporal-polyfill';
import { config } from '~/config/config.server';
import { procedureWords, stageWords } from '~/i18n/agency-words';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { csvFile } from '~/model/csv-file';
import type { Language } from '~/model/language';
import { MISSING } from '~/model/page-answer';
import { LEAST_SHOWN, type ShownCount, shownCount, shownTable } from '~/model/small-numbers';
import { VIEW_AS_PURPOSES } from '~/model/view-as';
import { today } from '~/platform/clock.server';
import { type ReasonCount, reasonCounts } from '~/store/call-reason.server';
import { pageAnswersSince } from '~/store/page-answer.server';

const WEEKS = 10;
const TOP = 10;

type Answers = Awaited<ReturnType<typeof pageAnswersSince>>;

/**
 * Why people called in the last ten weeks, newest first, and which pages failed them: by what employees noted after calls, and by
 * what readers tapped. No persons, and no numbers under five.
 */
export async function insightView(language: Language) {
  const formats = formatsOf(language);
  const t = translatorOf(language);
  const weeks = lastWeeks();
  const [all, answers] = await Promise.all([reasonCounts(), pageAnswersSince(weeks.at(-1) ?? '')]);
  const counts = all.filter(({ week }) => weeks.includes(week));
  const used = weeks.filter((week) => counts.some((line) => line.week === week) || answersIn(answers, week).length > 0);
  const reasons = [...new Set([...VIEW_AS_PURPOSES, ...counts.map(({ reason }) => reason)])];
  const cells = used.map((week) =>
    reasons.map((reason) => sum(counts.filter((line) => line.week === week && line.reason === reason))),
  );
  const shown = shownTable(cells);
  const most = Math.max(1, ...shown.map((row) => sumOf(row)));
  const words = (count: ShownCount) => (count === null ? `<${LEAST_SHOWN}` : formats.number(count));
  return {
    least: LEAST_SHOWN,
    reasons: reasons.map((reason) => reasonWords(reason, language)),
    weeks: used.map((week, at) => {
      const row = shown[at] ?? [];
      const read = answersIn(answers, week);
      return {
        week: formats.date(week),
        cells: row.map(words),
        /** Parts of the longest bar, in percent. */
        bars: row.map((count) => Math.round((100 * (count ?? 0)) / most)),
        calls: words(shownCount(sumOf(cells[at] ?? []))),
        yes: words(shownCount(tapped(read, 'yes'))),
        no: words(shownCount(tapped(read, 'no'))),
      };
    }),
    sums: [
      ...reasons.map((_, at) => words(shownCount(sumOf(cells.map((row) => row[at] ?? 0))))),
      words(shownCount(sumOf(cells.flat()))),
      words(shownCount(tapped(answers, 'yes'))),
      words(shownCount(tapped(answers, 'no'))),
    ],
    fails: failing(counts, answers).map((line) => ({
      name: [
        t(`helpdesk:insight.page.${line.page}`),
        line.procedure ? procedureWords(line.procedure, t) : null,
        line.stage ? stageWords(line.stage, t) : null,
      ]
        .filter((part) => part !== null)
        .join(' · '),
      calls: words(shownCount(line.calls)),
      no: words(shownCount(line.no)),
      readers: words(shownCount(line.readers)),
      missed: line.missed === null ? null : t(`contact:answered.${line.missed}`),
    })),
    stages: byStage(counts).map(({ procedure, stage, calls, failed }) => ({
      name: [procedure ? procedureWords(procedure, t) : '–', stage ? stageWords(stage, t) : '–'].join(' · '),
      calls: words(shownCount(calls)),
      failed: words(shownCount(failed)),
    })),
  };
}

export type InsightView = Awaited<ReturnType<typeof insightView>>;

/** The reasons for calls of this week that are shown, most frequent first. */
export async function reasonsOfWeek(language: Language) {
  const [week] = lastWeeks();
  const counts = (await reasonCounts()).filter((line) => line.week === week);
  const reasons = [...new Set(counts.map(({ reason }) => reason))];
  return reasons
    .map((reason) => ({ reason, count: sum(counts.filter((line) => line.reason === reason)) }))
    .filter(({ count }) => count >= LEAST_SHOWN)
    .sort((a, b) => b.count - a.count)
    .map(({ reason, count }) => ({
      name: reasonWords(reason, language),
      count: formatsOf(language).number(count),
    }));
}

/** All counts of readers' answers as CSV, a row for each week, page, procedure, stage and answer. */
export async function answersCsv(): Promise<string> {
  const rows = new Map<string, { readonly cells: readonly string[]; count: number }>();
  for (const { day, page, procedure, stage, answer, count } of await pageAnswersSince('0001-01-01')) {
    const cells = [mondayOf(day), page, procedure, stage, answer];
    const key = cells.join(' ');
    rows.set(key, { cells, count: (rows.get(key)?.count ?? 0) + count });
  }
  const lines = [...rows.values()].map(({ cells, count }) => [...cells, shownCount(count) ?? `<${LEAST_SHOWN}`]);
  const newestFirst = lines.sort((a, b) => `${b[0]}`.localeCompare(`${a[0]}`));
  return csvFile([['week', 'page', 'procedure', 'stage', 'answer', 'count'], ...newestFirst]);
}

/** The counts of calls as CSV, a row for each week, kind of case and reason, newest first. */
export async function callsCsv(): Promise<string> {
  const head = ['week', 'procedure', 'stage', 'page', 'reason', 'yes', 'not_understood', 'no'];
  const small = (count: number) => shownCount(count) ?? `<${LEAST_SHOWN}`;
  const counts = [...(await reasonCounts())].sort((a, b) => b.week.localeCompare(a.week));
  return csvFile([
    head,
    ...counts.map((c) => [
      c.week,
      c.procedure,
      c.stage,
      c.page,
      c.reason,
      ...[c.yes, c.notUnderstood, c.no].map(small),
    ]),
  ]);
}

/** Mondays, the newest first. */
function lastWeeks(): string[] {
  const day = today(config().AGENCY_ZONE);
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  return Array.from({ length: WEEKS }, (_, back) => monday.subtract({ weeks: back }).toString());
}

const mondayOf = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

const answersIn = (answers: Answers, week: string): Answers => answers.filter(({ day }) => mondayOf(day) === week);

function reasonWords(reason: string, language: Language): string {
  const known = ([...VIEW_AS_PURPOSES, 'other'] as const).find((one) => one === reason);
  return known ? translatorOf(language)(`helpdesk:purpose.${known}`) : reason;
}

const sum = (lines: readonly ReasonCount[]): number =>
  lines.reduce((all, { yes, notUnderstood, no }) => all + yes + notUnderstood + no, 0);

const sumOf = (counts: readonly ShownCount[]): number => counts.reduce<number>((all, count) => all + (count ?? 0), 0);

const tapped = (answers: Answers, wanted: string): number =>
  sumOf(answers.filter(({ answer }) => answer === wanted).map(({ count }) => count));

const PAGES = ['cases', 'case', 'wait', 'contact', 'booking'] as const;

/** The pages that helped least: calls without an answer that was found and understood, and readers who said no. */
function failing(counts: readonly ReasonCount[], answers: Answers) {
  const lines = new Map<
    string,
    { page: (typeof PAGES)[number]; procedure: string; stage: string; calls: number; taps: Answers }
  >();
  const lineOf = (name: string, procedure: string, stage: string) => {
    const page = PAGES.find((known) => known === name) ?? 'case';
    const key = `${page} ${procedure} ${stage}`;
    const line = lines.get(key) ?? { page, procedure, stage, calls: 0, taps: [] };
    lines.set(key, line);
    return line;
  };
  for (const { page, procedure, stage, notUnderstood, no } of counts)
    lineOf(page, procedure ?? '', stage ?? '').calls += notUnderstood + no;
  for (const tap of answers) lineOf(tap.page, tap.procedure, tap.stage).taps.push(tap);
  return [...lines.values()]
    .map(({ taps, ...line }) => {
      const no = tapped(taps, 'no');
      const missed = MISSING.map((what) => ({ what, count: tapped(taps, what) })).sort((a, b) => b.count - a.count)[0];
      return {
        ...line,
        no,
        readers: no + tapped(taps, 'yes'),
        missed: missed && missed.count >= LEAST_SHOWN ? missed.what : null,
      };
    })
    .filter(({ calls, no }) => calls + no >= LEAST_SHOWN)
    .sort((a, b) => b.calls + b.no - (a.calls + a.no))
    .slice(0, TOP);
}

function byStage(counts: readonly ReasonCount[]) {
  const keys = [...new Set(counts.map(({ procedure, stage }) => `${procedure ?? ''} ${stage ?? ''}`))];
  return keys
    .map((key) => {
      const [procedure = '', stage = ''] = key.split(' ');
      const own = counts.filter((line) => (line.procedure ?? '') === procedure && (line.stage ?? '') === stage);
      const failed = own.reduce((all, { notUnderstood, no }) => all + notUnderstood + no, 0);
      return { procedure, stage, calls: sum(own), failed };
    })
    .filter(({ calls }) => calls >= LEAST_SHOWN)
    .sort((a, b) => b.calls - a.calls)
    .slice(0, TOP);
}
