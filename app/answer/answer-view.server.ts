import { config } from '~/config/config.server';
import { durationWords } from '~/estimate/duration-words.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Answer, DecisionAnswer } from '~/model/answer';
import type { Case } from '~/model/case';
import type { Language } from '~/model/language';
import { symbolOf } from '~/model/money';
import { clockOf, type NextStep } from '~/model/next-step';
import { mapAddress } from '~/ui/map-address';
import { waysView } from './ways-view.server';

/** The answer in words of a language: one view model for page, list and helpdesk view. */
export const answerView = (theCase: Case, answer: Answer, language: Language) => ({
  lateness: answer.lateness,
  decision: decisionView(theCase, answer, language),
  next: nextView(theCase, answer, language),
  period: periodView(theCase, answer, language),
});

/** A case that just closed, without a result or with one that the folder does not name, may have ended without a decision. */
const outcomeView = ({ state }: Case, outcome: DecisionAnswer['outcome']) =>
  outcome ?? (state === 'closed' ? ('ended' as const) : ('unknown' as const));

function decisionView(theCase: Case, { decision, ways }: Answer, language: Language) {
  if (decision === null) return null;
  const { date } = formatsOf(language);
  const { outcome, comesNext, remedy } = decision;
  const kind = outcomeView(theCase, outcome);
  // Its last days count from the day it closed, and no page may call that a decision.
  const made = kind === 'ended' && theCase.decision.made === null ? null : decision.made;
  const closed = theCase.ended ?? decision.made;
  return {
    outcome: kind,
    /** The agency's own words, for what the portal has no word. */
    words: outcome === null ? theCase.result : null,
    made: made && date(made),
    /** Where the day of the decision is not known: when the case was closed. */
    closedOn: made === null && closed !== null ? date(closed) : null,
    comesNext,
    remedy: remedy && {
      kind: remedy.remedy,
      lastDay: date(remedy.lastDay),
      isPast: remedy.isPast,
      ways: waysView(ways.remedy, 'other', theCase.reference, language),
      shorter: shorterView(remedy.shorter, language),
      how: remedy.computed && {
        duration: durationWords(remedy.computed.duration, language),
        from: date(remedy.computed.from),
        ranOn: remedy.computed.ranOnOver.length > 0,
        source: remedy.source,
      },
    },
  };
}

export type DecisionView = NonNullable<ReturnType<typeof decisionView>>;

function shorterView(shorter: { readonly duration: string; readonly lastDay: string } | null, language: Language) {
  return (
    shorter && {
      duration: durationWords(shorter.duration, language),
      lastDay: formatsOf(language).date(shorter.lastDay),
    }
  );
}

function nextView(theCase: Case, { step, ways, period: { state } }: Answer, language: Language) {
  const formats = formatsOf(language);
  const { papers, link = null, amount } = theCase.request;
  const task = TASK[step.do];
  const until = 'until' in step && step.until ? formats.date(step.until) : null;
  const [date, time] = 'at' in step ? step.at.split('T') : [];
  return {
    do: step.do,
    product: step.do === 'visit' ? step.product : null,
    until,
    date: date ? formats.weekday(date) : null,
    time: time ? formats.time(time.slice(0, 5)) : null,
    place: 'place' in step ? step.place : null,
    map: 'place' in step && step.place ? mapAddress(config().AGENCY_DIR.map, step.place) : null,
    papers: step.do === 'send-papers' ? papers.map((code) => paperView(code, language)) : [],
    amount: step.do === 'pay' && amount !== undefined ? moneyWords(amount, language) : null,
    clock: clockOf(step, state === 'running' || state === 'paused' ? state : 'other'),
    ways: task === undefined ? null : waysView(ways.step, task, theCase.reference, language, link),
  };
}

/** The steps that are done by sending or paying something. */
const TASK: Readonly<Partial<Record<NextStep['do'], 'papers' | 'pay' | 'cannotCome' | 'other'>>> = {
  pay: 'pay',
  'send-papers': 'papers',
  respond: 'other',
  attend: 'cannotCome',
};

/** A paper's name; the registry's own words for one that the agency's folder does not name. */
function paperView(code: string, language: Language) {
  const isKnown = config().AGENCY_DIR.papers.some(({ key }) => key === code);
  return { code, name: isKnown ? translatorOf(language)(`case:next.paper.${code}`) : null };
}

const moneyWords = (amount: number, language: Language): string =>
  formatsOf(language).money(amount, symbolOf(config().AGENCY_DIR.currency));

const penaltyOf = ({ penalty }: { readonly penalty: number | null }, language: Language) =>
  penalty ? moneyWords(penalty, language) : null;

export type NextView = ReturnType<typeof nextView>;

function periodView(
  { extension, reference }: Case,
  { period, notice, receivedNotice, court, ways }: Answer,
  language: Language,
) {
  const { date } = formatsOf(language);
  if (period.state === 'decided' || period.state === 'over') return null;
  return {
    state: period.state,
    by: 'by' in period && period.by ? date(period.by) : null,
    wasPast: period.state === 'paused' && period.wasPast,
    days: period.state === 'running' ? period.daysLeft : period.state === 'overdue' ? period.daysLate : 0,
    reason: period.state === 'paused' && period.reason ? period.reason : null,
    notice: notice && {
      from: date(notice.possibleFrom),
      day: date(notice.soonest.day),
      decideBy: date(notice.soonest.decideBy),
      penalty: penaltyOf(notice, language),
      ways: waysView(ways.notice, 'other', reference, language),
    },
    receivedNotice: receivedNotice && {
      received: date(receivedNotice.received),
      decideBy: date(receivedNotice.decideBy),
      tooEarlyFor: receivedNotice.tooEarlyFor && date(receivedNotice.tooEarlyFor),
      penalty: penaltyOf(receivedNotice, language),
    },
    court: court && date(court.possibleFrom),
    extension: extension && {
      duration: extension.duration && durationWords(extension.duration, language),
      reason: extension.reason,
    },
  };
}

export type PeriodView = NonNullable<ReturnType<typeof periodView>>;
