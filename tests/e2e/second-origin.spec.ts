import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createIdentityProvider } from '../../mocks/identity/provider';
import { createWorld } from '../../mocks/world/world';
import { expect, signInByForms, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');
/** The provider's pages that lead on to its second origin first. */
const LEADS_ON = /^\/(auth|session\/end)\?/;

interface Listening {
  readonly origin: string;
  readonly server: Server;
}

async function listen(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, origin: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}` };
}

/** A provider whose sign-in and sign-out go by a broker at another origin. Counts the visits to the broker. */
async function startProvider(portal: string) {
  let honest: RequestListener = () => {};
  const visits: string[] = [];
  const provider = await listen((incoming, outgoing) => {
    const url = incoming.url ?? '';
    if (!LEADS_ON.test(url) || url.endsWith('&broker')) return honest(incoming, outgoing);
    outgoing.writeHead(303, { location: broker.origin + url }).end();
  });
  const broker = await listen((incoming, outgoing) => {
    visits.push((incoming.url ?? '').split('?')[0] ?? '');
    outgoing.writeHead(303, { location: `${provider.origin}${incoming.url}&broker` }).end();
  });
  honest = createIdentityProvider({
    issuer: provider.origin,
    world: createWorld(),
    redirectUris: [`${portal}/auth/callback`],
    postLogoutUris: [`${portal}/auth/signed-out`],
    withoutNumber: () => false,
  });
  const stop = () =>
    Promise.all(
      [provider, broker].map(({ server }) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  return { issuer: provider.origin, broker: broker.origin, visits, stop };
}

let visits: readonly string[] = [];
test.use({
  settings: async ({ stack }, use) => {
    const provider = await startProvider(stack.origin);
    visits = provider.visits;
    await use({ OIDC_ISSUER: provider.issuer, OIDC_FORM_ORIGINS: provider.broker });
    await provider.stop();
  },
});

test('signing in and out works by a second origin', async ({ page, stack }) => {
  await signInByForms(page, 'amal', 'en');
  await expect(page).toHaveURL(`${stack.origin}/en/cases`);
  await page
    .getByRole('button', { name: t('common:signOut') })
    .first()
    .click();
  await expect(page).toHaveURL(`${stack.origin}/en/signed-out`);
  expect(visits).toEqual(['/auth', '/session/end']);
});
