import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type CaseHistory, histories, parseLog } from '../../mocks/statistics/event-log';
import { simulate } from '../../mocks/statistics/simulate';
import { frameOf, replay } from './replay';
import { inWords, reportOf } from './report';

const USAGE = `usage: npm run backtest -- --log FILE.csv[.gz] [--json OUT] [--horizon DAYS] [--bin-middles]
       npm run backtest -- --world SEED [--weeks N] [--json OUT] [--horizon DAYS] [--bin-middles]
  --log          a log of case,procedure,stage,entered[,n]; the stage DECIDED ends a case
  --world        the simulated agency's world of this seed, 156 weeks unless --weeks says otherwise
  --json         write everything that was found to this file
  --horizon      how far ahead to look and score, days (a quarter of the log, at most 365, if left out)
  --bin-middles  ask with the middle of the count tables' bins instead of each case's own days`;

const WORLD_ENDS = '2026-01-05';

/**
 * Reads the arguments, replays the log and prints the report. Returns the exit code: 0, or 2 for invalid arguments or
 * an invalid log.
 */
function main(): number {
  const options = argumentsOrNull();
  if (!options) return refuse('unknown argument');
  if ((options.log === undefined) === (options.world === undefined)) return refuse('give either --log or --world');
  try {
    const horizon = options.horizon === undefined ? {} : { horizon: wholeNumber('--horizon', options.horizon) };
    const cases = options.log === undefined ? world(options.world ?? '', options.weeks) : readLog(options.log);
    if (cases.length === 0) return refuse('the log holds no case');
    const frame = frameOf(cases, horizon.horizon);
    if (frame.last < frame.first) return refuse(`the log is too short to look ${frame.horizon} days ahead`);
    const name = options.log === undefined ? `world ${options.world}` : basename(options.log);
    const report = reportOf(name, replay(cases, { ...horizon, atBinMiddles: options['bin-middles'] ?? false }));
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    console.log(inWords(report));
    const { stages, quarters, procedures, ...line } = report;
    const pinball = Object.entries(procedures).map(([procedure, s]) => [procedure, s.estimate.pinball]);
    console.log(JSON.stringify({ ...line, procedures: Object.fromEntries(pinball) }));
    return 0;
  } catch (problem) {
    return refuse(problem instanceof Error ? problem.message : String(problem));
  }
}

function argumentsOrNull() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      options: { log: text, world: text, weeks: text, json: text, horizon: text, 'bin-middles': flag },
    }).values;
  } catch {
    return null;
  }
}

function readLog(path: string): CaseHistory[] {
  const bytes = readFileSync(path);
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return histories(parseLog((zipped ? gunzipSync(bytes) : bytes).toString('utf8')));
}

function world(seed: string, weeks = '156'): CaseHistory[] {
  const options = { seed: wholeNumber('--world', seed), weeks: wholeNumber('--weeks', weeks) };
  return histories(simulate({ ...options, endsOn: WORLD_ENDS }));
}

function wholeNumber(option: string, value: string): number {
  if (!/^\d{1,6}$/.test(value) || (option !== '--world' && Number(value) === 0)) {
    throw new RangeError(`${option} is "${value}", not a whole number`);
  }
  return Number(value);
}

function refuse(why: string): number {
  console.error(`${why}\n${USAGE}`);
  return 2;
}

process.exitCode = main();
