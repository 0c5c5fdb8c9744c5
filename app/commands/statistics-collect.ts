import { parseArgs } from 'node:util';
import { RegistryUnavailable } from '~/agency/case-courses.server';
import { config } from '~/config/config.server';
import { collectCounts, MOST_A_SECOND, MOST_WEEKS } from '~/estimate/collect.server';
import { errorName } from '~/platform/log.server';
import { closeStore, openStore } from '~/store/store.server';

const FEWEST_WEEKS = 8;
const USAGE = `usage: npm run statistics:collect [-- --rate N] [--weeks N]
  counts the registry's cases up to the last Monday, for expected waits without a statistics API
  --rate   requests a second at most, 1 to ${MOST_A_SECOND} (the default)
  --weeks  how many weeks to count, ${FEWEST_WEEKS} to ${MOST_WEEKS} (the default)`;

// `npm run statistics:collect` reads cases and their statuses, and stores counts only. Stopped, it goes on next time.
const { rate, weeks } = optionsOrExit();
const started = performance.now();
const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
try {
  await openStore(config());
  const collected = await collectCounts({
    signal: stopping.signal,
    rate,
    weeks,
    // As long as a killed run keeps others out.
    waitSeconds: 35,
    report: ({ cursorOn, counted }) => console.log(`  ${counted} cases, received before ${cursorOn}`),
  });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  if (collected.outcome === 'busy') {
    console.error('Another process counts at the moment.');
    process.exitCode = 1;
  } else if (collected.outcome === 'known') console.log(`Cases up to ${collected.asOf} were counted before.`);
  else
    for (const { procedure, counted, skipped } of collected.procedures)
      console.log(`${procedure}: ${counted} cases counted, ${skipped} could not be read.`);
  console.log(JSON.stringify({ ...collected, seconds }));
} catch (error) {
  const why = error instanceof RegistryUnavailable ? error.message : `Stopped by an error (${errorName(error)})`;
  const rest = 'What was counted is stored; run the command again for the rest.';
  console.error(stopping.signal.aborted ? rest : `${why}. ${rest}`);
  process.exitCode = 1;
} finally {
  await closeStore();
}

function optionsOrExit() {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { rate: text, weeks: text } });
    const rate = Number(values.rate ?? MOST_A_SECOND);
    const weeks = Number(values.weeks ?? MOST_WEEKS);
    if (!(rate >= 1 && rate <= MOST_A_SECOND)) throw new Error(`--rate is not between 1 and ${MOST_A_SECOND}`);
    if (!Number.isInteger(weeks) || weeks < FEWEST_WEEKS || weeks > MOST_WEEKS)
      throw new Error(`--weeks is not between ${FEWEST_WEEKS} and ${MOST_WEEKS}`);
    config();
    return { rate, weeks };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return process.exit(2);
  }
}
