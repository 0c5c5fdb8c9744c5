import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIdentityProvider } from '../../mocks/identity/provider';
import { OIDC_CLIENT } from '../../mocks/secrets';
import { createWorld } from '../../mocks/world/world';
import { expect, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');
const LEVELS = ['low', 'substantial', 'high'];
const ISSUERS = {
  eid: {
    roles: ['applicant'],
    texts: { en: 'With your eID' },
    assurance: { levels: LEVELS, applicant: 'substantial' },
  },
  office: { roles: ['staff'], texts: { en: 'As an employee' }, assurance: { levels: LEVELS, staff: 'high' } },
};

/** A real OpenID provider at an origin of its own, for the callback of this name. */
async function startIssuer(portal: string, name: string) {
  let answer: RequestListener = () => {};
  const server = createServer((incoming, outgoing) => answer(incoming, outgoing)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const issuer = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  answer = createIdentityProvider({
    issuer,
    world: createWorld(),
    redirectUris: [`${portal}/auth/callback`, `${portal}/auth/callback/${name}`],
    postLogoutUris: [`${portal}/auth/signed-out`],
    withoutNumber: () => false,
  });
  return { name, issuer, server, clientId: OIDC_CLIENT.id, clientSecret: OIDC_CLIENT.secret };
}

test.use({
  settings: async ({ stack }, use) => {
    const issuers = await Promise.all(Object.keys(ISSUERS).map((name) => startIssuer(stack.origin, name)));
    const folder = mkdtempSync(join(tmpdir(), 'zicht-issuers-'));
    cpSync('mocks/agencies/ind', folder, { recursive: true });
    writeFileSync(join(folder, 'sign-in.json'), JSON.stringify({ providers: ISSUERS }));
    const without = { OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '', OIDC_ASSURANCE: '' };
    const list = issuers.map(({ server: _, ...one }) => one);
    await use({ ...without, AGENCY_DIR: folder, OIDC_PROVIDERS: JSON.stringify(list) });
    for (const { server } of issuers) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true });
  },
});

test('applicants sign in by one issuer and employees by another', async ({ page, stack, context }) => {
  const arriveBy = async (way: string, person: string, path: string) => {
    await context.clearCookies();
    await page.goto(`/en/sign-in?${new URLSearchParams({ to: path })}`);
    await page.getByRole('button', { name: way }).click();
    await page.locator(`button[name=person][value="${person}"]`).click();
    await page.waitForURL((url) => url.origin === stack.origin && !url.pathname.startsWith('/auth/'));
  };
  await arriveBy('With your eID', 'amal', '/en/cases');
  await expect(page).toHaveURL(`${stack.origin}/en/cases`);
  await page
    .getByRole('button', { name: t('common:signOut') })
    .first()
    .click();
  await expect(page).toHaveURL(`${stack.origin}/en/signed-out`);
  await arriveBy('As an employee', 'desk-1', '/en/helpdesk');
  await expect(page).toHaveURL(`${stack.origin}/en/helpdesk`);

  // An issuer makes nobody what it is not for.
  for (const [way, person] of [
    ['With your eID', 'desk-1'],
    ['As an employee', 'amal'],
  ] as const) {
    await arriveBy(way, person, '/en/cases');
    await expect(page.getByText(t('identity:signIn.failed'))).toBeVisible();
  }
});
