import { isDeepStrictEqual } from 'node:util';
import { within } from '~/agency/budget.server';
import { casesOf, historyOf, stepsOf } from '~/agency/cases.server';
import { orKept, PATIENCE } from '~/agency/kept-answer.server';
import { hasStatistics } from '~/agency/statistics.server';
import { answerView } from '~/answer/answer-view.server';
import { meanwhileView } from '~/answer/meanwhile-view.server';
import { notCheckedLately } from '~/answer/visit-since.server';
import { bookedView, visitView } from '~/answer/visit-view.server';
import { config } from '~/config/config.server';
import { usualWay } from '~/estimate/usual-way.server';
import { waitOf } from '~/estimate/wait-view.server';
import { formatsOf } from '~/i18n/format.server';
import { addLookAtOthers } from '~/identity/asker.server';
import { answerOf } from '~/model/answer';
import type { Case } from '~/model/case';
import { isOpen, isOver } from '~/model/case-state';
import { decisionPeriodOf } from '~/model/decision-period';
import type { Language } from '~/model/language';
import { knownValue, type Loaded, mapLoaded } from '~/model/loaded';
import { fullNameOf } from '~/model/person-name';
import type { OwnCase, Right } from '~/model/rights';
import { type TimelineEntry, timelineOf } from '~/model/timeline';
import { personKey, type Viewer } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import { clockWords } from '~/platform/moment-words.server';
import { caseReference, ownerOf } from '~/platform/pseudonym.server';
import type { Booking } from '~/store/booking.server';
import { visitsIn, visitsOf } from '~/visit/visits.server';
import { askLetters, letterLines } from './letters.server';
import { findByReference } from './reference.server';

/** How long a page waits for its cases before it reports them as late, in milliseconds. */
const CASE_BUDGET = 4_500;

/** How long a page waits before it shows a kept answer, and for a section that can come later. In milliseconds. */
export interface Waiting {
  readonly patience: number;
  readonly section: number;
}

export const ON_A_PAGE: Waiting = { patience: PATIENCE, section: PATIENCE };
/** For a reader who asks again, and for an open page that fetches what was late. */
export const IN_FULL: Waiting = { patience: CASE_BUDGET, section: 4_000 };

/** The address of the link "try again" has it. */
export const waitingOf = (request: Request): Waiting =>
  new URL(request.url).searchParams.has('again') ? IN_FULL : ON_A_PAGE;

/**
 * The viewer's cases as the agency has them now: for all that changes something, and for looks. Loaded once for pages in two
 * languages, or for a list and a page.
 */
export const askCases = (viewer: Viewer): Promise<Loaded<OwnCase[]>> => within(CASE_BUDGET, () => casesOf(viewer));

/** For pages that only show them: also as this session last saw them. */
export const knownCases = (viewer: Viewer, { patience } = ON_A_PAGE): Promise<Loaded<OwnCase[]>> =>
  orKept({
    actor: viewer.actor,
    about: `cases ${personKey(viewer.subject.person)}`,
    budget: CASE_BUDGET,
    patience,
    load: () => casesOf(viewer),
    revive: withOwnParty,
    casesIn: (cases) => cases.map(({ id }) => id),
  });

/** The person whose view it is, is one of the parties. */
export const withOwnParty = (cases: OwnCase[]): OwnCase[] =>
  cases.map((theCase) => ({
    ...theCase,
    self: theCase.parties.find((party) => isDeepStrictEqual(party, theCase.self)) ?? theCase.self,
  }));

export const askHistory = (viewer: Viewer, theCase: Case, { patience, section } = ON_A_PAGE) =>
  orKept({
    actor: viewer.actor,
    about: `history ${viewer.grant ?? ''} ${theCase.id}`,
    budget: section,
    patience,
    load: () => historyOf(viewer, theCase),
    casesIn: () => [theCase.id],
  });

/** The viewer's cases, running ones first. */
export async function caseList(viewer: Viewer, asked = knownCases(viewer)): Promise<Loaded<CaseLine[]>> {
  const loaded = await asked;
  const visits = loaded.state === 'unavailable' ? new Map() : await visitsOf(viewer, loaded.value);
  if (loaded.state !== 'unavailable') await addLookAtOthers(viewer, loaded.value);
  return mapLoaded(loaded, (cases) =>
    [...cases]
      .sort((a, b) => Number(isOver(a.state)) - Number(isOver(b.state)) || b.received.localeCompare(a.received))
      .map((theCase) => caseLine(viewer, theCase, visits.get(theCase.id))),
  );
}

