import { createHmac } from 'node:crypto';
import { DEFAULT_RIGHTS, type Right } from '../../app/model/rights';
import type { Agency } from '../../mocks/agency';
import { SESSION_SECRET } from '../../mocks/secrets';
import type { Person } from '../../mocks/world/people';
import { type Actor, type Answer, type Method, signedIn } from './actors';
import { expect, signIn, test } from './fixtures';
import { referenceOf } from './looking';
import { openedView } from './own-references';
import type { Stack } from './stack';
import { onlyZms } from './visits';
import { wordsOf } from './words';

const { applicant, representative, family, sponsor } = DEFAULT_RIGHTS;

/** What each person of the two cases with every role may do, by the end of their sign-in id. */
const PEOPLE: Readonly<Record<string, readonly Right[]>> = {
  '': applicant,
  '-guardian': representative,
  '-brother': family,
  '-sponsor': sponsor,
  '-former': [],
  '-adviser': [],
  '-handler': [],
  '-contact': [],
};
const CASES = ['salma', 'yaruba'] as const;

interface Page {
  readonly method: Method;
  readonly path: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly mayDo: (rights: readonly Right[]) => boolean;
}

const has = (right: Right) => (rights: readonly Right[]) => rights.includes(right);
const books = (rights: readonly Right[]) => has('book-all')(rights) || has('book-self')(rights);
const PAGES: readonly Page[] = [
  { method: 'GET', path: '', mayDo: has('wait') },
  { method: 'GET', path: '/now', mayDo: has('wait') },
  { method: 'GET', path: '/appointment', mayDo: books },
  { method: 'GET', path: '/appointment/slots', mayDo: books },
  { method: 'GET', path: '/watch', mayDo: books },
  { method: 'POST', path: '/watch', fields: { do: 'stop' }, mayDo: books },
  { method: 'POST', path: '/appointment', fields: { slot: 'GONE.1' }, mayDo: books },
  { method: 'POST', path: '/appointment', fields: { draw: 'take' }, mayDo: books },
];

test.setTimeout(120_000);

test('the rights of each role hold on every page', async ({ stack, agency }) => {
  const faults: string[] = [];
  for (const first of CASES)
    for (const [ending, rights] of Object.entries(PEOPLE)) {
      const actor = await signedIn(stack, first + ending, 'applicant');
      const person = agency.world.personCalled(actor.name);
      for (const other of CASES)
        for (const page of PAGES) {
          const reference = nameOf(person, agency, other);
          const ask = (ref: string) => actor.ask(page.method, `/nl/cases/${ref}${page.path}`, page.fields ?? {}, [ref]);
          const [answer, none] = [await ask(reference), await ask(`${reference.slice(0, -3)}zzz`)];
          const allowed = first === other && page.mayDo(rights);
          const said = `${actor.name} ${page.method} ${page.path} of ${other}: ${answer.status}`;
          if (allowed && answer.status === 404) faults.push(`${said}, is allowed`);
          if (!allowed && !isSame(answer, none)) faults.push(`${said}, differs from a case that does not exist`);
          if (!allowed && none.status !== 404) faults.push(`${said}, a missing case is a ${none.status}`);
        }
      faults.push(...(await actsOf(actor, first, rights, agency)));
    }
  expect(faults).toEqual([]);
});

/** What a person gets of their own case beside its pages: the list, names, mandates, a code for the helpdesk. */
async function actsOf(actor: Actor, of: string, rights: readonly Right[], agency: Agency): Promise<string[]> {
  const reference = referenceOf(agency, of);
  const may = (right: Right) => rights.includes(right);
  const list = await actor.ask('GET', '/nl/cases');
  const ownPage = await actor.ask('GET', `/nl/cases/${nameOf(agency.world.personCalled(actor.name), agency, of)}`);
  const mandate = await actor.ask('POST', '/nl/mandates', { do: 'code' });
  const offer = await actor.ask('POST', '/nl/mandates', { do: 'offer', office: '002220647', months: '3', reference });
  const code = await actor.ask('POST', '/nl/helpdesk/with-me', { do: 'code', replace: '1' });
  const names = agency.world.cases.find((file) => file.reference === reference)?.parties ?? [];
  const strangers = names.filter(({ person }) => person.slug !== actor.name && ownPage.body.includes(person.given));
  const found: readonly (readonly [string, boolean, boolean])[] = [
    ['the list', may('wait'), list.body.includes(reference)],
    ['names of others', may('persons'), strangers.length > 0],
    ['a code for an advisor', may('mandate'), /class="code"/.test(mandate.body)],
    ['an offer to an office', may('mandate'), offer.status === 200],
    ['a code for the helpdesk', may('helpdesk'), code.status === 200],
  ];
  return found.flatMap(([what, wanted, got]) => (wanted === got ? [] : [`${actor.name}: ${what} is ${got}`]));
}

