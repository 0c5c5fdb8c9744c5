import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, TestCase } from 'vitest/node';

/** Lists the tests that passed only in a retry, so that `npm test` can name them in its last lines. */
export default class FlakyReporter implements Reporter {
  readonly #flaky: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#flaky.push(`${relative('.', test.module.moduleId)}: ${test.fullName}`);
  }

  onTestRunEnd(): void {
    writeFileSync('test-results/vitest-flaky.json', JSON.stringify(this.#flaky));
  }
}
