import { Temporal } from 'temporal-polyfill';
import { within } from '~/agency/budget.server';
import { casesOf, historyOf, stepsOf } from '~/agency/cases.server';
import { plannerOfAgency } from '~/agency/planner.server';
import { config } from '~/config/config.server';
import { waitOf } from '~/estimate/wait-view.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { ProductCode, VisitAlternative } from '~/model/appointment';
import type { Case } from '~/model/case';
import { isOver } from '~/model/case-state';
import { decisionPeriodOf } from '~/model/decision-period';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import { nextStepOf, productOf } from '~/model/next-step';
import { fullNameOf } from '~/model/person-name';
import { bookable, mayBook, type OwnCase, type Right } from '~/model/rights';
import { type TimelineEntry, timelineOf } from '~/model/timeline';
import type { Viewer } from '~/model/viewer';
import { now, today } from '~/platform/clock.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import type { Booking } from '~/store/booking.server';
import { visitsIn, visitsOf } from '~/visit/visits.server';
import { makerOf } from './maker.server';
import { findByReference } from './reference.server';

/** How long a page waits for a section before it reports it as late, in milliseconds. */
const CASE_BUDGET = 4_500;
const HISTORY_BUDGET = 1_500;

/** Data for pages in two languages, or for a list and a page: loaded once and passed to each. */
export const askCases = (viewer: Viewer): Promise<Loaded<OwnCase[]>> => within(CASE_BUDGET, casesOf(viewer));
export const askHistory = (viewer: Viewer, theCase: Case) => within(HISTORY_BUDGET, historyOf(viewer, theCase));

/** The viewer's cases, running ones first. */
export async function caseList(viewer: Viewer, asked = askCases(viewer)): Promise<Loaded<CaseLine[]>> {
  const loaded = await asked;
  const visits = loaded.state === 'unavailable' ? new Map() : await visitsOf(viewer, loaded.value);
  return mapLoaded(loaded, (cases) =>
    [...cases]
      .sort((a, b) => Number(isOver(a.state)) - Number(isOver(b.state)) || b.received.localeCompare(a.received))
      .map((theCase) => caseLine(viewer, theCase, visits.get(theCase.id))),
  );
}

const caseLine = (viewer: Viewer, theCase: OwnCase, visit: Booking | undefined) => ({
  ...headOf(viewer, theCase),
  next: theCase.rights.includes('case') ? nextView(theCase, viewer.language) : null,
  visit: visit ? bookedView(viewer, theCase, visit) : null,
  over: isOver(theCase.state),
});

export type CaseLine = ReturnType<typeof caseLine>;

const headOf = (viewer: Viewer, theCase: Case) => ({
  ref: caseReference(viewer, theCase),
  reference: theCase.reference,
  procedure: theCase.procedure,
  // A link needs words, even when the catalogue can't be asked.
  procedureName: theCase.procedureName || theCase.reference,
  stage: theCase.current?.stage ?? null,
  /** The agency's own name for the stage; null where it gave none. */
  stageName: theCase.current?.name ?? null,
  /** The agency's own text about the stage, "" without one. */
  stageText: theCase.current?.text ?? '',
  received: formatsOf(viewer.language).date(theCase.received),
});

/** When an answer was loaded, as a clock time in words; "" when unavailable. */
export const askedAt = (loaded: Loaded<unknown>, language: Language): string =>
  loaded.state === 'unavailable' ? '' : formatsOf(language).clock(loaded.asOf, config().AGENCY_ZONE);

/** The viewer's own case that an address names. `undefined` in a complete answer: there is none. */
export async function findCase(
  viewer: Viewer,
  ref: string,
  asked = askCases(viewer),
): Promise<Loaded<OwnCase | undefined>> {
  return mapLoaded(await asked, (cases) => findByReference(viewer, cases, ref));
}

/**
 * The view model of a case's page. Sections load independently, so that a failing backend removes only its own section.
 * A section without its right is null or empty.
 */
export async function caseView(viewer: Viewer, theCase: OwnCase, asked = askHistory(viewer, theCase)) {
  const { language } = viewer;
  const formats = formatsOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  const sees = (right: Right) => theCase.rights.includes(right);
  const me = ownerOf(viewer);
  const [history, steps, bookings, wait] = await Promise.all([
    asked,
    within(HISTORY_BUDGET, stepsOf(theCase)),
    sees('case') ? visitsIn(viewer, theCase.id, sees('book-all') ? null : me) : [],
    waitOf(viewer, theCase, day, legalDayOf(theCase, day)),
  ]);
  return {
    ...headOf(viewer, theCase),
    since: theCase.current && formats.date(theCase.current.since),
    result: theCase.result,
    next: sees('case') ? nextView(theCase, language) : null,
    timeline: timelineView(theCase, history, steps, language),
    /** Where the agency's invitation is a calendar file; null when there is none, and for an advisor. */
    invitation:
      sees('case') && viewer.basis !== 'mandate' && nextStepOf(theCase).do === 'attend'
        ? `/${language}/cases/${caseReference(viewer, theCase)}/invitation`
        : null,
    period: sees('case') ? periodView(theCase, day, language) : null,
    wait,
    visit: sees('case') ? visitView(viewer, theCase, bookings) : null,
    people: sees('persons')
      ? theCase.parties.map(({ givenName, familyName, roles }) => ({
          name: fullNameOf({ givenName, familyName }),
          role: roles[0] ?? 'family',
        }))
      : [],
    asOf: formats.clock(now().toString(), config().AGENCY_ZONE),
  };
}

