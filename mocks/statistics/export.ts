import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { countTables } from './count-tables';
import { dayNumber, isoDate, parseLog } from './event-log';

const USAGE = `usage: npm run statistics:export -- --events FILE.csv[.gz] [--out FILE.json] [--as-of YYYY-MM-DD] [--weeks N]
  Counts an event log (case,procedure,stage,entered[,n]; stage DECIDED ends a case) into the tables of
  docs/contracts/statistics.yaml: counts only, no case leaves the machine. Without --out they go to standard output.`;

/** Reads the arguments, counts and writes the tables. Returns the exit code. */
function main(): number {
  const options = argumentsOrNull();
  if (!options?.events) return refuse('--events is needed');
  try {
    const events = parseLog(readText(options.events));
    // Without an as-of date the log ends the day after its last event, so its last whole week counts.
    const last = events.reduce((latest, event) => Math.max(latest, dayNumber(event.entered)), 0);
    const asOf = options['as-of'] ?? isoDate(last + 1);
    const weeks = options.weeks === undefined ? {} : { weeks: wholeNumber(options.weeks) };
    const tables = countTables(events, asOf, weeks);
    const json = `${JSON.stringify(tables)}\n`;
    if (options.out === undefined) process.stdout.write(json);
    else writeFileSync(options.out, json);
    for (const one of tables) {
      const kilobytes = Math.round(JSON.stringify(one).length / 1000);
      console.error(
        `${one.procedure}: ${one.inflow.length} weeks to ${one.asOf}, ${one.stages.length} stages, ${kilobytes} kB`,
      );
    }
    if (options.out !== undefined) console.log(JSON.stringify({ out: options.out, procedures: tables.length, asOf }));
    return 0;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem));
  }
}

function argumentsOrNull() {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ options: { events: text, out: text, 'as-of': text, weeks: text } }).values;
  } catch {
    return null;
  }
}

function readText(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new RangeError(`--weeks is "${text}"`);
  return Number(text);
}

function refuse(why: string): number {
  console.error(`${why}\n${USAGE}`);
  return 2;
}

process.exitCode = main();
