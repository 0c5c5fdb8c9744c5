import { request } from 'undici';
import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import { bookedVisit, clientOf, givenMandate } from './own-references';
import { wordsOf } from './words';

const t = wordsOf('nl');

const whoLooked = async (client: Actor) => (await client.ask('GET', '/nl/who-looked')).body;

test('an advisor arranges visits as long as the client lets them', async ({ stack, agency }) => {
  const [client, advisor, other] = [
    await signedIn(stack, 'amal', 'applicant'),
    await signedIn(stack, 'adv-small', 'advisor'),
    await signedIn(stack, 'adv-large', 'advisor'),
  ];
  const mandate = await givenMandate(client, advisor, agency);
  const page = `/nl/advisor/clients/${await clientOf(advisor)}`;
  const seen = (await advisor.ask('GET', page)).body;
  const ref = /\/nl\/cases\/([\w-]+)\/appointment/.exec(seen)?.[1] ?? '';
  const search = `/nl/cases/${ref}/appointment`;

  // Without the client's choice the button leads to the way to get it, and nothing can be written.
  expect(seen).toContain(t('mandate:advisor.askToArrange'));
  expect(await advisor.ask('GET', search)).toMatchObject({ status: 302, to: '/nl/cases' });
  expect((await advisor.ask('POST', search, { slot: 'x' })).status).toBe(403);
  await stack.clearCaches();
  expect(await advisor.ask('GET', search)).toMatchObject({ status: 302, to: '/nl/cases' });
  const headers = { cookie: advisor.cookie, referer: stack.origin + page };
  const sent = await request(`${stack.origin}/nl/cases`, { headers });
  expect(sent.headers.location).toBe(page);
  await sent.body.dump();
  await advisor.ask('POST', page, { do: 'ask' });
  expect((await advisor.ask('GET', page)).body).toContain(t('mandate:advisor.askedToArrange', {}));
  const offers = [...(await client.ask('GET', '/nl/mandates')).body.matchAll(/href="(\/nl\/mandates\/[\w-]+)"/g)];
  const offer = offers.map(([, path = '']) => path).find((path) => !path.includes(mandate)) ?? '';
  expect((await client.ask('GET', offer)).body).toContain(t('mandate:scope.legend'));
  expect((await client.ask('GET', '/nl/cases')).body).toContain(offer);
  await client.ask('POST', offer, { do: 'yes', scope: 'arrange' });

  const { booking } = await bookedVisit(advisor, ref);
  const path = `/nl/bookings/${booking}`;
  expect((await client.ask('GET', path)).body).toContain(t('case:facts.advisor'));
  expect(await whoLooked(client)).toContain(t('audit:action.book'));
  expect(await other.ask('GET', path)).toMatchObject({ status: 302, to: '/nl/cases' });
  expect((await other.ask('POST', path, { do: 'cancel' })).status).toBe(403);
  // The client's own pages stay the client's own.
  expect(await advisor.ask('GET', `/nl/cases/${ref}`)).toMatchObject({ status: 302, to: '/nl/cases' });
  for (const own of ['/nl/mandates', '/nl/who-looked', '/nl/helpdesk/with-me', `/nl/cases/${ref}/statement`])
    expect((await advisor.ask('POST', own, { do: 'code' })).status, own).not.toBe(200);

  // A watch is the client's too, and no address of the advisor's is asked.
  const watch = `/nl/cases/${ref}/watch?move=${booking}`;
  expect((await advisor.ask('GET', watch)).body).not.toContain('name="email"');
  await client.ask('POST', offer, { do: 'scope', scope: 'look' });
  expect((await advisor.ask('POST', path, { do: 'cancel' })).status).toBe(403);
  expect(await advisor.ask('GET', path)).toMatchObject({ status: 302, to: '/nl/cases' });
  await client.ask('POST', offer, { do: 'scope', scope: 'arrange' });
  expect((await advisor.ask('POST', path, { do: 'cancel' })).status).toBe(200);
  await expect.poll(() => whoLooked(client)).toContain(t('audit:action.cancel-booking'));

  await client.ask('POST', offer, { do: 'end' });
  expect(await advisor.ask('GET', path)).toMatchObject({ status: 302, to: '/nl/cases' });
});

test('an office keeps its own number and notes to itself', async ({ stack, agency }) => {
  const [client, advisor] = [await signedIn(stack, 'amal', 'applicant'), await signedIn(stack, 'adv-small', 'advisor')];
  await givenMandate(client, advisor, agency);
  const page = `/nl/advisor/clients/${await clientOf(advisor)}`;
  await advisor.ask('POST', page, { do: 'reference', reference: '2026/Ünal-77' });
  await advisor.ask('POST', page, { do: 'note', note: 'Ring the sister' });
  const { body } = await advisor.ask('GET', page);
  expect(body).toContain('Ring the sister');
  expect(body).toContain('<title>2026/Ünal-77 ');
  const { to } = await advisor.ask('GET', '/nl/advisor?q=unal-77');
  expect(to).not.toContain('unal');
  expect((await advisor.ask('GET', to ?? '')).body).toContain(page);
  expect((await advisor.ask('GET', '/nl/advisor/deadlines')).body).toContain('2026/Ünal-77');
  expect((await advisor.ask('GET', '/nl/advisor/own-files')).body).toContain('Ring the sister');

  // A change of the agency's facts is marked until the advisor has looked.
  const changed = async () => (await advisor.ask('GET', '/nl/advisor?changed=1')).body.includes(page);
  expect(await changed()).toBe(false);
  await stack.query("update case_seen set mark = 'older'");
  expect(await changed()).toBe(true);
  await advisor.ask('GET', page);
  expect(await changed()).toBe(false);
});
