import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as build from 'virtual:remix/server-build';
import sirv from 'sirv';
import { keepAuditHead } from '~/audit/anchor.server';
import { writeNotedActs } from '~/audit/noted-act.server';
import { type Config, config } from '~/config/config.server';
import { writeUses } from '~/effect/page-use.server';
import { prepareProviders } from '~/identity/provider.server';
import { wordKeysOf } from '~/model/agency';
import { knowsListedDays } from '~/model/working-days';
import { clearCaches } from '~/platform/caches.server';
import { today } from '~/platform/clock.server';
import { errorName, log } from '~/platform/log.server';
import { buildInfo } from '~/platform/metrics.server';
import { startTracing, stopTracing } from '~/platform/tracing.server';
import { takeAgencyTexts, takeTextsFrom } from '../i18n/catalogues.server';
import { takeLanguages } from '../i18n/shown-languages.server';
import { closeStore, openStore } from '../store/store.server';
import { startBackground } from './background.server';
import { healthParts } from './health.server';
import { jobs } from './jobs.server';
import { createPortal, type Files } from './portal.server';
import { drain } from './shutdown.server';

const YEAR_SECONDS = 31_536_000;
/** How long a stopping portal waits for each of its last calls to the database. */
const STORE_MS = 1_000;

await main();

/** The portal as a process: configuration, store, server, and a shutdown that loses no request. */
async function main(): Promise<void> {
  const started = performance.now();
  // Errors of a library name our own code only some frames further down.
  Error.stackTraceLimit = 30;
  const settings = configOrExit();
  if (settings.TEXTS_FROM) takeTextsFrom(settings.TEXTS_FROM);
  takeLanguages(settings.AGENCY_DIR.languages, settings.AGENCY_DIR.language);
  const { texts, placeOf } = settings.AGENCY_DIR;
  const faults = takeAgencyTexts(texts, wordKeysOf(settings.AGENCY_DIR), placeOf);
  if (faults.length > 0) {
    process.stderr.write(`Texts of AGENCY_DIR:\n${faults.map((fault) => `  ${fault}\n`).join('')}`);
    process.exit(1);
  }
  buildInfo.set({ version: versionOf(), build: build.assets.version, node: process.versions.node }, 1);
  await startTracing(settings);
  let draining = false;
  try {
    await openStore(settings);
    // A database that is away meanwhile is found out by the same job.
    await keepAuditHead().catch(() => {});
  } catch (error) {
    log('error', { error: errorName(error) }, 'error');
    process.stderr.write(`The database is not usable: ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }

  const background = startBackground(jobs());
  const ready = async () => !draining;
  const server = createPortal({ config: settings, build, files: clientFiles(), ready, parts: healthParts });
  server.on('error', (error) => {
    process.stderr.write(`The portal can't listen on ${settings.HOST}:${settings.PORT}: ${error.message}\n`);
    stop(1);
  });
  server.listen(settings.PORT, settings.HOST, () => {
    log('started', { ms: Math.round(performance.now() - started) });
    log('emergencies', { outcome: settings.EMERGENCIES });
    const { OUTSIDE_FOLDER } = settings;
    if (OUTSIDE_FOLDER.length > 0) log('settings-of-the-folder', { outcome: OUTSIDE_FOLDER.join(' ') }, 'warn');
    if (settings.AGENCY_DIR.letters && !settings.DOCUMENTEN_URL) log('letters-without-documents', {}, 'warn');
    const nextYear = today(settings.AGENCY_ZONE).year + 1;
    if (!knowsListedDays(nextYear, settings.AGENCY_DIR.law.freeDays))
      log('equated-days-unknown', { outcome: `${nextYear}` }, 'warn');
    prepareProviders();
  });

  // The log's reader may be gone: a line that can't be written must not be reported as a fault, which would be logged
  // again.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(0));
  clearCachesForParent(settings);
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(fault, (error) => {
      log('error', { error: errorName(error) }, 'error');
      stop(1);
    });

  function stop(code: 0 | 1): void {
    if (draining) return;
    draining = true;
    const drainMs = 1_000 * settings.DRAIN_SECONDS;
    log('stopping');
    Promise.all([
      drain({ server, noticeMs: 1_000 * settings.DRAIN_NOTICE_SECONDS, drainMs }),
      Promise.race([background.stop(), sleep(drainMs)]),
    ])
      // A database that hangs must not keep the process until it is killed.
      .then(() =>
        Promise.race([writeNotedActs(true), sleep(STORE_MS)]).catch((error) =>
          log('audit-unavailable', { error: errorName(error) }, 'error'),
        ),
      )
      .then(() => Promise.race([writeUses().catch(() => {}), sleep(STORE_MS)]))
      .then(() => Promise.race([closeStore(), sleep(STORE_MS)]))
      .then(() => stopTracing().catch(() => log('traces-not-sent', {}, 'warn')))
      .then(() => log('stopped'))
      .then(() => process.exit(code))
      .catch((error) => {
        log('error', { error: errorName(error) }, 'error');
        process.exit(1);
      });
  }
}

/**
 * Lets the parent process clear the memory of this one, for tests that need a fresh portal without a restart. No request
 * gets here: it takes Node's own channel to a parent process, and a portal on a local address. It changes no row.
 */
function clearCachesForParent({ local }: Config): void {
  if (!local || !process.send) return;
  process.on('message', (message) => {
    if (message === 'clear-caches') clearCaches().then(() => process.send?.('cleared'));
  });
}

/** The version in package.json, which stands above the build: Node needs it there too. */
function versionOf(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(version);
}

function configOrExit(): Config {
  try {
    const settings = config();
    if (!isWithinYear(settings.SECURITY_EXPIRES))
      throw new Error('Configuration:\n  SECURITY_EXPIRES: is past, or more than a year ahead');
    return settings;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return process.exit(1);
  }
}

/** A security.txt that has expired tells nobody where to report (RFC 9116). Without a date there is no file. */
function isWithinYear(day: string | undefined): boolean {
  const days = day === undefined ? 1 : (Date.parse(day) - Date.now()) / 86_400_000;
  return days > 0 && days <= 366;
}

/** Files of the client build, read once at the start; those with a hash in the name are immutable. */
function clientFiles(): Files {
  const folder = fileURLToPath(new URL('../client', import.meta.url));
  const hashed = (path: string) => path.startsWith('/assets/');
  return sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    maxAge: 3_600,
    setHeaders: (response, path) => {
      if (hashed(path)) response.setHeader('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`);
    },
  });
}
