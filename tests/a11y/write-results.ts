import { readFileSync, writeFileSync } from 'node:fs';
import { type Report, resultsOf } from './results';

/** `npm run accessibility:results`: puts the counts of the last `npm test` into the accessibility statement. */
const files = process.argv.slice(2);
if (files.some((file) => !file.endsWith('.json'))) {
  console.error('Usage: npm run accessibility:results -- [test-results/playwright.json, or the reports of its parts]');
  process.exit(2);
}
try {
  const read = (file: string): Report => JSON.parse(readFileSync(file, 'utf8'));
  const results = resultsOf((files.length > 0 ? files : ['test-results/playwright.json']).map(read));
  writeFileSync('app/ui/accessibility-results.json', `${JSON.stringify(results, null, 2)}\n`);
  for (const [group, { passed, all }] of Object.entries(results.groups)) console.log(`${group}: ${passed} of ${all}`);
  console.log(JSON.stringify(results));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
