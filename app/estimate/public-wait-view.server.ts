import { config } from '~/config/config.server';
import { formatsOf } from '~/i18n/format.server';
import { stageKeys } from '~/model/agency';
import type { Estimate, StaffSwitch } from '~/model/estimate/model';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { addDays, daysBetween } from '~/model/time';
import { agencyDay } from '~/platform/clock.server';
import { cachePerModel } from './cache-per-model';
import { monthsWords } from './duration-words.server';
import { staffSwitch, trained } from './model.server';
import { type RoughSituation, roughEstimate } from './public-estimate';
import { figuresView } from './public-figures-view.server';
import {
  knownProcedure,
  parseQuestion,
  type Question,
  type QuestionFields,
  questionFields,
  selectableMonths,
} from './public-question';
import type { Trained } from './training';

/** The public wait page for the question in its address. */
export function publicWait(search: URLSearchParams, language: Language) {
  const day = agencyDay();
  return mapLoaded(trained(), (known) => {
    const procedures = known.model.procedures;
    const named = stageKeys(config().AGENCY_DIR);
    // A case in a stage that the folder does not name has the range of its age, here as on its own page.
    const stages = new Map(
      Object.entries(procedures).map(([name, { stages: own }]) => [name, own.filter((stage) => named.includes(stage))]),
    );
    const fields = questionFields(search, day);
    const parsed = parseQuestion(fields, stages, day);
    const question = parsed.kind === 'question' ? parsed.question : null;
    return {
      form: formView({ ...fields, procedure: question?.procedure ?? fields.procedure }, stages, day, language),
      fault: parsed.kind === 'fault' ? parsed.fault : null,
      /** The procedure has no such stage, so it was ignored. */
      stageUnknown: parsed.kind === 'question' && parsed.stageUnknown,
      /** Null without a question. */
      answer: question && answerOf(known, question, day, language),
      /** For a person who applies today, by procedure; empty when there is a question. */
      overview: question
        ? []
        : Object.keys(procedures).map((procedure) => ({
            procedure,
            range: rangeToday(known, procedure, day, language),
          })),
    };
  });
}

/** The range of the asked procedure for a person who applies today, for the home page. */
export function publicWaitToday(search: URLSearchParams, language: Language) {
  const day = agencyDay();
  return mapLoaded(trained(), (known) => {
    const procedures = Object.keys(known.model.procedures);
    const procedure = knownProcedure(questionFields(search, day).procedure, procedures);
    return {
      procedures,
      answer: procedure === null ? null : { procedure, range: rangeToday(known, procedure, day, language) },
    };
  });
}

function rangeToday(known: Trained, procedure: string, day: string, language: Language): RangeView {
  const [stage = null] = known.model.procedures[procedure]?.stages ?? [];
  return rangeView(cachedEstimate(known, { procedure, stage, leastAge: 0, mostAge: 0 }), day, language);
}

export type LoadedWait = ReturnType<typeof publicWait>;
export type PublicWaitView = ValueOf<LoadedWait>;

function formView(
  fields: QuestionFields,
  stages: ReadonlyMap<string, readonly string[]>,
  day: string,
  language: Language,
) {
  const formats = formatsOf(language);
  const every = new Set([...stages.values()].flat());
  return {
    ...fields,
    procedures: [...stages.keys()],
    months: selectableMonths(day).map((month) => [month, formats.month(month)] as const),
    days: Array.from({ length: 31 }, (_, index) => [`${index + 1}`, formats.number(index + 1)] as const),
    stages: stages.get(fields.procedure) ?? stageKeys(config().AGENCY_DIR).filter((stage) => every.has(stage)),
  };
}

function answerOf(known: Trained, question: Question, day: string, language: Language) {
  const formats = formatsOf(language);
  const { procedure, stage, from, until, exact } = question;
  const result = cachedEstimate(known, {
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
    range: rangeView(result, day, language),
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

function rangeView(result: Estimate, day: string, language: Language) {
  const formats = formatsOf(language);
  const { low, high, trust, horizonDays } = result;
  const date = (days: number) => formats.date(addDays(day, days));
  if ((trust === 'ok' || trust === 'unsettled') && low !== null && high !== null)
    return { trust, low: date(low), high: date(high) };
  if (trust === 'one-sided' && low !== null) return { trust, low: date(low) };
  return trust === 'open' ? { trust, horizon: monthsWords(horizonDays, language) } : { trust: 'none' as const };
}

export type RangeView = ReturnType<typeof rangeView>;

const cached = cachePerModel<Estimate>(5_000);

/** An estimate costs some milliseconds, and many visitors ask the same. */
function cachedEstimate(known: Trained, situation: RoughSituation): Estimate {
  const trust: StaffSwitch['trust'] | null = staffSwitch(situation.procedure)?.trust ?? null;
  const key = `${situation.procedure} ${situation.stage} ${situation.leastAge} ${situation.mostAge} ${trust}`;
  return cached(known, key, () => {
    const waiting = known.figures.find(({ procedure }) => procedure === situation.procedure)?.waiting ?? null;
    return roughEstimate(known.model, situation, waiting, trust ? { trust } : undefined);
  });
}
