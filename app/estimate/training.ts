import type { Model } from '~/model/estimate/model';
import { type ProcedureFigures, publicFigures } from '~/model/estimate/public-figures';
import { trackRecord } from '~/model/estimate/track-record';
import { train, withLastGood } from '~/model/estimate/train';
import type { StatisticsTables } from '~/model/statistics';

/** Raise it when the shape of `Trained` changes; a stored estimate of another shape is trained again. */
export const SHAPE = 3;

/** Everything learned from the counts of one week. Plain JSON. */
export interface Trained {
  readonly shape: number;
  /** ISO Monday of the counts. */
  readonly asOf: string;
  /** Whether its ranges were checked against the past. No page shows others. */
  readonly complete: boolean;
  readonly model: Model;
  readonly figures: readonly ProcedureFigures[];
}

export interface TrainingInput {
  readonly tables: readonly StatisticsTables[];
  /** The agency's published terms in days, by procedure. */
  readonly termDays: Readonly<Record<string, number>>;
}

/** Weeks of the past to replay: a year of ranges, and the time until their outcomes are known. */
const REPLAYED_WEEKS = 78;

/** Yields first the unchecked model (a second), then the same checked against the past, with figures (many seconds). */
export function* trainInSteps({ tables, termDays }: TrainingInput): Generator<Trained, void, void> {
  const [first] = tables;
  if (!first) return;
  const { asOf } = first;
  yield { shape: SHAPE, asOf, complete: false, model: train(tables, asOf), figures: [] };
  const { issues, calibrations } = trackRecord(tables, asOf, { issues: REPLAYED_WEEKS });
  const model = train(tables, asOf, { calibrations });
  yield { shape: SHAPE, asOf, complete: true, model, figures: publicFigures(tables, asOf, issues, termDays) };
}

/** Restores the last good model and figures of the `missing` procedures; see `withLastGood`. */
export function withLastGoodFigures(result: Trained, last: Trained | null, missing: readonly string[]): Trained {
  if (!last || missing.length === 0) return result;
  const restored = last.figures.filter(({ procedure }) => missing.includes(procedure));
  return {
    ...result,
    model: withLastGood(result.model, last.model, missing),
    figures: result.complete ? [...result.figures, ...restored] : result.figures,
  };
}
