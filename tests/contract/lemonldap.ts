import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildIfNeeded } from '../../mocks/build';
import { demoEnvironment } from '../../mocks/demo-environment';
import { freePort, startAgencyProcess, startDatabaseProcess, startPortalProcess } from '../../mocks/processes';
import { HAND_MADE } from '../../mocks/world/people';
import { Visitor } from '../load/visitor';

/**
 * Signs people in at LemonLDAP::NG, a provider that is not ours, from Debian's package lemonldap-ng: an employee and an
 * applicant by their groups, and one of whom the agency knows no number. Ends with 77 where it is not installed.
 */
const NOT_RUN = 77;
const PORTAL = '/usr/share/lemonldap-ng/portal';
const CLIENT = { id: 'zicht', secret: '5f2c9b7e41d84a06b3aa' };
/** A citizen service number of the simulated agency: Amal's. */
const { bsn: BSN } = HAND_MADE.find(({ slug }) => slug === 'amal') ?? { bsn: '' };
const START_MS = 30_000;

const isThere = (program: string, ...args: string[]) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;
if (!isThere('plackup', '--version') || !isThere('perl', '-e', 'use Lemonldap::NG::Portal::Issuer::OpenIDConnect')) {
  console.log('not run: lemonldap-ng is not installed (with libplack-perl and the packages that it recommends)');
  process.exit(NOT_RUN);
}

