import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

export interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly offered: number;
  readonly answered: number;
  /** Answers that are no 2xx, by status; and requests that got none in time. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: number;
  /** Milliseconds from the moment at which a request was due, not from when there was room to send it; ascending. */
  readonly waits: readonly number[];
}

const PATIENCE_MS = 10_000;
const TICK_MS = 5;

/**
 * Sends so many requests a second for so long, each when it is due, whether or not the ones before it were answered: as
 * people come. Ends when all are answered or out of patience.
 */
export async function openLoop(
  origin: string,
  { rate, seconds, connections }: { readonly rate: number; readonly seconds: number; readonly connections: number },
  nth: (index: number) => Asked,
): Promise<Outcome> {
  const pool = new Pool(origin, { connections, headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
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
        signal: AbortSignal.timeout(PATIENCE_MS),
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

/** Processor time that a process has used, milliseconds, all its threads; null where the system does not tell. */
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
