import { startAgency } from '../../mocks/agency';
import { demoOfMunich } from '../../mocks/demo-environment';
import { peopleOf, wordsOf as wordsOfAgency } from '../../mocks/other-words';
import { expect, NOW, signInByForms, test } from './fixtures';
import { wordsOf } from './words';

const t = wordsOf('de');
const DUTCH = /Rotterdam|Vingerafdrukken|Voorbeeld|Wacht op|bezwaar|beroep|ingebrekestelling/;

let booked: () => readonly { readonly serviceId: number; readonly status: string }[] = () => [];
test.use({
  settings: async ({ stack }, use) => {
    const office = await startAgency({
      now: NOW,
      words: wordsOfAgency('muenchen'),
      people: peopleOf('muenchen'),
      plannersRequireToken: true,
      redirectUris: [`${stack.origin}/auth/callback`],
    });
    booked = office.zms.booked;
    const settings = demoOfMunich({ origin: stack.origin, agency: office.url, issuer: office.issuer });
    await use({ ...settings, STATISTICS_URL: '', QUEUE_URL: '', OIDC_ASSURANCE: '' });
    await office.stop();
  },
});

test('in Munich a visit is searched, held and booked over ZMS', async ({ page }) => {
  await signInByForms(page, 'amal', 'de');
  await page.locator('main .cards a').first().click();
  await expect(page.locator('body')).not.toContainText(DUTCH);
  await page.getByRole('link', { name: t('case:visit.book') }).click();
  await expect(page.getByText('Servicestelle München').first()).toBeVisible();
  await page.getByRole('button', { name: t('appointment:search.take') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('appointment:hold.title'));
  await page.getByLabel(new RegExp(t('appointment:hold.email'))).fill('amal@example.org');
  await page.getByRole('button', { name: t('appointment:hold.confirm') }).click();
  await expect(page.getByText(t('appointment:booking.confirmed'))).toBeVisible();
  await expect(page.locator('body')).not.toContainText(DUTCH);
  expect(booked()).toMatchObject([{ serviceId: 7101, status: 'confirmed' }]);
});
