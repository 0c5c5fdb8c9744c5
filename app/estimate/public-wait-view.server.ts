import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import { STAGES } from '~/model/case';
import type { Estimate, StaffSwitch } from '~/model/estimate/model';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { addDays, daysBetween } from '~/model/time';
import { today } from '~/platform/clock.server';
import { monthsWords } from './duration-words.server';
import { staffSwitch, trained } from './model.server';
import { type LooseSituation, looseEstimate } from './public-estimate';
import { figuresView } from './public-figures-view.server';
import { type Asked, askedIn, hear, monthsToAsk, type Question } from './public-question';
import type { Trained } from './training';

/** What the public page of the expected wait shows for what was asked in its address. */
export function publicWait(search: URLSearchParams, language: Language) {
  const day = today(config().AGENCY_ZONE).toString();
  return mapLoaded(trained(), (known) => {
    const procedures = known.model.procedures;
    const stages = new Map(Object.entries(procedures).map(([name, { stages: own }]) => [name, own]));
    const asked = askedIn(search, day);
    const heard = hear(asked, stages, day);
    const question = heard.kind === 'question' ? heard.question : null;
    return {
      form: formView(asked, stages, day, language),
      fault: heard.kind === 'fault' ? heard.fault : null,
      /** The procedure has no such stage: it was left out. */
      stageUnknown: heard.kind === 'question' && heard.stageUnknown,
      /** Null while nothing was asked. */
      answer: question && answerOf(known, question, day, language),
      /** For somebody who applies today, by procedure; only where nothing was asked. */
      overview: question
        ? []
        : [...stages].map(([procedure, [stage = null]]) => ({
            procedure,
            range: shownRange(estimateOf(known, { procedure, stage, leastAge: 0, mostAge: 0 }), day, language),
          })),
    };
  });
}

export type LoadedWait = ReturnType<typeof publicWait>;
export type PublicWaitView = ValueOf<LoadedWait>;

function formView(asked: Asked, stages: ReadonlyMap<string, readonly string[]>, day: string, language: Language) {
  const formats = formatsOf(language);
  const every = new Set([...stages.values()].flat());
  const inOrder = [...STAGES.filter((stage) => every.has(stage)), ...[...every].filter((one) => !isKnownStage(one))];
  return {
    ...asked,
    procedures: [...stages.keys()],
    months: monthsToAsk(day).map((value) => ({ value, name: formats.month(value) })),
    days: Array.from({ length: 31 }, (_, index) => ({ value: `${index + 1}`, name: formats.number(index + 1) })),
    stages: stages.get(asked.procedure) ?? inOrder,
  };
}

function answerOf(known: Trained, question: Question, day: string, language: Language) {
  const formats = formatsOf(language);
  const { procedure, stage, from, until, exact } = question;
  const result = estimateOf(known, {
    procedure,
    stage,
    leastAge: daysBetween(until, day),
    mostAge: daysBetween(from, day),
  });
  const figures = known.figures.find((one) => one.procedure === procedure);
  return {
    procedure,
    stage,
    /** The day, or the month, of the application. */
    applied: exact ? formats.date(from) : formats.month(from),
    exact,
    range: shownRange(result, day, language),
    reason: staffSwitch(procedure)?.reason ?? null,
    basis: {
      decisions: formats.number(result.decisionsBehind),
      asOf: formats.date(result.asOf),
      rightOf100: result.coverage && formats.number(Math.round(result.coverage.share * 100)),
    },
    /** Null while the past is still being replayed. */
    figures: figures ? figuresView(figures, language) : null,
  };
}

export type Answer = ReturnType<typeof answerOf>;

function shownRange(result: Estimate, day: string, language: Language) {
  const formats = formatsOf(language);
  const { low, high, trust, horizonDays } = result;
  const date = (days: number) => formats.date(addDays(day, days));
  if ((trust === 'ok' || trust === 'unsettled') && low !== null && high !== null)
    return { trust, low: date(low), high: date(high) };
  if (trust === 'one-sided' && low !== null) return { trust, low: date(low) };
  return trust === 'open' ? { trust, horizon: monthsWords(horizonDays, language) } : { trust: 'none' as const };
}

export type ShownRange = ReturnType<typeof shownRange>;

const MOST_REMEMBERED = 5_000;
const memory = new Map<string, Estimate>();
let memoryOf: Trained | null = null;

/** Costs some milliseconds, and many ask the same. */
function estimateOf(known: Trained, asked: LooseSituation): Estimate {
  if (memoryOf !== known || memory.size > MOST_REMEMBERED) {
    memory.clear();
    memoryOf = known;
  }
  const trust: StaffSwitch['trust'] | null = staffSwitch(asked.procedure)?.trust ?? null;
  const key = `${asked.procedure} ${asked.stage} ${asked.leastAge} ${asked.mostAge} ${trust}`;
  let result = memory.get(key);
  if (!result) {
    const waiting = known.figures.find(({ procedure }) => procedure === asked.procedure)?.waiting ?? null;
    result = looseEstimate(known.model, asked, waiting, trust ? { trust } : undefined);
    memory.set(key, result);
  }
  return result;
}

const isKnownStage = (code: string): boolean => (STAGES as readonly string[]).includes(code);
