import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const installed =
  process.env.CHROMIUM ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const launchOptions = {
  ...(installed === undefined ? {} : { executablePath: installed }),
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

// A phone, unless a test says otherwise.
const { defaultBrowserType: _, ...phone } = devices['Pixel 5'];

export default defineConfig({
  testDir: 'tests',
  // One database for all workers, with an estimate that is trained once.
  globalSetup: './tests/e2e/cluster.ts',
  testMatch: '{e2e,a11y,faults,pictures}/**/*.spec.ts',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  outputDir: 'test-results',
  timeout: 90_000,
  // The server is on this machine: what has not come after ten seconds won't come.
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: Number(process.env.TEST_WORKERS ?? 2),
  forbidOnly: true,
  // Counted and named in the last lines of `npm test`.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    ...phone,
    viewport: { width: 360, height: 640 },
    // A phone's 2.75 device pixels cost a tenth of the run. Below 1.5 Chromium rounds the widths of letters, which no
    // phone does. The pictures set their own.
    deviceScaleFactor: 1.5,
    browserName: 'chromium',
    launchOptions,
    locale: 'nl-NL',
    // Its own test lets it work; to every other one it would only cost time.
    serviceWorkers: 'block',
    timezoneId: 'Europe/Amsterdam',
    // Recording costs more than the tests themselves: TRACE=1 turns it on.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
});
