import { waysTo } from './agency';
import type { Case, CaseState, ReachedStep } from './case';
import { isOpen } from './case-state';
import { type DecisionPeriod, decisionPeriodOf } from './decision-period';
import { NO_LAW } from './law';
import { AFTER_DECISION, type Meaning, type Outcome } from './meaning';
import { type NextStep, nextStepOf } from './next-step';
import {
  type CourtAction,
  courtActionOf,
  type NoticeOfDefault,
  noticeOfDefaultOf,
  type ReceivedNotice,
  receivedNoticeOf,
} from './notice-of-default';
import { type RemedyTime, remedyOf } from './remedy';
import { NO_WAYS, type Way, type Ways, waysFor } from './ways';

/** What each page, list, file and message tells of a case. Dates are ISO dates in the agency's zone. */
export interface Answer {
  readonly state: CaseState;
  /** What the person must do. */
  readonly step: NextStep;
  /** The decision; null before it, and after a withdrawal. */
  readonly decision: DecisionAnswer | null;
  /** By when the agency must decide. */
  readonly period: DecisionPeriod;
  /** `likely`: the estimate begins after the law's last day. */
  readonly lateness: 'late' | 'likely' | null;
  /** When they can send a notice of default; null also when the agency has one. */
  readonly notice: NoticeOfDefault | null;
  readonly receivedNotice: ReceivedNotice | null;
  readonly court: CourtAction | null;
  /** How to do the step, to object or appeal, and to send a notice of default; empty where only the letter tells. */
  readonly ways: Readonly<Record<'step' | 'remedy' | 'notice', readonly Way[]>>;
}

export interface DecisionAnswer {
  /** Null: the agency's folder does not name its result, or there is none. */
  readonly outcome: Exclude<Outcome, 'withdrawn'> | null;
  /** Null: not known. */
  readonly made: string | null;
  /** Null when the day of the decision is not known; the letter then has the date. */
  readonly remedy: (RemedyTime & { readonly isPast: boolean }) | null;
  /** What comes after it for the person; null for nothing, or when it is there already. */
  readonly comesNext: 'collect' | 'ceremony' | null;
}

/** What is known beside the case itself. Without it the answer has fewer dates, and none that differs. */
export interface AnswerContext {
  /** ISO date in the agency's zone. */
  readonly today: string;
  /** The steps that the case has reached, in any order. */
  readonly history?: readonly ReachedStep[];
  /** Meanings of the procedure's steps that usually come next. */
  readonly ahead?: readonly (Meaning | null)[];
  /** The early end of the estimate, ISO date. */
  readonly rangeFrom?: string | null;
  /** The agency's own ways. */
  readonly ways?: Ways;
}

export function answerOf(theCase: Case, context: AnswerContext): Answer {
  const { today, rangeFrom = null, ways = NO_WAYS } = context;
  const { procedure } = theCase;
  const period = decisionPeriodOf(theCase, today);
  const step = nextStepOf(theCase, today);
  const decision = decisionOf(theCase, context);
  return {
    state: theCase.state,
    step,
    decision,
    period,
    lateness: latenessOf(period, rangeFrom),
    notice: noticeOfDefaultOf(theCase, today, period),
    receivedNotice: receivedNoticeOf(theCase, today, period),
    court: courtActionOf(theCase, today, period),
    ways: {
      step: waysOfStep(ways, step, procedure),
      // An appeal goes to a court, whose ways the agency does not have.
      remedy: decision?.remedy?.remedy === 'objection' ? waysFor(ways.objection, procedure) : [],
      notice: waysFor(ways.notice, procedure),
    },
  };
}

function waysOfStep(ways: Ways, { do: act }: NextStep, procedure: Case['procedure']): readonly Way[] {
  // To say that one can't come.
  if (act === 'attend') return waysFor(ways.invitation, procedure);
  return act === 'pay' || act === 'send-papers' || act === 'respond' ? waysTo(ways, act, procedure) : [];
}

function latenessOf(period: DecisionPeriod, rangeFrom: string | null): Answer['lateness'] {
  if (period.state === 'overdue') return 'late';
  return period.state === 'running' && rangeFrom !== null && rangeFrom > period.by ? 'likely' : null;
}

function decisionOf(theCase: Case, { today, history = [], ahead = [] }: AnswerContext): DecisionAnswer | null {
  const { state, outcome, procedure, decision, law = NO_LAW } = theCase;
  if (isOpen(state) || state === 'withdrawn' || outcome === 'withdrawn') return null;
  const made = madeOn(theCase, history, today);
  const { notified, reactBy } = decision;
  const remedy = made === null ? null : remedyOf({ procedure, outcome, decided: made, notified, reactBy }, law);
  const isGranted = outcome === 'granted' || outcome === 'partly-granted';
  return {
    outcome,
    made,
    remedy: remedy && { ...remedy, isPast: remedy.lastDay < today },
    comesNext: state === 'decided' && isGranted ? followingOf(theCase, ahead) : null,
  };
}

const followingOf = ({ current }: Case, ahead: readonly (Meaning | null)[]): DecisionAnswer['comesNext'] =>
  current?.means === 'decided'
    ? ((['ceremony', 'collect'] as const).find((means) => ahead.includes(means)) ?? null)
    : null;

/**
 * The day of the decision: as the agency writes it, else the first step that follows a decision. A closed case without
 * such a step was decided when it closed. The earliest day wins, so that no last day comes out too late.
 */
function madeOn({ received, decision, state, current }: Case, history: readonly ReachedStep[], today: string) {
  const { made } = decision;
  if (made !== null && made >= received && made <= today) return made;
  const reached = current ? [...history, current] : history;
  const isAfter = ({ means, since }: ReachedStep) => means !== null && AFTER_DECISION.has(means) && since <= today;
  const first = (days: readonly string[]) => [...days].sort()[0] ?? null;
  const decided = first(reached.filter(isAfter).map(({ since }) => since));
  // Without its history, a document that waits says only that the decision came before.
  if (history.length === 0) return current?.means === 'decided' ? current.since : null;
  return decided ?? (state === 'closed' ? (current?.since ?? null) : null);
}
