import { translatorOf } from '~/i18n/catalogues.server';
import { type Formats, formatsOf } from '~/i18n/format.server';
import type { Case } from '~/model/case';
import { whatChanged } from '~/model/estimate/change';
import type { Estimate } from '~/model/estimate/model';
import { isUnrest } from '~/model/estimate/model';
import { knownValue, type Loaded, mapLoaded } from '~/model/loaded';
import { comesFirst, nextStepOf } from '~/model/next-step';
import { addDays, daysBetween } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { onClearCaches } from '~/platform/caches.server';
import { errorName, log } from '~/platform/log.server';
import { ownerOf } from '~/platform/pseudonym.server';
import { keepRange, type RangeShown, rangesShown } from '~/store/range-shown.server';
import { waitSpan } from './duration-words.server';
import { expectedWait, staffSwitch, trained } from './model.server';

const HISTORY = 5;

/**
 * The expected wait of an open case, from its procedure, stage, time in stage and age. The range is stored when applicants
 * look themselves, to show them later what changed.
 * @param today ISO date in the agency's zone
 * @param legalDay legal last day (ISO), drawn apart from the range; null without one
 */
export async function waitOf(
  viewer: Viewer,
  theCase: Case,
  today: string,
  legalDay: string | null,
): Promise<Loaded<WaitView>> {
  const { current, procedure, received } = theCase;
  const loaded = expectedWait({
    procedure: procedure ?? '',
    stage: current?.stage ?? '',
    inStageDays: Math.max(0, daysBetween(current?.since ?? received, today)),
    ageDays: Math.max(0, daysBetween(received, today)),
  });
  if (loaded.state === 'unavailable') return loaded;
  const before = await rangesShown(ownerOf(viewer), theCase.id, today, HISTORY);
  const shown = shownOf(theCase, loaded.value, today);
  if (viewer.basis === 'self') storeRange(ownerOf(viewer), theCase.id, shown);
  return mapLoaded(loaded, (result) => viewOf(viewer, theCase, result, { today, legalDay, shown, before }));
}

/** Ranges that this process stored: one a day is enough. */
const storedRanges = new Set<string>();
const MOST_STORED = 50_000;
onClearCaches(() => storedRanges.clear());

/** In the background: the page neither waits nor fails for it. */
function storeRange(owner: string, caseId: string, shown: RangeShown): void {
  const line = `${owner} ${caseId} ${shown.shownOn}`;
  if (storedRanges.has(line)) return;
  if (storedRanges.size >= MOST_STORED) storedRanges.clear();
  storedRanges.add(line);
  keepRange(owner, caseId, shown).catch((error: unknown) => {
    storedRanges.delete(line);
    log('range-not-kept', { error: errorName(error) }, 'warn');
  });
}

interface WaitContext {
  readonly today: string;
  readonly legalDay: string | null;
  readonly shown: RangeShown;
  readonly before: readonly RangeShown[];
}

/** Dates are words already. */
function viewOf(viewer: Viewer, theCase: Case, result: Estimate, context: WaitContext) {
  const { language } = viewer;
  const formats = formatsOf(language);
  const day = (days: number) => formats.date(addDays(context.today, days));
  const procedure = theCase.procedure ?? '';
  const cohort = knownValue(trained())?.figures.find((figures) => figures.procedure === procedure)?.cohort ?? null;
  const first = comesFirst(nextStepOf(theCase, context.today), context.shown.lowOn);
  const known = {
    /** The early end of the range, ISO date; null without one. */
    lowOn: context.shown.lowOn,
    /** The person's own last day, when the range begins before it; null otherwise. */
    first: first && formats.date(first),
    basis: basisOf(result, formats),
    paused: theCase.suspension !== null,
    /** Month of application of those now decided; null when unknown. */
    cohort: cohort && formats.month(cohort.month),
    /** Whether most of those now decided applied later. */
    isOlder: cohort !== null && theCase.received < cohort.month,
    /** Why staff marked or withdrew the procedure's ranges. */
    switched: staffSwitch(procedure)?.reason ?? null,
    change: changeOf(context, result, formats),
    history: context.before.map(({ shownOn, lowOn, highOn }) => ({
      on: formats.date(shownOn),
      low: lowOn && formats.date(lowOn),
      high: highOn && formats.date(highOn),
    })),
  };
  const { low, median, high, trust } = result;
  if (low !== null && median !== null && high !== null && (trust === 'ok' || trust === 'unsettled')) {
    const legal = context.legalDay === null ? null : daysBetween(context.today, context.legalDay);
    const short = (days: number) => formats.day(addDays(context.today, days));
    return {
      ...known,
      trust,
      low: day(low),
      median: day(median),
      high: day(high),
      /** How far away the range is, in words. */
      span: waitSpan(low, high, language),
      picture: pictureOf(low, high, legal, short),
    };
  }
  if (low !== null && trust === 'one-sided') return { ...known, trust, low: day(low) };
  if (trust === 'open') {
    const count = Math.floor(result.horizonDays / 30.44);
    return { ...known, trust, horizon: translatorOf(language)('case:period.months', { count }) };
  }
  return { ...known, trust: 'none' as const };
}

export type WaitView = ReturnType<typeof viewOf>;

function basisOf(result: Estimate, formats: Formats) {
  return {
    decisions: formats.number(result.decisionsBehind),
    asOf: formats.date(result.asOf),
    /** For how many of 100 people the range was right in the past year; null when unknown. */
    rightOf100: result.coverage && formats.number(Math.round(result.coverage.share * 100)),
  };
}

export type Basis = ReturnType<typeof basisOf>;

function changeOf({ shown, before }: WaitContext, result: Estimate, formats: Formats) {
  const [last] = before;
  if (!last) return null;
  const change = whatChanged(last, shown, result.reasons.filter(isUnrest));
  return { ...change, since: formats.date(last.shownOn) };
}

export type ChangeView = NonNullable<ReturnType<typeof changeOf>>;

function shownOf(theCase: Case, { low, high, trust, asOf }: Estimate, today: string): RangeShown {
  const hasRange = trust === 'ok' || trust === 'unsettled' || trust === 'one-sided';
  return {
    shownOn: today,
    stage: theCase.current?.stage ?? '',
    paused: theCase.suspension !== null,
    trust,
    lowOn: hasRange && low !== null ? addDays(today, low) : null,
    highOn: hasRange && high !== null ? addDays(today, high) : null,
    asOf,
  };
}

/** Positions on a line from today (0) to its end (100), with their dates; `legal` is null outside it. */
function pictureOf(low: number, high: number, legal: number | null, date: (days: number) => string) {
  const end = Math.max(high * 1.1, legal !== null && legal < high * 2 ? legal * 1.05 : 0, 1);
  const at = (days: number) => Math.round((days / end) * 1000) / 10;
  return {
    low: { at: at(low), date: date(low) },
    high: { at: at(high), date: date(high) },
    legal: legal !== null && legal >= 0 && legal <= end ? { at: at(legal), date: date(legal) } : null,
  };
}

export type Picture = ReturnType<typeof pictureOf>;