const caseLine = (viewer: Viewer, theCase: OwnCase, visit: Booking | undefined) => ({
  ...headOf(viewer, theCase),
  answer: theCase.rights.includes('case')
    ? answerView(theCase, answerOf(theCase, { today: agencyDay(), ways: config().AGENCY_DIR.ways }), viewer.language)
    : null,
  visit: visit ? { ...bookedView(viewer, theCase, visit), since: notCheckedLately(visit, viewer.language) } : null,
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
  loaded.state === 'unavailable' ? '' : clockWords(loaded.asOf, language);

/** The viewer's own case that an address names. `undefined` in a complete answer: there is none. */
export async function findCase(
  viewer: Viewer,
  ref: string,
  asked = askCases(viewer),
): Promise<Loaded<OwnCase | undefined>> {
  return mapLoaded(await asked, (cases) => findByReference(viewer, cases, ref));
}

/** A case, and why it is shown as it was earlier. */
export interface ShownCase {
  readonly theCase: OwnCase;
  readonly kept?: Pick<Extract<Loaded<unknown>, { readonly state: 'kept' }>, 'asOf' | 'why'> | null;
}

interface Asking {
  /** Loaded before, for pages in two languages. */
  readonly history: ReturnType<typeof askHistory>;
  readonly letters: ReturnType<typeof askLetters>;
  readonly waiting: Waiting;
}

/**
 * The view model of a case's page. Sections load independently, so that a failing backend removes only its own section.
 * A section without its right is null or empty.
 */
export async function caseView(viewer: Viewer, { theCase, kept = null }: ShownCase, how: Partial<Asking> = {}) {
  const { language } = viewer;
  const formats = formatsOf(language);
  const day = agencyDay();
  const sees = (right: Right) => theCase.rights.includes(right);
  const me = ownerOf(viewer);
  const [history, steps, bookings, letters, wait] = await Promise.all([
    how.history ?? askHistory(viewer, theCase, how.waiting),
    within((how.waiting ?? ON_A_PAGE).section, () => stepsOf(theCase)),
    sees('case') ? visitsIn(viewer, theCase.id, sees('book-all') ? null : me) : [],
    how.letters ?? askLetters(viewer, theCase, (how.waiting ?? ON_A_PAGE).section),
    isOpen(theCase.state) && hasStatistics() ? waitOf(viewer, theCase, day, legalDayOf(theCase, day)) : null,
  ]);
  const answer = answerOf(theCase, {
    today: day,
    ways: config().AGENCY_DIR.ways,
    // A history with gaps may lack the decision, and a later step would then put its date too late.
    history: history.state === 'partial' ? [] : (knownValue(history) ?? []),
    ahead: knownValue(steps)?.map(({ means }) => means) ?? [],
    rangeFrom: (wait && knownValue(wait)?.lowOn) ?? null,
  });
  return {
    ...headOf(viewer, theCase),
    isOpen: isOpen(theCase.state),
    since: theCase.current && formats.date(theCase.current.since),
    result: theCase.result,
    answer: sees('case') ? answerView(theCase, answer, language) : null,
    meanwhile: sees('case') ? meanwhileView(theCase, language) : [],
    /** Null where the agency shows no letters, and without the right. */
    letters: letterLines(viewer, theCase, letters),
    timeline: timelineView(theCase, history, steps, language),
    /** How long the stages of its procedure usually take; null when not known. */
    usual: isOpen(theCase.state) && hasStatistics() ? usualWay(theCase.procedure, language) : null,
    /** Where the agency's invitation is a calendar file; null when there is none, and for an advisor. */
    invitation:
      sees('case') && viewer.basis !== 'mandate' && !kept && answer.step.do === 'attend'
        ? `/${language}/cases/${caseReference(viewer, theCase)}/invitation`
        : null,
    /** Where the viewer makes a statement that the case is being handled; null without the right, and for an advisor. */
    statement:
      config().AGENCY_DIR.statement && sees('statement') && viewer.basis !== 'mandate' && isOpen(theCase.state)
        ? `/${language}/cases/${caseReference(viewer, theCase)}/statement`
        : null,
    wait,
    visit: sees('case') ? visitView(viewer, theCase, bookings, kept !== null) : null,
    people: sees('persons')
      ? theCase.parties.map(({ givenName, familyName, roles }) => ({
          name: fullNameOf({ givenName, familyName }),
          role: roles[0] ?? 'family',
        }))
      : [],
    asOf: clockWords(kept?.asOf ?? now(), language),
    /** Why the case is shown as it was at `asOf`; null when it was asked for now. */
    keptFor: kept?.why ?? null,
    timelineAsOf: askedAt(history, language),
  };
}

export type CaseView = Awaited<ReturnType<typeof caseView>>;

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
      until: entry.until && formats.date(entry.until),
    })),
  );
  if (steps.state !== 'unavailable' || entries.state !== 'fresh') return entries;
  return { state: 'partial', value: entries.value, asOf: entries.asOf, missing: ['steps'] };
}

function legalDayOf(theCase: Case, day: string): string | null {
  const period = decisionPeriodOf(theCase, day);
  return period.state === 'running' ? period.by : null;
}