test('a proxy who filed sees nothing, and the client is listed once', async ({ stack, agency }) => {
  for (const client of ['tarek', 'irenka']) {
    const reference = referenceOf(agency, client);
    const proxy = await signedIn(stack, `${client}-proxy`, 'applicant');
    expect((await proxy.ask('GET', '/nl/cases')).body).not.toContain(reference);
    const { body } = await (await signedIn(stack, client, 'applicant')).ask('GET', '/nl/cases');
    expect(body.split(`>${reference}<`)).toHaveLength(2);
  }
});

test('a sponsor can’t hold a slot, book, or see what others booked', async ({ stack, agency }) => {
  const [guardian, sponsorOf] = [await signedIn(stack, 'salma-guardian', 'applicant'), await sponsorIn(stack)];
  const booking = await bookedBy(guardian, agency);
  const reference = nameOf(agency.world.personCalled('salma-sponsor'), agency, 'salma');
  await sponsorOf.ask('POST', `/nl/cases/${reference}/appointment`, { slot: 'AM.1', 'vNumber-1': '2811000137' });
  expect(await stack.query(`select 1 from hold where state = 'held'`)).toHaveLength(0);
  for (const path of ['', '/fewer', '/calendar', '/card']) {
    const there = await sponsorOf.ask('GET', `${booking}${path}`, {}, [booking]);
    expect(there.body).not.toContain('Rachida');
    expect([302, 404]).toContain(there.status);
  }
  expect((await sponsorOf.ask('POST', booking)).status).toBe(404);
  expect(await stack.query(`select 1 from booking where state = 'booked'`)).toHaveLength(1);
});

test('what a guardian booked belongs to the child, who cancels it', async ({ stack, agency }) => {
  const guardian = await signedIn(stack, 'salma-guardian', 'applicant');
  const booking = await bookedBy(guardian, agency, { 'givenName-1': 'Forged', 'vNumber-1': '2811000137' });
  const made = await bookingsAt(agency);
  const numbers = made[0]?.customers.map((each) => each.vnumber ?? each.vNumber);
  expect(numbers).toContain(agency.world.personCalled('salma')?.vNumber);
  expect(JSON.stringify(made)).not.toContain('Forged');
  const child = await signedIn(stack, 'salma', 'applicant');
  const page = await child.ask('GET', booking);
  const t = wordsOf('nl');
  const maker = `Rachida Benali</bdi> · ${t('case:facts.representative')}`;
  expect(page.body.replaceAll('<!-- -->', '')).toContain(maker);
  const agent = await signedIn(stack, 'desk-2', 'staff');
  const seen = `/nl/helpdesk/calls/${await openedView(agent, child, agency)}/view`;
  for (const [who, list] of [
    [child, '/nl/cases'],
    [agent, seen],
  ] as const) {
    const link = new RegExp(`href="(${list}/[\\w-]{22})"`).exec((await who.ask('GET', list)).body)?.[1];
    expect((await who.ask('GET', link ?? '')).body.replaceAll('<!-- -->', '')).toContain(
      `${t('case:visit.madeBy')}: <bdi translate="no">${maker}`,
    );
  }
  const brother = await signedIn(stack, 'salma-brother', 'applicant');
  expect((await brother.ask('GET', booking)).status).toBe(200);
  expect((await brother.ask('POST', booking)).status).toBe(404);
  expect((await child.ask('POST', booking)).status).toBe(200);
  expect(await stack.query(`select 1 from booking where state = 'cancelled'`)).toHaveLength(1);
});

