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

/**
 * Yields first the unchecked model (a second), then the same checked against the past, with figures (many seconds). A
 * procedure whose counts are from an earlier week is learned as of that week: nothing is known of it since.
 */
export function* trainInSteps({ tables, termDays }: TrainingInput): Generator<Trained, void, void> {
  const asOf = newestWeek(tables);
  if (asOf === null) return;
  const weeks = [...new Set(tables.map((one) => one.asOf))].sort();
  const ofWeek = (week: string) => tables.filter((one) => one.asOf === week);
  const unchecked = weeks.map((week) => train(ofWeek(week), week));
  yield { shape: SHAPE, asOf, complete: false, model: joined(unchecked), figures: [] };
  const checked = weeks.map((week) => {
    const { issues, calibrations } = trackRecord(ofWeek(week), week, { issues: REPLAYED_WEEKS });
    const model = train(ofWeek(week), week, { calibrations });
    return { model, figures: publicFigures(ofWeek(week), week, issues, termDays) };
  });
  const model = joined(checked.map((one) => one.model));
  yield { shape: SHAPE, asOf, complete: true, model, figures: checked.flatMap(({ figures }) => figures) };
}

/** The Monday of the newest counts; null without any. */
export const newestWeek = (tables: readonly StatisticsTables[]): string | null =>
  tables.reduce<string | null>((newest, { asOf }) => (newest === null || asOf > newest ? asOf : newest), null);

/** The procedures of all models, each with its own date, in the newest of them, which comes last. */
function joined(models: readonly Model[]): Model {
  const [newest] = models.slice(-1);
  if (!newest) throw new Error('no model');
  return { ...newest, procedures: Object.assign({}, ...models.map(({ procedures }) => procedures)) };
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