buildIfNeeded();
const folder = mkdtempSync(join(tmpdir(), 'zicht-lemonldap-'));
const origin = `http://localhost:${await freePort()}`;
const issuer = `http://localhost:${await freePort()}`;
const provider = startProvider();
const [database, agency] = await Promise.all([
  startDatabaseProcess(),
  startAgencyProcess({ port: 0, oidcPort: 0, origin }),
]);
const faults: string[] = [];
try {
  await untilOpen();
  const portal = await startPortalProcess({
    ...demoEnvironment({ origin, agency: agency.url, issuer }),
    DATABASE_URL: database.url,
    LOG_LEVEL: 'warn',
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_SCOPE: 'openid profile',
    OIDC_CLAIMS: JSON.stringify({
      role: { from: '/groups', values: { timelords: 'staff', earthlings: 'applicant' } },
      staff_roles: { from: '/groups', values: { timelords: 'team-lead' } },
      // By the level of its way to sign in: a name and a password.
      acr: { from: '/acr', values: { 'loa-1': 'substantial', 'loa-2': 'high' } },
    }),
  });
  try {
    await expectAt('dwho', `${origin}/en/staff`, 'a team lead by their group');
    await expectAt('rtyler', `${origin}/en/cases`, 'an applicant by their group');
    await expectRefused('msmith');
  } finally {
    if (faults.length > 0) console.error(portal.recentOutput());
    await portal.stop();
  }
} finally {
  provider.kill('SIGTERM');
  if (provider.exitCode === null) await once(provider, 'exit');
  await Promise.all([agency.stop(), database.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(JSON.stringify({ ok: faults.length === 0, faults: faults.length }));
process.exitCode = faults.length === 0 ? 0 : 1;

/** Signs in by the provider's own form. The names of its demo accounts are their passwords. */
async function signIn(person: string) {
  const visitor = new Visitor();
  const form = await visitor.post(`${origin}/en/sign-in`, { to: '/en/cases' });
  const fields = Object.fromEntries(
    [...form.text.matchAll(/<input [^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value],
    ),
  );
  return { visitor, arrived: await visitor.post(form.url, { ...fields, user: person, password: person }) };
}

async function expectAt(person: string, address: string, whom: string): Promise<void> {
  const { visitor, arrived } = await signIn(person);
  const ok = arrived.status === 200 && arrived.url === address;
  console.log(`${whom} signs in: ${ok ? 'yes' : `ended at ${arrived.url} with ${arrived.status}`}`);
  if (!ok) faults.push(`${person} ended at ${arrived.url} with ${arrived.status}`);
  const out = await visitor.post(`${origin}/en/sign-out`, {});
  const after = await visitor.get(address);
  if (out.status !== 200 || after.url === address)
    faults.push(`${person} is still signed in: ${out.url} ${out.status}`);
}

async function expectRefused(person: string): Promise<void> {
  const { arrived } = await signIn(person);
  const ok = arrived.url.startsWith(origin) && !arrived.url.endsWith('/en/cases');
  console.log(`one without a number is refused: ${ok ? 'yes' : `ended at ${arrived.url}`}`);
  if (!ok) faults.push(`${person} ended at ${arrived.url} with ${arrived.status}`);
}

function startProvider(): ChildProcess {
  for (const part of ['conf', 'sessions', 'lock', 'cache']) mkdirSync(join(folder, part));
  writeFileSync(join(folder, 'conf/lmConf-1.json'), JSON.stringify(configuration()));
  const settings = join(folder, 'lemonldap-ng.ini');
  writeFileSync(
    settings,
    `[all]\nlogLevel = warn\n[configuration]\ntype = File\ndirName = ${folder}/conf\n[portal]\nstaticPrefix = /static\n` +
      `templateDir = ${PORTAL}/templates\nlanguages = en\n`,
  );
  return spawn('plackup', ['--host', '127.0.0.1', '--port', new URL(issuer).port, `${PORTAL}/htdocs/index.psgi`], {
    env: { ...process.env, LLNG_DEFAULTCONFFILE: settings },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

function configuration(): Readonly<Record<string, unknown>> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    cfgNum: 1,
    cfgAuthor: 'test',
    cfgDate: 1,
    key: 'a key of this test',
    domain: 'localhost',
    portal: `${issuer}/`,
    cookieName: 'lemonldap',
    authentication: 'Demo',
    userDB: 'Same',
    passwordDB: 'Null',
    registerDB: 'Null',
    globalStorage: 'Apache::Session::File',
    globalStorageOptions: {
      Directory: `${folder}/sessions`,
      LockDirectory: `${folder}/lock`,
      generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
    },
    persistentStorage: 'Apache::Session::File',
    persistentStorageOptions: { Directory: `${folder}/sessions`, LockDirectory: `${folder}/lock` },
    localSessionStorage: 'Cache::NullCache',
    tokenUseGlobalStorage: 1,
    demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' },
    // The agency knows one of the demo's people.
    macros: { bsn: `$uid eq "rtyler" ? "${BSN}" : ""` },
    locationRules: {},
    captcha_login_enabled: 0,
    captcha_mail_enabled: 0,
    captcha_register_enabled: 0,
    issuerDBOpenIDConnectActivation: 1,
    oidcServiceMetaDataIssuer: issuer,
    oidcServicePrivateKeySig: privateKey,
    oidcServicePublicKeySig: publicKey,
    oidcServiceKeyIdSig: 'k1',
    oidcServiceAllowAuthorizationCodeFlow: 1,
    oidcRPMetaDataOptions: {
      zicht: {
        oidcRPMetaDataOptionsClientID: CLIENT.id,
        oidcRPMetaDataOptionsClientSecret: CLIENT.secret,
        oidcRPMetaDataOptionsRedirectUris: `${origin}/auth/callback`,
        oidcRPMetaDataOptionsPostLogoutRedirectUris: `${origin}/auth/signed-out`,
        oidcRPMetaDataOptionsIDTokenSignAlg: 'RS256',
        oidcRPMetaDataOptionsBypassConsent: 1,
        oidcRPMetaDataOptionsLogoutBypassConfirm: 1,
        oidcRPMetaDataOptionsRequirePKCE: 1,
        oidcRPMetaDataOptionsUserIDAttr: 'uid',
      },
    },
    oidcRPMetaDataExportedVars: { zicht: { name: 'cn', bsn: 'bsn', groups: 'groups;string;always' } },
    oidcRPMetaDataOptionsExtraClaims: { zicht: { profile: 'name bsn groups' } },
  };
}

async function untilOpen(): Promise<void> {
  for (const since = Date.now(); Date.now() - since < START_MS; await sleep(100)) {
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error('LemonLDAP::NG does not answer');
}
