import { estimate } from '~/model/estimate/estimate';
import {
  type Estimate,
  type Model,
  procedureOf,
  type Reason,
  type Situation,
  type StaffSwitch,
} from '~/model/estimate/model';
import type { ProcedureFigures } from '~/model/estimate/public-figures';
import { roughEstimate } from './public-estimate';

/** Reasons that concern the case's own stage and its time there, and not the procedure. */
const OF_THE_STAGE: ReadonlySet<Reason> = new Set(['few-like-this', 'unknown-stage']);

interface Learned {
  readonly model: Model;
  readonly figures: readonly Pick<ProcedureFigures, 'procedure' | 'waiting'>[];
}

/**
 * The expected wait of a case. Where too few people have been so long in its stage, it is what the public page says to
 * somebody who does not know that time, so that the two pages do not contradict each other.
 */
export function caseEstimate({ model, figures }: Learned, situation: Situation, staff?: StaffSwitch): Estimate {
  const own = estimate(model, situation, staff);
  const known = procedureOf(model, situation.procedure);
  if (!known || own.trust !== 'none' || !own.reasons.every((reason) => OF_THE_STAGE.has(reason))) return own;
  const { procedure, stage, ageDays } = situation;
  const waiting = figures.find((one) => one.procedure === procedure)?.waiting ?? null;
  const stageOrNone = known.stages.includes(stage) ? stage : null;
  return roughEstimate(model, { procedure, stage: stageOrNone, leastAge: ageDays, mostAge: ageDays }, waiting, staff);
}
