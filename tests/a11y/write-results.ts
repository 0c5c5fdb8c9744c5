import { readFileSync, writeFileSync } from 'node:fs';
import { resultsOf } from './results';

/** `npm run accessibility:results`: puts the counts of the last `npm test` into the accessibility statement. */
const [from = 'test-results/playwright.json', ...more] = process.argv.slice(2);
if (more.length > 0) {
  console.error('Usage: npm run accessibility:results -- [test-results/playwright.json]');
  process.exit(2);
}
try {
  const results = resultsOf(JSON.parse(readFileSync(from, 'utf8')));
  writeFileSync('app/accessibility-results.json', `${JSON.stringify(results, null, 2)}\n`);
  for (const [group, { passed, all }] of Object.entries(results.groups)) console.log(`${group}: ${passed} of ${all}`);
  console.log(JSON.stringify(results));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
