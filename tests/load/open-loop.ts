import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

export interface LoadRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly offered: number;
  readonly answered: number;
  /** Responses other than 2xx by status, and requests that timed out. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: number;
  /** Milliseconds since each request was due, not since it was sent; ascending. */
  readonly waits: readonly number[];
}

const TIMEOUT_MS = 10_000;
const TICK_MS = 5;

/**
 * Sends `rate` requests a second for `seconds`, each when it is due, without waiting for earlier ones. Resolves when
 * all are answered or timed out.
 */
export async function openLoop(
  origin: string,
  { rate, seconds, connections }: { readonly rate: number; readonly seconds: number; readonly connections: number },
  nth: (index: number) => LoadRequest,
): Promise<Outcome> {
  const pool = new Pool(origin, { connections, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
  const offered = rate * seconds;
  const statuses: Record<string, number> = {};
  const waits: number[] = [];
  const count = (status: string) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const send = async (index: number, due: number): Promise<void> => {
    try {
      const { statusCode, body } = await pool.request({
        method: 'GET',
        ...nth(index),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await body.dump({ limit: 1_000_000 });
      count(String(statusCode));
      waits.push(performance.now() - due);
    } catch {
      count('none');
    }
  };
  const started = performance.now();
  const running: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(offered, Math.floor(((performance.now() - started) / 1000) * rate));
      while (running.length < due) running.push(send(running.length, started + (running.length / rate) * 1000));
      if (running.length < offered) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  await Promise.all(running);
  await pool.close();
  const good = Object.entries(statuses).reduce((sum, [status, n]) => sum + (/^2/.test(status) ? n : 0), 0);
  return { offered, answered: good, statuses, errors: offered - good, waits: waits.sort((a, b) => a - b) };
}

/** CPU time of a process in milliseconds, all threads; null when the system does not report it. */
export function cpuOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

export const share = (sorted: readonly number[], part: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
