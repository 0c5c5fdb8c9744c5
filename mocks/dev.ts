// `npm run dev`: the portal under Vite, which reloads on changes, with the simulated agency.
import { createServer } from 'vite';
import { step } from './build';
import { demoEnvironment } from './demo-environment';
import { startAgencyProcess, startDatabaseUnlessSet } from './processes';

const port = Number(process.env.PORT ?? 3000);
const origin = `http://localhost:${port}`;

step('Starting the simulated agency');
const agency = await startAgencyProcess({ port: port + 1, oidcPort: port + 2, origin });
// A separate process would survive a crash of this one and keep its ports.
process.on('uncaughtException', async (error) => {
  console.error(error);
  await agency.stop();
  process.exit(1);
});
step('Starting the database');
const database = await startDatabaseUnlessSet('postgres');
Object.assign(process.env, { NODE_ENV: 'development', LOG_LEVEL: 'warn', DATABASE_URL: database.url });
Object.assign(
  process.env,
  demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer, everyPlanner: true, stepUp: true }),
);

const vite = await createServer({ server: { middlewareMode: true, hmr: { port: port + 3 } }, appType: 'custom' });
// Loaded by Vite, since the app's modules need its plugins.
const [{ createPortal }, { config }, { openStore, closeStore }] = await Promise.all([
  vite.ssrLoadModule('/app/server/portal.server.ts'),
  vite.ssrLoadModule('/app/config/config.server.ts'),
  vite.ssrLoadModule('/app/store/store.server.ts'),
] as const);
await openStore(config());
const build = () => vite.ssrLoadModule('virtual:remix/server-build');
const portal = createPortal({ config: config(), build, files: vite.middlewares, ready: async () => true });
portal.listen(port, '127.0.0.1', () =>
  console.log(`\n  The portal         ${origin}\n  Faults and clock   ${agency.url}/control\n`),
);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

async function stop() {
  // A terminal and the launcher both forward a signal.
  if (stopping) return;
  stopping = true;
  portal.close();
  portal.closeAllConnections();
  await Promise.all([vite.close(), closeStore(), agency.stop()]);
  await database.stop();
  process.exit(0);
}
