import { globSync, readFileSync } from 'node:fs';
import tsconfigPaths from 'vite-tsconfig-paths';
import { defineConfig } from 'vitest/config';
import { AGENCY_TOKEN, ZGW_CLIENT } from './mocks/secrets';
import { inlineScripts } from './vite-inline-script';

const port = 4199;

/**
 * Tests that change their process (environment, spies, modules imported late) get one of their own. All others share
 * the modules of a worker: importing them anew costs a third of the processor time of all unit tests.
 */
const CHANGES_PROCESS = /\bprocess\.env\.\w+ = |assign\(process\.env|\bvi\.(?!fn\b|wait)|await import\(/;
const all = globSync('{app,mocks,tests}/**/*.test.{ts,tsx}');
const alone = all.filter((file) => CHANGES_PROCESS.test(readFileSync(file, 'utf8')));

export default defineConfig({
  plugins: [inlineScripts(), tsconfigPaths()],
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'together', include: all.filter((file) => !alone.includes(file)), isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    globalSetup: 'tests/database-cluster.ts',
    // Without this, style sheets are empty texts in tests that read their tokens.
    css: true,
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    // The default leaves a core idle, of which a small machine has two.
    maxWorkers: '100%',
    hookTimeout: 60_000,
    // A complete, valid configuration whose backends do not exist. A test that needs one sets its own.
    env: {
      NODE_ENV: 'test',
      ORIGIN: 'http://localhost:3000',
      DATABASE_URL: `postgres://localhost:${port}/none`,
      LOG_LEVEL: 'silent',
      SESSION_SECRET: 'demo-session-secret-of-the-unit-tests',
      OIDC_ISSUER: `http://localhost:${port}`,
      OIDC_CLIENT_ID: 'zicht',
      OIDC_CLIENT_SECRET: 'demo-client-secret',
      ZAKEN_URL: `http://localhost:${port}/zaken/api/v1`,
      CATALOGI_URL: `http://localhost:${port}/catalogi/api/v1`,
      ZGW_CLIENT_ID: ZGW_CLIENT.id,
      ZGW_SECRET: ZGW_CLIENT.secret,
      PLANNER_URL: `http://localhost:${port}/planner`,
      STATISTICS_URL: `http://localhost:${port}/statistics`,
      QUEUE_URL: `http://localhost:${port}/queue`,
      AGENCY_TOKEN,
      AGENCY_DIR: 'mocks/agencies/ind',
      AGENCY_NAME: 'Agency',
      AGENCY_PHONE: '+31 88 000 0000',
      PRIVACY_OFFICER_EMAIL: 'privacy@agency.example',
    },
  },
});
