import { binWidth } from './learn-procedure';
import type { ProcedureModel } from './model';

/** How cases of a procedure usually go, for a picture of the whole way. */
export interface UsualWay {
  /** Days after which half of the cases have left a stage, by stage; null beyond the bins, or with too few seen. */
  readonly days: Readonly<Record<string, number | null>>;
  /** One case in this many comes to a stage again that it had left; null when that is rare or not known. */
  readonly oneInComesBack: number | null;
}

/** Cases that left a stage, below which the portal says no usual time. */
const LEAST_LEFT = 15;
/** Rarer than one case in this many is not worth a sentence. */
const RAREST = 50;

export function usualWayOf(model: ProcedureModel): UsualWay {
  const left = model.stages.map((_, stage) => leftOf(model, stage));
  const days = model.stages.map((_, stage) =>
    total(left[stage] ?? []) < LEAST_LEFT ? null : medianDays(model.bins, model.stageHazard[stage] ?? []),
  );
  return {
    days: Object.fromEntries(model.stages.map((stage, index) => [stage, days[index] ?? null])),
    oneInComesBack: oneIn(1 - straightOn(sharesOf(model, left), 0, new Set(), 1)),
  };
}

/** Cases that left a stage, by bin. */
const leftOf = ({ bins, seen, stageHazard }: ProcedureModel, stage: number): number[] =>
  bins.map((_, bin) => (seen[stage]?.[bin] ?? 0) * binWidth(bins, bin) * (stageHazard[stage]?.[bin] ?? 0));

function medianDays(bins: readonly number[], hazard: readonly number[]): number | null {
  let due = Math.LN2;
  for (const [bin, from] of bins.entries()) {
    const perDay = hazard[bin] ?? 0;
    const width = (bins[bin + 1] ?? Number.POSITIVE_INFINITY) - from;
    if (perDay > 0 && due <= perDay * width) return Math.max(1, Math.round(from + due / perDay));
    due -= perDay * width;
  }
  return null;
}

/** [stage][to]: shares of all cases that left the stage; index 0 is the decision, index i + 1 is stage i. */
const sharesOf = ({ stages, destinations }: ProcedureModel, left: readonly (readonly number[])[]): number[][] =>
  stages.map((_, stage) => {
    const all = total(left[stage] ?? []);
    return Array.from({ length: stages.length + 1 }, (_none, to) =>
      all === 0
        ? 0
        : total((left[stage] ?? []).map((count, bin) => count * (destinations[stage]?.[bin]?.[to] ?? 0))) / all,
    );
  });

/** The chance of a decision without a stage twice. Ways that one case in 2,000 takes count as none. */
function straightOn(
  shares: readonly (readonly number[])[],
  stage: number,
  before: ReadonlySet<number>,
  chance: number,
): number {
  if (chance < 1 / 2_000) return 0;
  const been = new Set([...before, stage]);
  return (shares[stage] ?? []).reduce((sum, share, to) => {
    if (to === 0) return sum + share * chance;
    return been.has(to - 1) ? sum : sum + straightOn(shares, to - 1, been, chance * share);
  }, 0);
}

const oneIn = (share: number): number | null => (share > 1 / RAREST ? Math.max(2, Math.round(1 / share)) : null);

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
