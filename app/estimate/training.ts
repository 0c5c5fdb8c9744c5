import type { Model } from '~/model/estimate/model';
import { type ProcedureFigures, publicFigures } from '~/model/estimate/public-figures';
import { trackRecord } from '~/model/estimate/track-record';
import { train, withLastGood } from '~/model/estimate/train';
import type { StatisticsTables } from '~/model/statistics';

/** Changes with the shape of `Trained`: what another version of the portal left in the store is trained anew. */
export const SHAPE = 3;

/** Everything that the counts of one week teach. Plain JSON. */
export interface Trained {
  readonly shape: number;
  /** ISO Monday of the counts. */
  readonly asOf: string;
  /** False while the past is still to be replayed: ranges can be told, how often they were right can't. */
  readonly complete: boolean;
  readonly model: Model;
  readonly figures: readonly ProcedureFigures[];
}

export interface Lesson {
  readonly tables: readonly StatisticsTables[];
  /** The agency's published terms, days by procedure. */
  readonly termDays: Readonly<Record<string, number>>;
}

/** Weeks of the past that are replayed: a year of ranges that can be known, and the wait until they are. */
const REPLAYED_WEEKS = 78;

/** First what pages can live with (a second), then the same with the lessons of the past (many seconds). */
export function* learn({ tables, termDays }: Lesson): Generator<Trained, void, void> {
  const [first] = tables;
  if (!first) return;
  const { asOf } = first;
  yield { shape: SHAPE, asOf, complete: false, model: train(tables, asOf), figures: [] };
  const { issues, calibrations } = trackRecord(tables, asOf, { issues: REPLAYED_WEEKS });
  const model = train(tables, asOf, { calibrations });
  yield { shape: SHAPE, asOf, complete: true, model, figures: publicFigures(tables, asOf, issues, termDays) };
}

/** What was just learned, and of procedures whose counts are `missing` what was known before; see `withLastGood`. */
export function besideLastGood(result: Trained, last: Trained | null, missing: readonly string[]): Trained {
  if (!last || missing.length === 0) return result;
  const kept = last.figures.filter(({ procedure }) => missing.includes(procedure));
  return {
    ...result,
    model: withLastGood(result.model, last.model, missing),
    figures: result.complete ? [...result.figures, ...kept] : result.figures,
  };
}