test('a family member’s own visit keeps the applicant from nothing', async ({ stack, agency }) => {
  const brother = await signedIn(stack, 'salma-brother', 'applicant');
  const own = await bookedBy(brother, agency);
  expect(JSON.stringify(await bookingsAt(agency))).toContain('Ilyas');
  expect(JSON.stringify(await bookingsAt(agency))).not.toContain('Salma');
  const child = await signedIn(stack, 'salma', 'applicant');
  expect((await child.ask('GET', own)).body).toContain('Ilyas Benali');
  const search = await child.ask(
    'GET',
    `/nl/cases/${nameOf(agency.world.personCalled('salma'), agency, 'salma')}/appointment`,
  );
  expect(search.body).toContain('name="slot"');
  expect((await child.ask('POST', own)).status).toBe(200);
  expect(await stack.query(`select 1 from booking where state = 'cancelled'`)).toHaveLength(1);
});

test.describe('with a planner that allows a second booking', () => {
  test.use({ settings: async ({ stack }, use) => use(onlyZms(stack)) });

  test('a relative’s second visit is asked for, then booked for both', async ({ stack, agency }) => {
    const t = wordsOf('nl');
    const brother = await signedIn(stack, 'salma-brother', 'applicant');
    await bookedBy(brother, agency);
    const child = await signedIn(stack, 'salma', 'applicant');
    const search = `/nl/cases/${nameOf(agency.world.personCalled('salma'), agency, 'salma')}/appointment`;
    const [, slot = ''] = /name="slot" value="([^"]+)"/.exec((await child.ask('GET', search)).body) ?? [];
    const { to: hold } = await child.ask('POST', `${search}?persons=2`, { slot });
    const before = t('appointment:hold.hasVisit').split('{{')[0] ?? '';
    expect((await child.ask('GET', hold ?? '')).body).toContain(before.trim());
    const form = { do: 'confirm', email: 'family@example.org' };
    const refused = await child.ask('POST', hold ?? '', form);
    expect([refused.status, refused.body.includes(t('appointment:hold.needTwice'))]).toEqual([422, true]);
    expect(await stack.query(`select 1 from booking where state = 'booked'`)).toHaveLength(1);
    const booked = await child.ask('POST', hold ?? '', { ...form, twice: '1' });
    expect(booked.to).toMatch(/^\/nl\/bookings\//);
    const owners = await stack.query(
      `select owner, made_by, visitors from booking where state = 'booked' order by created_at`,
    );
    const [ofBrother, ofChild] = ['salma-brother', 'salma'].map((slug) => ownerOf(agency.world.personCalled(slug)));
    expect(owners).toEqual([
      { owner: ofBrother, made_by: ofBrother, visitors: [ofBrother] },
      { owner: ofChild, made_by: ofChild, visitors: [ofChild, ofBrother] },
    ]);
  });
});

