import { durationWords } from '~/estimate/duration-words.server';
import { formatsOf } from '~/i18n/format.server';
import type { Answer, DecisionAnswer } from '~/model/answer';
import type { Case } from '~/model/case';
import type { Language } from '~/model/language';

/** The answer in words of a language: one view model for page, list and helpdesk view. */
export const answerView = (theCase: Case, answer: Answer, language: Language) => ({
  lateness: answer.lateness,
  decision: decisionView(theCase, answer, language),
  next: nextView(theCase, answer, language),
  period: periodView(theCase, answer, language),
});

/** A case that just closed, without a result, may have ended without a decision. */
const outcomeView = ({ result, state }: Case, outcome: DecisionAnswer['outcome']) =>
  outcome ?? (state === 'closed' && result === null ? ('ended' as const) : ('unknown' as const));

function decisionView(theCase: Case, { decision }: Answer, language: Language) {
  if (decision === null) return null;
  const { date } = formatsOf(language);
  const { outcome, made, comesNext, remedy } = decision;
  return {
    outcome: outcomeView(theCase, outcome),
    /** The agency's own words, for what the portal has no word. */
    words: outcome === null ? theCase.result : null,
    made: made && date(made),
    comesNext,
    remedy: remedy && {
      kind: remedy.remedy,
      lastDay: date(remedy.lastDay),
      isPast: remedy.isPast,
      isOwn: remedy.basis === 'agency',
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

function nextView(theCase: Case, { step }: Answer, language: Language) {
  const formats = formatsOf(language);
  const until = 'until' in step && step.until ? formats.date(step.until) : null;
  const [date, time] = 'at' in step ? step.at.split('T') : [];
  return {
    do: step.do,
    product: step.do === 'visit' ? step.product : null,
    until,
    date: date ? formats.weekday(date) : null,
    time: time ? formats.time(time.slice(0, 5)) : null,
    place: 'place' in step ? step.place : null,
    papers: step.do === 'send-papers' ? theCase.request.papers : [],
  };
}

export type NextView = ReturnType<typeof nextView>;

function periodView({ extension }: Case, { period }: Answer, language: Language) {
  const { date } = formatsOf(language);
  if (period.state === 'decided' || period.state === 'over') return null;
  return {
    state: period.state,
    by: 'by' in period && period.by ? date(period.by) : null,
    wasPast: period.state === 'paused' && period.wasPast,
    days: period.state === 'running' ? period.daysLeft : period.state === 'overdue' ? period.daysLate : 0,
    reason: period.state === 'paused' && period.reason ? period.reason : null,
    extension: extension && {
      duration: extension.duration && durationWords(extension.duration, language),
      reason: extension.reason,
    },
  };
}

export type PeriodView = NonNullable<ReturnType<typeof periodView>>;
