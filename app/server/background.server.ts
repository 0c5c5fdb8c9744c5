import { randomBytes, randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { alarm, errorName, log } from '~/platform/log.server';
import { jobSeconds } from '~/platform/metrics.server';
import { withinRequest } from '~/platform/request-context.server';
import { dropLeases, renewLease, takeLease } from '~/store/lease.server';

/** Work that the portal repeats while it runs. */
export interface Job {
  /** Names the lease, the log lines and the metrics. */
  readonly name: string;
  /** Seconds from the end of a round to the next one; up to a tenth is added at random, so that processes spread. */
  readonly everySeconds: number | (() => number);
  /** Set for a job that each process does for itself. All other jobs are done by one process at a time. */
  readonly inEveryProcess?: true;
  /**
   * One round. `signal` aborts when the process stops or loses the lease; the round then ends soon, or throws the
   * signal's reason.
   */
  run(signal: AbortSignal): Promise<void>;
}

export interface Background {
  /** Aborts running rounds, waits for their end and releases the leases. No round starts afterwards. */
  stop(): Promise<void>;
}

/** After this time other processes take over from one that no longer renews. */
const LEASE_SECONDS = 15;
const RENEWALS_A_LEASE = 3;
const JITTER = 0.1;

/**
 * Repeats each job until `stop`. A lease holds no connection between renewals, so a job may call out for minutes. A
 * failed round is logged and the next one comes in time.
 */
export function startBackground(jobs: readonly Job[], leaseSeconds = LEASE_SECONDS): Background {
  const holder = randomUUID();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const loops = jobs.map(repeat);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await dropLeases(holder).catch((error) => log('leases-not-dropped', { error: errorName(error) }, 'warn'));
    },
  };

  async function repeat(job: Job): Promise<void> {
    let wait = 0;
    while (await passed(1_000 * wait * (1 + JITTER * Math.random()), stopping.signal)) {
      const requestId = randomBytes(8).toString('hex');
      const context = { requestId, traceparent: null, route: `(job ${job.name})`, isJob: true } as const;
      await withinRequest(context, () => round(job));
      wait = period(job);
    }
  }

  async function round(job: Job): Promise<void> {
    const started = performance.now();
    const observe = (outcome: 'done' | 'failed' | 'aborted') =>
      jobSeconds.observe({ job: job.name, outcome }, (performance.now() - started) / 1_000);
    try {
      if (!job.inEveryProcess) return await leased(job, observe);
      await job.run(stopping.signal);
      observe('done');
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') return observe('aborted');
      alarm('job-failed', { job: job.name, error: errorName(error) });
      observe('failed');
    }
  }

  async function leased(job: Job, observe: (outcome: 'done' | 'aborted') => void): Promise<void> {
    const asked = performance.now();
    if (!(await takeLease(job.name, holder, leaseSeconds)) || stopping.signal.aborted) return;
    const lease = keepLease(job.name, asked);
    try {
      await job.run(lease.signal);
    } finally {
      lease.release();
    }
    observe(lease.signal.aborted ? 'aborted' : 'done');
    // No other process starts a round before the next one is due.
    if (!lease.signal.aborted) await renewLease(job.name, holder, period(job));
  }

  /**
   * Renews a lease until `release`. The signal aborts when another process has or may have the lease, and when this
   * process stops.
   *
   * @param asked when the lease was requested, on the process's own clock (milliseconds)
   */
  function keepLease(name: string, asked: number): { readonly signal: AbortSignal; release(): void } {
    const [round, over] = [new AbortController(), new AbortController()];
    // Not AbortSignal.any: what it ties to a signal that lives as long as the process is never freed on Node 20.
    const stopped = () => round.abort();
    stopping.signal.addEventListener('abort', stopped);
    let expiry = expireAfter(asked);
    void renew();
    return { signal: round.signal, release };

    function release(): void {
      over.abort();
      clearTimeout(expiry);
      stopping.signal.removeEventListener('abort', stopped);
    }

    function lose(): void {
      release();
      round.abort();
      log('lease-lost', { job: name }, 'warn');
    }

    function expireAfter(renewed: number): NodeJS.Timeout {
      return setTimeout(lose, renewed + leaseSeconds * 1_000 - performance.now());
    }

    async function renew(): Promise<void> {
      while (await passed((leaseSeconds * 1_000) / RENEWALS_A_LEASE, over.signal)) {
        const started = performance.now();
        // Without an answer the lease holds until it expires.
        const renewed = await renewLease(name, holder, leaseSeconds).catch(() => null);
        if (over.signal.aborted) return;
        if (renewed === false) return lose();
        if (renewed === null) continue;
        clearTimeout(expiry);
        expiry = expireAfter(started);
      }
    }
  }
}

const period = ({ everySeconds }: Job): number => (typeof everySeconds === 'number' ? everySeconds : everySeconds());

/** Resolves with true after this many milliseconds, or with false as soon as `signal` aborts. */
const passed = (ms: number, signal: AbortSignal): Promise<boolean> =>
  sleep(ms, true, { signal, ref: false }).catch(() => false);
