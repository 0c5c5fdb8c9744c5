import { Temporal } from 'temporal-polyfill';
import type { Answer } from './answer';
import type { Case } from './case';
import { isOver } from './case-state';
import type { Change, Kind } from './message';
import { addDays, dateIn, daysBetween } from './time';

/** What the person must do, as far as a message tells it. */
export type Task = 'papers' | 'fee' | 'reply' | 'visit' | 'collect' | 'invitation';

/**
 * What a person read of a case, to find out later what is new. It holds no name, number or reference. Dates are ISO dates in
 * the agency's zone, moments ISO instants.
 */
export interface CasePicture {
  readonly task: Task | null;
  readonly until: string | null;
  /** Of the agency's invitation: local date-time. */
  readonly invited: string | null;
  /** A hash of the stage while the agency works on it; null otherwise. */
  readonly works: string | null;
  readonly isDecided: boolean;
  readonly isLate: boolean;
  readonly isOver: boolean;
  readonly wait: WaitPicture | null;
  readonly visit: VisitPicture | null;
}

export interface VisitPicture {
  readonly id: string;
  readonly startsAt: string;
  readonly zone: string;
  /** A hash of where it is. */
  readonly place: string;
  /** Who changed it last: the desk, or nobody but the person. */
  readonly changedBy: 'desk' | 'person';
  readonly isCancelled: boolean;
}

/** The range that the person was told last, and since when it has stood elsewhere. */
export interface WaitPicture extends Range {
  readonly awaySince: string | null;
}

export interface Range {
  readonly low: string;
  readonly high: string;
}

/** All that a person read, at one moment. */
export interface Picture {
  /** ISO instant. */
  readonly at: string;
  /** By what stands for a case. */
  readonly cases: Readonly<Record<string, CasePicture>>;
  /** Mandates that wait for the person's answer. */
  readonly asked: readonly string[];
  /** When somebody else looked last; null for never. ISO instant. */
  readonly looked: string | null;
}

interface Facts {
  readonly range: Range | null;
  readonly visit: VisitPicture | null;
  readonly before: CasePicture | null;
  readonly today: string;
  readonly hashOf: (text: string) => string;
}

export function casePictureOf(theCase: Case, answer: Answer, facts: Facts): CasePicture {
  const { step } = answer;
  const task = taskOf(theCase, answer);
  const isWaiting = step.do === 'wait' && !isOver(theCase.state);
  return {
    task,
    until: 'until' in step ? step.until : null,
    invited: step.do === 'attend' ? step.at : null,
    works: isWaiting ? facts.hashOf(theCase.current?.stage ?? theCase.current?.name ?? '') : null,
    isDecided: answer.decision !== null,
    isLate: answer.lateness === 'late',
    isOver: isOver(theCase.state),
    wait: waitAfter(facts.before?.wait ?? null, facts.range, facts.today),
    visit: facts.visit,
  };
}

function taskOf({ current }: Case, { step }: Answer): Task | null {
  switch (step.do) {
    case 'send-papers':
      return 'papers';
    case 'pay':
      return 'fee';
    case 'respond':
      return 'reply';
    case 'visit':
      return current?.means === 'collect' ? 'collect' : 'visit';
    case 'attend':
      return 'invitation';
    default:
      return null;
  }
}

const MOVED_DAYS = 14;
/** A range counts as moved once it has stood elsewhere for so long, so that one odd week sends nothing. */
const STEADY_DAYS = 7;

/** The range that counts as told: the old one until the new one has stood elsewhere for a week. */
export function waitAfter(before: WaitPicture | null, range: Range | null, today: string): WaitPicture | null {
  if (range === null) return before;
  if (before === null) return { ...range, awaySince: null };
  const apart = (a: string, b: string) => Math.abs(daysBetween(a, b)) > MOVED_DAYS;
  const told = { low: before.low, high: before.high };
  if (!apart(before.low, range.low) && !apart(before.high, range.high)) return { ...told, awaySince: null };
  const awaySince = before.awaySince ?? today;
  return daysBetween(awaySince, today) >= STEADY_DAYS ? { ...range, awaySince: null } : { ...told, awaySince };
}

const ASKED: Readonly<Record<Task, Kind>> = {
  papers: 'asked-papers',
  fee: 'asked-fee',
  reply: 'asked-reply',
  visit: 'asked-visit',
  collect: 'document-ready',
  invitation: 'invited',
};

const SOON_HOURS = 2;

/**
 * What is new to a person who read `before`. Two equal pictures of one day have none; with none before, all is known.
 *
 * @param zone the agency's, in which its days are counted
 */
