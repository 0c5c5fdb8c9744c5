/** One row each time a case enters a stage. The stage `DECIDED` ends the case. */
export interface LogEvent {
  readonly case: string;
  readonly procedure: string;
  readonly stage: string;
  /** ISO date (taken as noon, to avoid a bias of half a day) or ISO date-time, UTC unless it has an offset. */
  readonly entered: string;
  /** The number of equal cases. */
  readonly n?: number;
}

/** A case as counted. Times in days since 1970-01-01 UTC. */
export interface CaseHistory {
  readonly procedure: string;
  readonly n: number;
  readonly stages: readonly string[];
  readonly entered: readonly number[];
  /** Infinity while the case is open. */
  readonly decided: number;
}

export const DECIDED_STAGE = 'DECIDED';
const MS_A_DAY = 86_400_000;

/** Days since 1970-01-01 UTC. Throws RangeError for anything that is not an ISO date or date-time. */
export function dayNumber(iso: string): number {
  const dateOnly = iso.length === 10;
  const zoned = dateOnly || /(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const ms = Date.parse(dateOnly ? `${iso}T12:00:00Z` : zoned ? iso : `${iso.replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${iso}" is not an ISO date`);
  return ms / MS_A_DAY;
}

/** ISO date of a day number. */
export function isoDate(day: number): string {
  return new Date(Math.floor(day) * MS_A_DAY).toISOString().slice(0, 10);
}

/** The Monday on or before a day number (1970-01-05 was one). */
export function mondayBefore(day: number): number {
  return Math.floor((day - 4) / 7) * 7 + 4;
}

/** Groups events by case and sorts each case's events by time. */
export function histories(events: Iterable<LogEvent>): CaseHistory[] {
  const byCase = new Map<string, { procedure: string; n: number; steps: [number, string][] }>();
  for (const event of events) {
    const key = `${event.procedure}\n${event.case}`;
    let one = byCase.get(key);
    if (!one) {
      one = { procedure: event.procedure, n: event.n ?? 1, steps: [] };
      byCase.set(key, one);
    }
    one.steps.push([dayNumber(event.entered), event.stage]);
  }
  return [...byCase.values()].flatMap(({ procedure, n, steps }) => {
    steps.sort(byTime);
    const end = steps.findIndex(([, stage]) => stage === DECIDED_STAGE);
    const open = end < 0 ? steps : steps.slice(0, end);
    if (open.length === 0) return [];
    const decided = end < 0 ? Number.POSITIVE_INFINITY : (steps[end]?.[0] ?? 0);
    return [{ procedure, n, stages: open.map(([, stage]) => stage), entered: open.map(([day]) => day), decided }];
  });
}

/** At the same moment a decision follows a stage; otherwise rows keep their order. */
function byTime(a: readonly [number, string], b: readonly [number, string]): number {
  return a[0] - b[0] || Number(a[1] === DECIDED_STAGE) - Number(b[1] === DECIDED_STAGE);
}

/** Parses `case,procedure,stage,entered[,n]`. Throws RangeError with the line number for an invalid row. */
export function parseLog(csv: string): LogEvent[] {
  const lines = csv.split(/\r?\n/);
  const header = (lines[0] ?? '').replace(/^\uFEFF/, '');
  if (!/^case,procedure,stage,entered(,n)?$/.test(header)) {
    throw new RangeError(`line 1: expected "case,procedure,stage,entered[,n]", got "${header.slice(0, 80)}"`);
  }
  const events: LogEvent[] = [];
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [id = '', procedure = '', stage = '', entered = '', count] = cells(line);
    if (id === '' || procedure === '' || stage === '') throw new RangeError(`line ${at + 1}: a field is empty`);
    const n = count === undefined || count === '' ? 1 : Number(count);
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`line ${at + 1}: n is "${count}"`);
    try {
      dayNumber(entered);
    } catch {
      throw new RangeError(`line ${at + 1}: "${entered}" is not an ISO date`);
    }
    events.push({ case: id, procedure, stage, entered, n });
  }
  return events;
}

/** Fields of a CSV line. A field may be in double quotes, where a doubled quote stands for one. */
function cells(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}
