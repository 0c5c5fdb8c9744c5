import { existsSync } from 'node:fs';
import { defineConfig, devices } from '@playwright/test';

const installed =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

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

const { defaultBrowserType: _, ...phone } = devices['Pixel 5'];

export default defineConfig({
  testDir: 'tests',
  testMatch: '{e2e,a11y,faults,pictures}/**/*.spec.ts',
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  outputDir: 'test-results',
  timeout: 90_000,
  // The server is on this machine: what has not come after ten seconds won't come.
  expect: { timeout: 10_000 },
  fullyParallel: true,
  workers: Number(process.env.TEST_WORKERS ?? 2),
  forbidOnly: true,
  // A second try for a machine that is busy with others' work; the summary says which needed it.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
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
  projects: [
    { name: 'phone', use: { ...phone, viewport: { width: 360, height: 640 } } },
    // What does not look at the page's size is run once.
    {
      name: 'desktop',
      use: { viewport: { width: 1280, height: 800 } },
      testIgnore: [
        'faults/**',
        'a11y/**',
        'pictures/**',
        '**/{access-guard,follow-call,session-end,signed-in,helpdesk,trust,move-crash,move,astray,taken,wait,mandate,search,watch,draw,without-code,process,language,session,offline,touches,visit,colleague,parity,authorisation,nobody-elses,looks}.spec.ts',
      ],
    },
  ],
});
