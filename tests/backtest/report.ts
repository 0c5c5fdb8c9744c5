import { isoDate } from '../../mocks/statistics/event-log';
import { METHODS, type Method, type Replay } from './replay';
import type { Scores } from './scores';

/** The results of a replay as plain JSON. */
export interface Report {
  readonly log: string;
  readonly begin: string;
  readonly end: string;
  readonly asOfDates: number;
  readonly firstAsOf: string;
  readonly lastAsOf: string;
  readonly horizonDays: number;
  readonly soonDays: number;
  readonly overall: Readonly<Record<Method, Scores>>;
  readonly procedures: Readonly<Record<string, Readonly<Record<Method, Scores>>>>;
  readonly stages: Readonly<Record<string, Scores>>;
  readonly quarters: Readonly<Record<string, Readonly<Record<Method, Scores>>>>;
  /** Pinball loss of the estimate divided by that of each baseline. */
  readonly pinballRatio: Readonly<Record<Exclude<Method, 'estimate'>, number | null>>;
  /** Lowest coverage of a group with at least 100 closed ranges. */
  readonly worstQuarter: number | null;
  readonly worstStage: number | null;
  readonly trust: Readonly<Record<string, number>>;
  /** As shown on the page: whole days, without the cases that got no range. */
  readonly shown: Scores;
  /** Procedure-weeks with at least 20 closed ranges that were shown. `bad`: more than 35 % missed. */
  readonly procedureWeeks: {
    readonly unflagged: number;
    readonly unflaggedBad: number;
    readonly flagged: number;
    readonly flaggedBad: number;
  };
}

const FEWEST_CLOSED = 100;
const FEWEST_IN_WEEK = 20;
const BAD_WEEK = 0.35;

export function reportOf(log: string, replay: Replay): Report {
  const groups = (kind: string): [string, Record<Method, Scores>][] =>
    [...replay.tallies]
      .filter(([key]) => key.startsWith(`${kind} `))
      .map(([key, tallies]): [string, Record<Method, Scores>] => [key.slice(kind.length + 1), scoresOf(tallies)])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  const overall = scoresOf(replay.tallies.get(''));
  const quarters = groups('quarter');
  const stages = groups('stage').map(([key, scores]): [string, Scores] => [key, scores.estimate]);
  const ratio = (rival: Method): number | null =>
    overall[rival].pinball > 0 ? overall.estimate.pinball / overall[rival].pinball : null;
  const weeks = replay.weeks.filter((week) => week.closed >= FEWEST_IN_WEEK);
  const count = (flagged: boolean, bad: boolean): number =>
    weeks.filter((week) => week.flagged === flagged && (!bad || week.missed > BAD_WEEK * week.closed)).length;
  return {
    log,
    begin: isoDate(replay.frame.begin),
    end: isoDate(replay.frame.end),
    asOfDates: replay.asOfDates,
    firstAsOf: isoDate(replay.frame.first),
    lastAsOf: isoDate(replay.frame.last),
    horizonDays: replay.frame.horizon,
    soonDays: replay.frame.soon,
    overall,
    procedures: Object.fromEntries(groups('procedure')),
    stages: Object.fromEntries(stages),
    quarters: Object.fromEntries(quarters),
    pinballRatio: {
      static: ratio('static'),
      uscis: ratio('uscis'),
      'uscis-given-waited': ratio('uscis-given-waited'),
      'kaplan-meier': ratio('kaplan-meier'),
    },
    worstQuarter: worstCoverage(quarters.map(([, scores]) => scores.estimate)),
    worstStage: worstCoverage(stages.map(([, scores]) => scores)),
    trust: replay.trust,
    shown: replay.shown.scores,
    procedureWeeks: {
      unflagged: count(false, false),
      unflaggedBad: count(false, true),
      flagged: count(true, false),
      flaggedBad: count(true, true),
    },
  };
}