export type CaseView = Awaited<ReturnType<typeof caseView>>;

function nextView(theCase: Case, language: Language) {
  const formats = formatsOf(language);
  const step = nextStepOf(theCase);
  const until = 'until' in step && step.until ? formats.date(step.until) : null;
  const [date, time] = step.do === 'attend' ? step.at.split('T') : [];
  return {
    do: step.do,
    product: step.do === 'visit' ? step.product : null,
    until,
    date: date ? formats.weekday(date) : null,
    time: time ? formats.time(time.slice(0, 5)) : null,
    place: step.do === 'attend' ? step.place : null,
    papers: step.do === 'send-papers' ? theCase.request.papers : [],
  };
}

export type NextView = ReturnType<typeof nextView>;

/** Without the history there is no timeline; without the procedure's stages only its future part is missing. */
function timelineView(
  theCase: Case,
  history: Awaited<ReturnType<typeof historyOf>>,
  steps: Awaited<ReturnType<typeof stepsOf>>,
  language: Language,
): Loaded<TimelineEntry[]> {
  const formats = formatsOf(language);
  const entries = mapLoaded(history, (reached) =>
    timelineOf(theCase, reached, steps.state === 'unavailable' ? [] : steps.value).map((entry) => ({
      ...entry,
      since: entry.since && formats.date(entry.since),
    })),
  );
  if (steps.state !== 'unavailable' || entries.state !== 'fresh') return entries;
  return { state: 'partial', value: entries.value, asOf: entries.asOf, missing: ['steps'] };
}

function legalDayOf(theCase: Case, day: string): string | null {
  const period = decisionPeriodOf(theCase, day);
  return period.state === 'running' ? period.by : null;
}

function periodView(theCase: Case, day: string, language: Language) {
  const formats = formatsOf(language);
  const period = decisionPeriodOf(theCase, day);
  const { extension } = theCase;
  return {
    state: period.state,
    by: 'by' in period && period.by ? formats.date(period.by) : null,
    days: period.state === 'running' ? period.daysLeft : period.state === 'overdue' ? period.daysLate : 0,
    reason: period.state === 'paused' && period.reason ? period.reason : null,
    extension: extension && {
      duration: extension.duration && durationWords(extension.duration, language),
      reason: extension.reason,
    },
  };
}

export type PeriodView = ReturnType<typeof periodView>;

function durationWords(iso: string, language: Language): string {
  const t = translatorOf(language);
  const { years, months, weeks, days } = Temporal.Duration.from(iso);
  const parts = [
    years || months ? t('case:period.months', { count: years * 12 + months }) : null,
    weeks ? t('case:period.weeks', { count: weeks }) : null,
    days ? t('case:period.days', { count: days }) : null,
  ];
  return formatsOf(language).list(parts.filter((part) => part !== null));
}

type BookedView = ReturnType<typeof bookedView>;

/** `others`: open visits of other people in the case. */
type VisitView = { readonly others: readonly BookedView[] } & (
  | ({ readonly kind: 'booked' } & BookedView)
  | VisitWithout
);

/** `instead`: ways without a visit, shown first. */
type VisitWithout =
  | { readonly kind: 'book'; readonly product: ProductCode; readonly instead: readonly VisitAlternative[] }
  | { readonly kind: 'none'; readonly why: ReturnType<typeof whyNoVisit> };

/** The viewer's own visit comes before those of others in the case. */
function visitView(viewer: Viewer, theCase: OwnCase, bookings: readonly Booking[]): VisitView {
  const me = ownerOf(viewer);
  const viewOf = (booking: Booking) => bookedView(viewer, theCase, booking);
  const own = bookings.find(({ owner, visitors }) => [owner, ...visitors].includes(me));
  const others = bookings.filter((booking) => booking !== own).map(viewOf);
  if (own) return { kind: 'booked', ...viewOf(own), others };
  // Who arranges the visits of somebody else has none of their own.
  const [first, ...rest] = bookable(theCase).includes(theCase.self) ? [] : others;
  if (first) return { kind: 'booked', ...first, others: rest };
  return { ...withoutVisit(theCase), others };
}

function bookedView(viewer: Viewer, theCase: OwnCase, booking: Booking) {
  const { language } = viewer;
  const formats = formatsOf(language);
  return {
    id: booking.id,
    moment: translatorOf(language)('appointment:booking.moment', {
      day: formats.weekday(booking.localDate),
      time: formats.time(booking.localTime),
    }),
    desk: booking.deskName,
    maker: makerOf(viewer, booking.madeBy, theCase),
  };
}

function withoutVisit(theCase: OwnCase): VisitWithout {
  const product = productOf(theCase);
  if (product && mayBook(theCase))
    return { kind: 'book', product, instead: plannerOfAgency().capabilities().instead[product] ?? [] };
  return { kind: 'none', why: whyNoVisit(theCase) };
}

function whyNoVisit({ current, state }: Case) {
  if (isOver(state)) return 'done';
  switch (current?.means ?? null) {
    case null:
      return 'unknown';
    case 'send-papers':
      return 'papersByPost';
    case 'decided':
      return 'byPost';
    case 'attend':
    case 'ceremony':
      return 'invited';
    default:
      return 'notNeeded';
  }
}
