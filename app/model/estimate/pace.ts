/** Cases' worth of belief that the queue moves as the life table says. */
const PRIOR = 10;
/** The queue is never believed to be more times slower or quicker than this. */
const BOUND = 3;
/** Days after which what is usual counts more than what was seen of late: surges and shortages of staff pass. */
const PASSING_DAYS = 25;

/** A queue as the last weeks show it. */
export interface Queue {
  /** Cases waiting, by bin of time waited. */
  readonly waiting: Float64Array;
  /** Cases that leave it a day, lately and usually. */
  readonly leavingADay: number;
  readonly usuallyADay: number;
}

/**
 * How many times longer a wait will be, by bin of time waited, than the life table says, if the queue is served in
 * order: those who waited longer must go first at the pace of the last weeks (Little's law), which a life table only
 * learns of when it has happened. How far a line is such a queue, `elasticity` says. 1 where the queue is as long as the
 * table would have it. `seenDays`: how far back the counts go.
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
    // No queue can be older than the counts, so neither is the one that it is compared with.
    const width = Math.max(0, Math.min(seenDays, bins[bin + 1] ?? seenDays) - (bins[bin] ?? 0));
    const days = ((staying[bin] ?? 0) * -Math.expm1(-rate * width)) / rate;
    // A new case stands behind all of the first bin, any other behind half of its own.
    const part = bin === 0 ? 1 : 0.5;
    const slower =
      (ahead + part * here + PRIOR) / (throughput(queue, ahead + part * here) * (expectedDays + part * days) + PRIOR);
    pace[bin] = Math.min(BOUND, Math.max(1 / BOUND, slower));
    ahead += here;
    expectedDays += days;
  }
  return pace;
}

/** Cases a day over the time that `people` ahead will take: as of late at first, then more and more as usual. */
function throughput({ leavingADay, usuallyADay }: Queue, people: number): number {
  const spans = people / Math.max(leavingADay, 1e-9) / PASSING_DAYS;
  const lately = spans > 1e-6 ? -Math.expm1(-spans) / spans : 1;
  return lately * leavingADay + (1 - lately) * usuallyADay;
}

/** Share still waiting at each bin's lower edge; nobody after the last bin, which has no end. */
function survivalAtEdges(bins: readonly number[], hazard: ArrayLike<number>): Float64Array {
  const staying = new Float64Array(bins.length + 1);
  staying[0] = 1;
  for (let bin = 0; bin + 1 < bins.length; bin++) {
    const width = (bins[bin + 1] ?? 0) - (bins[bin] ?? 0);
    staying[bin + 1] = (staying[bin] ?? 0) * Math.exp(-width * (hazard[bin] ?? 0));
  }
  return staying;
}
