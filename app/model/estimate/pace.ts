/** Strength of the prior that the queue moves as the life table says, in cases. */
const PRIOR = 10;
/** The pace stays between 1 / BOUND and BOUND. */
const BOUND = 3;
/** Days after which the usual throughput outweighs the recent one: surges and staff shortages pass. */
const PASSING_DAYS = 25;

export interface Queue {
  /** Cases waiting, by bin of time waited. */
  readonly waiting: Float64Array;
  /** Cases that leave per day: recently, and usually. */
  readonly leavingADay: number;
  readonly usuallyADay: number;
}

/**
 * How many times longer than the life table says a wait will be, by bin of time waited, if the queue is served in
 * order. Cases ahead must leave first, at the recent throughput (Little's law); a life table learns of a jam only
 * afterwards. 1 where the queue is as long as the table expects. `elasticity` says how far a line is such a queue.
 * `seenDays`: how far back the counts go.
 */
export function queuePace(
  bins: readonly number[],
  hazard: ArrayLike<number>,
  queue: Queue,
  seenDays: number,
): number[] {
  const pace = bins.map(() => 1);
  let ahead = 0;
  let expectedDays = 0;
  const staying = survivalAtEdges(bins, hazard);
  for (let bin = bins.length - 1; bin >= 0; bin--) {
    const here = queue.waiting[bin] ?? 0;
    const rate = Math.max(hazard[bin] ?? 0, 1e-9);
    // The queue cannot be older than the counts, so the expected queue is cut off there too.
    const width = Math.max(0, Math.min(seenDays, bins[bin + 1] ?? seenDays) - (bins[bin] ?? 0));
    const days = ((staying[bin] ?? 0) * -Math.expm1(-rate * width)) / rate;
    // A new case stands behind the whole first bin, any other case behind half of its own bin.
    const part = bin === 0 ? 1 : 0.5;
    const factor =
      (ahead + part * here + PRIOR) / (throughput(queue, ahead + part * here) * (expectedDays + part * days) + PRIOR);
    pace[bin] = Math.min(BOUND, Math.max(1 / BOUND, factor));
    ahead += here;
    expectedDays += days;
  }
  return pace;
}

/** Cases per day while `people` ahead are served: as recently at first, approaching the usual rate. */
function throughput({ leavingADay, usuallyADay }: Queue, people: number): number {
  const spans = people / Math.max(leavingADay, 1e-9) / PASSING_DAYS;
  const lately = spans > 1e-6 ? -Math.expm1(-spans) / spans : 1;
  return lately * leavingADay + (1 - lately) * usuallyADay;
}

/** Share still waiting at each bin's lower edge; 0 after the last bin, which is open-ended. */
function survivalAtEdges(bins: readonly number[], hazard: ArrayLike<number>): Float64Array {
  const staying = new Float64Array(bins.length + 1);
  staying[0] = 1;
  for (let bin = 0; bin + 1 < bins.length; bin++) {
    const width = (bins[bin + 1] ?? 0) - (bins[bin] ?? 0);
    staying[bin + 1] = (staying[bin] ?? 0) * Math.exp(-width * (hazard[bin] ?? 0));
  }
  return staying;
}
