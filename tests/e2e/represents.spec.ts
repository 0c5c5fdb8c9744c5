import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('en');

test('who represents a person acts for them, in their sight', async ({ page, stack }) => {
  const choose = async (value: string) => {
    await page.goto('/en/sign-in');
    await page.locator('main form button[type=submit]').click();
    await page.locator(`button[name=person][value="${value}"]`).click();
  };
  await choose('pedro for olena');
  await expect(page.getByText(t('identity:signIn.represents'))).toBeVisible();
  expect(await stack.query('select 1 from session')).toEqual([]);
  await choose('chen for amal');
  await expect(page.getByText(t('identity:acting.named', { name: 'Amal Haddad' }))).toBeVisible();
  await expect(page.getByText('Z1-2048-1001')).toBeVisible();
  for (const path of ['mandates', 'who-looked', 'helpdesk/with-me'])
    await expect(page.locator(`a[href="/en/${path}"]`)).toHaveCount(0);
  await page.goto('/en/sessions');
  await expect(page.getByText(t('identity:sessions.another'))).toBeVisible();

  const chen = await signedIn(stack, 'chen for amal', 'applicant');
  for (const path of ['/en/mandates', '/en/who-looked', '/en/helpdesk/with-me']) {
    expect(await chen.ask('GET', path)).toMatchObject({ status: 302, to: '/en/cases' });
    expect((await chen.ask('POST', path, { do: 'code' })).status).not.toBe(200);
  }
  const booking = await bookedBy(chen);
  expect((await chen.ask('GET', booking)).body).toContain(t('case:visit.madeByYou'));

  // Once the representation is over, nothing of it is left to them.
  const self = await signedIn(stack, 'chen', 'applicant');
  expect((await self.ask('GET', booking)).status).toBe(404);
  expect((await self.ask('GET', '/en/cases')).body).not.toContain('Z1-2048-1001');
  expect((await self.ask('GET', '/en/who-looked')).body).not.toContain(t('audit:role.representative'));

  const amal = await signedIn(stack, 'amal', 'applicant');
  const own = await amal.ask('GET', booking);
  expect(own.body).toContain(t('case:visit.madeByOther'));
  const looks = (await amal.ask('GET', '/en/who-looked')).body;
  for (const text of [
    'role.representative',
    'action.view-represented',
    'action.book',
    'ground.representation',
  ] as const)
    expect(looks).toContain(t(`audit:${text}`));
  expect((await amal.ask('POST', booking)).status).toBe(200);
  const grounds = await stack.query(`select distinct body::jsonb ->> 'ground' as ground from audit_event
    where action in ('view-represented', 'book') order by 1`);
  expect(grounds).toEqual([{ ground: 'representation' }]);
});

test('others in a case see a representative’s look', async ({ stack }) => {
  const guardian = await signedIn(stack, 'salma-guardian for salma', 'applicant');
  const [, theCase = ''] = /href="(\/en\/cases\/[\w-]{22})"/.exec((await guardian.ask('GET', '/en/cases')).body) ?? [];
  expect((await guardian.ask('GET', theCase)).status).toBe(200);
  const seenBy = async (person: string) =>
    (await (await signedIn(stack, person, 'applicant')).ask('GET', '/en/who-looked')).body;
  const brothers = await seenBy('salma-brother');
  expect(brothers).toContain(t('audit:role.representativeOfOther'));
  expect(brothers).toContain(t('audit:ground.representationOfOther'));
  expect(brothers).not.toContain(`${t('audit:role.representative')}<`);
  expect(await seenBy('salma')).not.toContain(t('audit:role.representativeOfOther'));
  expect(await seenBy('salma-guardian')).not.toContain(t('audit:role.representativeOfOther'));
});

async function bookedBy(actor: Actor): Promise<string> {
  const [, theCase = ''] = /href="(\/en\/cases\/[\w-]{22})"/.exec((await actor.ask('GET', '/en/cases')).body) ?? [];
  const search = `${theCase}/appointment`;
  const [, slot = ''] = /name="slot" value="([^"]+)"/.exec((await actor.ask('GET', search)).body) ?? [];
  const { to } = await actor.ask('POST', search, { slot });
  const booked = await actor.ask('POST', to ?? '', { do: 'confirm', email: 'chen@example.org' });
  expect(booked.to).toMatch(/^\/en\/bookings\//);
  return booked.to ?? '';
}
