import { estimate } from '~/model/estimate/estimate';
import { train } from '~/model/estimate/train';
import type { StatisticsTables } from '~/model/statistics';
import { countTables } from '../../mocks/statistics/count-tables';
import { simulate } from '../../mocks/statistics/simulate';

const AS_OF = '2026-01-05';
const STAGES = 6;
const ROUNDS = 9;
const ESTIMATES = 2000;

/** Measures a retraining and an estimate for 8 procedures of 6 stages over 156 weeks of counts. */
function main(): void {
  const events = simulate({ seed: 11, weeks: 156, endsOn: AS_OF });
  const tables = countTables(events, AS_OF, { weeks: 156 }).map(withSixStages);
  const retrainMs: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now();
    train(tables, AS_OF);
    retrainMs.push(performance.now() - begin);
  }
  const model = train(tables, AS_OF);
  const estimateMs: number[] = [];
  for (let i = 0; i < ESTIMATES; i++) {
    const one = tables[i % tables.length];
    const stage = one?.stages[Math.floor(i / tables.length) % STAGES] ?? '';
    const inStageDays = (i * 7) % 120;
    const begin = performance.now();
    estimate(model, { procedure: one?.procedure ?? '', stage, inStageDays, ageDays: inStageDays + ((i * 13) % 200) });
    estimateMs.push(performance.now() - begin);
  }
  const result = {
    procedures: tables.length,
    stages: STAGES,
    weeks: 156,
    horizonDays: model.horizonDays,
    retrainMs: { first: round(retrainMs[0] ?? 0), median: quantile(retrainMs, 0.5), worst: quantile(retrainMs, 1) },
    estimateMs: { median: quantile(estimateMs, 0.5), p99: quantile(estimateMs, 0.99), worst: quantile(estimateMs, 1) },
    modelKilobytes: Math.round(JSON.stringify(model).length / 1000),
  };
  console.log(`Retraining ${result.procedures} procedures of ${STAGES} stages from ${result.weeks} weeks of counts:`);
  console.log(`  first ${result.retrainMs.first} ms, median of ${ROUNDS} ${result.retrainMs.median} ms (goal 500 ms)`);
  console.log(`One estimate, looking ${result.horizonDays} days ahead:`);
  console.log(`  median ${result.estimateMs.median} ms, 99th percentile ${result.estimateMs.p99} ms (goal 1 ms)`);
  console.log(`The model is ${result.modelKilobytes} kB of JSON.`);
  console.log(JSON.stringify(result));
}

/** Gives every procedure six stages. A missing stage gets a copy of the counts of an existing one. */
function withSixStages(tables: StatisticsTables): StatisticsTables {
  const own = tables.stages.length;
  const stages = Array.from({ length: STAGES }, (_, i) => tables.stages[i] ?? `extra-${i}`);
  const extra = stages.slice(own).map((_, i) => own + i);
  return {
    ...tables,
    stages,
    stageExposure: [
      ...tables.stageExposure,
      ...extra.flatMap((to) =>
        tables.stageExposure
          .filter((row) => row[1] === to % own)
          .map(([week, , bin, days]) => [week, to, bin, days] as const),
      ),
    ],
    stageExits: [
      ...tables.stageExits,
      ...extra.flatMap((copy) =>
        tables.stageExits
          .filter((row) => row[1] === copy % own)
          .map(([week, , bin, to, count]) => [week, copy, bin, to, count] as const),
      ),
    ],
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

main();