export function changesBetween(before: Picture | null, after: Picture, zone: string): Change[] {
  if (before === null) return [];
  const moments = { before: Temporal.Instant.from(before.at), now: Temporal.Instant.from(after.at), zone };
  const ofCases = Object.entries(after.cases).flatMap(([about, now]) => {
    const was = before.cases[about];
    const found = was ? [...told(was, now), ...dates(was, now, moments)] : firstOf(now);
    return found.map(
      ([kind, what, until]): Change => ({
        ...{ kind, about },
        // With the day, since a case can come back to where it was.
        event: `${kind} ${about} ${what} ${dateIn(zone, moments.now)}`,
        ...(until ? { until } : {}),
      }),
    );
  });
  const asked = after.asked.filter((id) => !before.asked.includes(id));
  const hasLooked = after.looked !== null && (before.looked === null || after.looked > before.looked);
  return [
    ...ofCases,
    ...asked.map((id): Change => ({ kind: 'mandate-asked', about: null, event: `mandate-asked ${id}` })),
    ...(hasLooked ? [{ kind: 'looked', about: null, event: `looked ${after.looked}` } as const] : []),
  ];
}

type News = readonly [kind: Kind, what: string, until?: Temporal.Instant];

const firstOf = (now: CasePicture): News[] => [['received', ''], ...(now.task ? [askedOf(now, now.task)] : [])];

const askedOf = ({ until, invited }: CasePicture, task: Task): News => [ASKED[task], invited ?? until ?? ''];

/** What reads otherwise than before. */
function told(was: CasePicture, now: CasePicture): News[] {
  const found: News[] = [];
  const isAsked = was.task !== now.task || was.until !== now.until || was.invited !== now.invited;
  if (now.isDecided && !was.isDecided) found.push(['decision', '']);
  if (now.task && isAsked) found.push(askedOf(now, now.task));
  if (now.works && now.works !== was.works && !now.isDecided) found.push(['in-treatment', now.works]);
  if (now.isLate && !was.isLate) found.push(['term-passed', '']);
  if (was.wait && now.wait && was.wait.low + was.wait.high !== now.wait.low + now.wait.high)
    found.push(['wait-moved', `${now.wait.low} ${now.wait.high}`]);
  return found;
}

/** What a day or an hour brings, and what the desk changed. */
function dates(was: CasePicture, now: CasePicture, moments: Moments): News[] {
  return [...deadlines(was, now, moments), ...(now.visit ? visitNews(was.visit, now.visit, moments) : [])];
}

interface Moments {
  readonly before: Temporal.Instant;
  readonly now: Temporal.Instant;
  readonly zone: string;
}

/** Days before a deadline of which a message tells, the nearest first. */
const REMIND = [
  [2, 'deadline-2'],
  [7, 'deadline-7'],
] as const;

function deadlines(was: CasePicture, { task, until }: CasePicture, { before, now, zone }: Moments): News[] {
  // A day that was just set is in the message that asks for it.
  if (!task || !until || was.until !== until || was.task !== task) return [];
  const [last, today] = [dateIn(zone, before), dateIn(zone, now)];
  if (today > until) return [];
  const crossed = REMIND.find(([days]) => last < addDays(until, -days) && addDays(until, -days) <= today);
  return crossed ? [[crossed[1], until]] : [];
}

function visitNews(was: VisitPicture | null, visit: VisitPicture, { before, now }: Moments): News[] {
  const starts = Temporal.Instant.from(visit.startsAt);
  const isSame = was?.id === visit.id;
  const isElsewhere = isSame && (was.startsAt !== visit.startsAt || was.place !== visit.place);
  const isChanged = visit.changedBy === 'desk' && isSame && (isElsewhere || visit.isCancelled !== was.isCancelled);
  const changed: News[] = isChanged
    ? [['visit-changed', `${visit.id} ${visit.isCancelled ? 'cancelled' : `${visit.startsAt} ${visit.place}`}`]]
    : [];
  if (visit.isCancelled || Temporal.Instant.compare(now, starts) >= 0) return changed;
  const crossed = (moment: Temporal.Instant) =>
    Temporal.Instant.compare(before, moment) < 0 && Temporal.Instant.compare(moment, now) <= 0;
  const what = `${visit.id} ${visit.startsAt}`;
  if (crossed(starts.subtract({ hours: SOON_HOURS }))) return [...changed, ['visit-soon', what, starts]];
  const day = starts.toZonedDateTimeISO(visit.zone).startOfDay();
  const isDayBefore =
    crossed(day.subtract({ days: 1 }).toInstant()) && Temporal.Instant.compare(now, day.toInstant()) < 0;
  return isDayBefore ? [...changed, ['visit-tomorrow', what, starts]] : changed;
}

/** When a picture must be taken next, at the latest. @param everyMinutes without anything that is due before */
export function nextPictureAt({ at, cases }: Picture, everyMinutes: number): Temporal.Instant {
  const now = Temporal.Instant.from(at);
  const usual = now.add({ minutes: everyMinutes });
  const soon = Object.values(cases).flatMap(({ visit }) =>
    visit && !visit.isCancelled ? [Temporal.Instant.from(visit.startsAt).subtract({ hours: SOON_HOURS })] : [],
  );
  const due = soon.filter(
    (moment) => Temporal.Instant.compare(moment, now) > 0 && Temporal.Instant.compare(moment, usual) < 0,
  );
  return due.sort(Temporal.Instant.compare)[0] ?? usual;
}