test('everybody whose data a mandate opens sees it and each look', async ({ stack, agency }) => {
  const guardian = await signedIn(stack, 'salma-guardian', 'applicant');
  const advisor = await signedIn(stack, 'adv-small', 'advisor');
  const code = /class="code"[^>]*>([\d ]+)</.exec(
    (await guardian.ask('POST', '/nl/mandates', { do: 'code' })).body.replaceAll('<!-- -->', ''),
  )?.[1];
  await advisor.ask('POST', '/nl/advisor/mandates', { reference: referenceOf(agency, 'salma'), code: code ?? '' });
  const [, mandate] = /\/nl\/mandates\/([\w-]+)/.exec((await guardian.ask('GET', '/nl/mandates')).body) ?? [];
  await guardian.ask('POST', `/nl/mandates/${mandate}`, { do: 'yes' });
  const [, client] = /\/nl\/advisor\/clients\/([\w-]+)/.exec((await advisor.ask('GET', '/nl/advisor')).body) ?? [];
  expect((await advisor.ask('GET', `/nl/advisor/clients/${client}`)).body).toContain('Salma');
  const t = wordsOf('nl');
  for (const [name, sees] of [
    ['salma', true],
    ['salma-brother', true],
    ['salma-sponsor', false],
  ] as const) {
    const person = await signedIn(stack, name, 'applicant');
    expect((await person.ask('GET', '/nl/mandates')).body.includes('Rachida Benali'), name).toBe(sees);
    expect((await person.ask('GET', '/nl/who-looked')).body, name).toContain(t('audit:role.advisor'));
  }
  const brother = await signedIn(stack, 'salma-brother', 'applicant');
  await brother.ask('POST', `/nl/mandates/${mandate}`, { do: 'end' });
  expect((await advisor.ask('GET', `/nl/advisor/clients/${client}`)).status).toBe(200);
  await (await signedIn(stack, 'salma', 'applicant')).ask('POST', `/nl/mandates/${mandate}`, { do: 'end' });
  expect((await advisor.ask('GET', `/nl/advisor/clients/${client}`)).status).toBe(404);
});

test('a sponsor reads stage and wait, and who sees the rest', async ({ page }) => {
  const t = wordsOf('en');
  await signIn(page, 'haddad-sponsor', 'en');
  await page.goto('/en/cases');
  await page.getByRole('link', { name: t('case:procedure.family') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('case:stage.biometrics.name'));
  await expect(page.getByText(t('case:part.text'))).toBeVisible();
  await expect(page.getByRole('heading', { name: t('case:wait.title') })).toBeVisible();
  await expect(page.getByRole('heading', { name: t('case:timeline.title') })).toBeVisible();
  for (const gone of ['case:next.title', 'case:period.title', 'case:facts.people', 'case:visit.book'] as const)
    await expect(page.getByText(t(gone))).toHaveCount(0);
  await expect(page.getByText('Amal')).toHaveCount(0);
});

const sponsorIn = (stack: Stack) => signedIn(stack, 'salma-sponsor', 'applicant');

/** The name that a case has in a person's addresses, whether or not they may see it. */
function nameOf(person: Person | undefined, agency: Agency, applicantOf: string): string {
  const file = agency.world.cases.find(({ parties }) => parties[0]?.person.slug === applicantOf);
  return pseudonym(`case\n${keyOf(person)}\n${file?.uuid}`);
}

/** The name under which a person's bookings are stored. */
const ownerOf = (person: Person | undefined): string => pseudonym(`owner\n${keyOf(person)}`);

const keyOf = (person: Person | undefined): string =>
  person?.bsn ? `bsn:${person.bsn}` : `vnumber:${person?.vNumber}`;

const pseudonym = (content: string): string =>
  createHmac('sha256', SESSION_SECRET).update(content).digest().subarray(0, 16).toString('base64url');

/** Books the first free time for the case of Salma, with further fields in the form. Returns the booking's path. */
async function bookedBy(actor: Actor, agency: Agency, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const search = `/nl/cases/${nameOf(agency.world.personCalled(actor.name), agency, 'salma')}/appointment`;
  const [, slot = ''] = /name="slot" value="([^"]+)"/.exec((await actor.ask('GET', search)).body) ?? [];
  const { to } = await actor.ask('POST', search, { slot });
  const booked = await actor.ask('POST', to ?? '', { ...more, do: 'confirm', email: 'salma@example.org' });
  expect(booked.to).toMatch(/^\/nl\/bookings\//);
  return booked.to ?? '';
}

interface AgencyBooking {
  readonly customers: readonly { readonly vnumber?: string; readonly vNumber?: string }[];
  readonly cancelled?: boolean;
}

async function bookingsAt(agency: Agency): Promise<AgencyBooking[]> {
  const answer: { bookings: AgencyBooking[] } = await (await fetch(`${agency.url}/control/planner/bookings`)).json();
  return answer.bookings.filter(({ cancelled }) => !cancelled);
}

const isSame = (one: Answer, other: Answer) =>
  one.status === other.status && one.to === other.to && one.body === other.body && one.head === other.head;
