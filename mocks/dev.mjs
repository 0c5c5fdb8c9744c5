// `npm run dev`: the portal under Vite (changes show at once), with the simulated agency behind it.
import { demoEnvironment } from './demo-environment.mjs';
import { checkNode, installIfNeeded, step } from './prepare.mjs';
import { startAgencyProcess } from './processes.mjs';

checkNode();
installIfNeeded();
const port = Number(process.env.PORT ?? 3000);
const origin = `http://localhost:${port}`;

step('Starting the simulated agency');
const agency = await startAgencyProcess({ port: port + 1, oidcPort: port + 2, origin });
Object.assign(process.env, { NODE_ENV: 'development', LOG_LEVEL: 'warn' });
Object.assign(process.env, demoEnvironment({ origin, agency: agency.url, issuer: agency.issuer, everyPlanner: true }));

const { createServer } = await import('vite');
const vite = await createServer({ server: { middlewareMode: true, hmr: { port: port + 3 } }, appType: 'custom' });
const [{ createPortal }, { config }, { openStore, closeStore, storeAnswers }] = await Promise.all(
  ['server/portal.server.ts', 'config/config.server.ts', 'store/store.server.ts'].map((file) =>
    vite.ssrLoadModule(`/app/${file}`),
  ),
);
await openStore(config());
const build = () => vite.ssrLoadModule('virtual:remix/server-build');
const portal = createPortal({ config: config(), build, files: vite.middlewares, ready: storeAnswers });
portal.listen(port, '127.0.0.1', () =>
  console.log(`\n  The portal         ${origin}\n  Faults and clock   ${agency.url}/control\n`),
);

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    portal.close();
    portal.closeAllConnections();
    await Promise.all([vite.close(), closeStore(), agency.stop()]);
    process.exit(0);
  });