/** The report as text and tables. */
export function inWords(report: Report): string {
  const { overall } = report;
  const lines = [
    `${report.log}: ${report.begin} to ${report.end}; ${report.asOfDates} Mondays from ${report.firstAsOf} to ${report.lastAsOf}`,
    `Every open case is forecast on each of them from the counts of earlier weeks, up to ${report.horizonDays} days ahead.`,
    'Days: pinball 10/50/90, Winkler, median error, width. Shares: of closed ranges only; an open range is never a hit.',
    '',
    table(
      'overall',
      METHODS.map((method) => [method, overall[method]]),
    ),
  ];
  for (const [name, scores] of Object.entries(report.procedures)) {
    lines.push(
      table(
        name,
        METHODS.map((method) => [method, scores[method]]),
      ),
    );
  }
  lines.push(table('by stage (estimate)', Object.entries(report.stages)));
  lines.push(
    table(
      'by quarter (estimate)',
      Object.entries(report.quarters).map(([name, s]) => [name, s.estimate]),
    ),
  );
  const total = Object.values(report.trust).reduce((sum, n) => sum + n, 0);
  const trust = Object.entries(report.trust).map(([level, n]) => `${level} ${percent(n / Math.max(1, total))}`);
  lines.push(`Trust: ${trust.join(', ')}.`);
  const { shown, procedureWeeks: weeks } = report;
  lines.push(
    `As shown, in whole days, where a range was given: covered ${percent(shown.cov80)}, earlier ${percent(shown.early)}, later ${percent(shown.late)}, of ${shown.closed} closed ranges.`,
    `Procedure-weeks with more than 35 % misses: ${weeks.unflaggedBad} of ${weeks.unflagged} unflagged, ${weeks.flaggedBad} of ${weeks.flagged} flagged as unsettled.`,
    `Worst quarter ${percent(report.worstQuarter)}, worst stage ${percent(report.worstStage)} covered (100 closed ranges or more).`,
  );
  const ratios = Object.entries(report.pinballRatio).map(([name, ratio]) => `${ratio?.toFixed(3) ?? '-'} × ${name}`);
  lines.push(`Pinball of the estimate: ${ratios.join(', ')}.`);
  return lines.join('\n');
}

const COLUMNS = [
  'cases',
  'pinball',
  'Winkler',
  'median±',
  'cov80',
  'early',
  'late',
  'closed',
  'width',
  'cov50',
  'cal.err',
];

function table(title: string, rows: readonly (readonly [string, Scores])[]): string {
  const width = Math.max(22, title.length, ...rows.map(([name]) => name.length)) + 1;
  const header = title.padEnd(width) + COLUMNS.map((column) => column.padStart(9)).join('');
  const body = rows.map(([name, s]) => {
    const cells = [
      String(s.cases),
      s.pinball.toFixed(2),
      s.winkler.toFixed(1),
      s.maeMedian.toFixed(1),
      percent(s.cov80),
      percent(s.early),
      percent(s.late),
      percent(s.cases > 0 ? s.closed / s.cases : null),
      s.width?.toFixed(1) ?? '-',
      percent(s.cov50),
      s.ece.toFixed(3),
    ];
    return name.padEnd(width) + cells.map((cell) => cell.padStart(9)).join('');
  });
  return `${[header, ...body].join('\n')}\n`;
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)}%`;
}

function scoresOf(tallies: Readonly<Record<Method, { readonly scores: Scores }>> | undefined): Record<Method, Scores> {
  if (!tallies) throw new RangeError('no case was open on any of the Mondays');
  return {
    estimate: tallies.estimate.scores,
    static: tallies.static.scores,
    uscis: tallies.uscis.scores,
    'uscis-given-waited': tallies['uscis-given-waited'].scores,
    'kaplan-meier': tallies['kaplan-meier'].scores,
  };
}

function worstCoverage(groups: readonly Scores[]): number | null {
  const shares = groups.flatMap((one) => (one.closed >= FEWEST_CLOSED && one.cov80 !== null ? [one.cov80] : []));
  return shares.length > 0 ? Math.min(...shares) : null;
}
