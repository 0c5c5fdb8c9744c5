/** A forecast of one remaining wait in days. A quantile is null when it lies beyond the horizon. */
export interface Ahead {
  readonly q10: number | null;
  readonly q25: number | null;
  readonly q50: number | null;
  readonly q75: number | null;
  readonly q90: number | null;
  /** Chance of a decision within 90 days, or within the horizon when that is shorter. */
  readonly soon: number;
}

export interface Scores {
  readonly cases: number;
  readonly pinball: number;
  readonly winkler: number;
  readonly maeMedian: number;
  /**
   * Of the closed 80 % ranges (both ends known): the share covered, too early and too late. Null without closed ranges.
   */
  readonly cov80: number | null;
  readonly early: number | null;
  readonly late: number | null;
  readonly closed: number;
  readonly width: number | null;
  readonly cov50: number | null;
  readonly closed50: number;
  /** Expected calibration error and Brier score of the chance within 90 days. */
  readonly ece: number;
  readonly brier: number;
}

const SHARES = [0.1, 0.5, 0.9] as const;

/**
 * Sums the scores of forecasts. Quantiles and outcomes are capped at the horizon; an open range never counts as a hit.
 */
export class Tally {
  #cases = 0;
  #pinball = 0;
  #winkler = 0;
  #median = 0;
  #closed = 0;
  #covered = 0;
  #early = 0;
  #late = 0;
  #width = 0;
  #closed50 = 0;
  #covered50 = 0;
  #brier = 0;
  readonly #said = new Float64Array(10);
  readonly #happened = new Float64Array(10);

  constructor(
    readonly horizon: number,
    readonly soonDays: number,
  ) {}

  /** `wait` is the remaining wait in days, Infinity beyond the horizon. `n` is the number of equal cases. */
  add(ahead: Ahead, wait: number, n: number): void {
    const came = Math.min(wait, this.horizon);
    const capped = [ahead.q10, ahead.q50, ahead.q90].map((q) => Math.min(q ?? this.horizon, this.horizon));
    this.#cases += n;
    SHARES.forEach((share, i) => {
      const off = came - (capped[i] ?? 0);
      this.#pinball += (n * Math.max(share * off, (share - 1) * off)) / SHARES.length;
    });
    const [low = 0, middle = 0, high = 0] = capped;
    this.#median += n * Math.abs(came - middle);
    this.#winkler += n * (high - low + 10 * Math.max(0, low - came) + 10 * Math.max(0, came - high));
    if (ahead.q10 !== null && ahead.q90 !== null && ahead.q90 < this.horizon) {
      this.#closed += n;
      this.#width += n * (ahead.q90 - ahead.q10);
      if (wait < ahead.q10) this.#early += n;
      else if (wait > ahead.q90) this.#late += n;
      else this.#covered += n;
    }
    if (ahead.q25 !== null && ahead.q75 !== null && ahead.q75 < this.horizon) {
      this.#closed50 += n;
      if (wait >= ahead.q25 && wait <= ahead.q75) this.#covered50 += n;
    }
    const happened = wait <= this.soonDays ? 1 : 0;
    this.#brier += n * (ahead.soon - happened) ** 2;
    const tenth = Math.min(9, Math.floor(ahead.soon * 10));
    this.#said[tenth] = (this.#said[tenth] ?? 0) + n * ahead.soon;
    this.#happened[tenth] = (this.#happened[tenth] ?? 0) + n * happened;
  }

  get scores(): Scores {
    const per = (sum: number, of: number): number => (of > 0 ? sum / of : 0);
    const share = (sum: number, of: number): number | null => (of > 0 ? sum / of : null);
    let off = 0;
    for (let i = 0; i < 10; i++) off += Math.abs((this.#said[i] ?? 0) - (this.#happened[i] ?? 0));
    return {
      cases: this.#cases,
      pinball: per(this.#pinball, this.#cases),
      winkler: per(this.#winkler, this.#cases),
      maeMedian: per(this.#median, this.#cases),
      cov80: share(this.#covered, this.#closed),
      early: share(this.#early, this.#closed),
      late: share(this.#late, this.#closed),
      closed: this.#closed,
      width: share(this.#width, this.#closed),
      cov50: share(this.#covered50, this.#closed50),
      closed50: this.#closed50,
      ece: per(off, this.#cases),
      brier: per(this.#brier, this.#cases),
    };
  }
}
