import { expect, test } from './fixtures';
import { giveMandate, referenceOf, somebody } from './looking';
import { wordsOf } from './words';

const t = wordsOf('en');

test('a colleague stands in only while the client allows it', async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en', true);
  const other = await somebody(browser, stack, 'farid', 'en', true);
  const colleague = await somebody(browser, stack, 'adv-colleague', 'en', true);
  const advisor = await somebody(browser, stack, 'adv-small', 'en', true);
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'), true);
  await giveMandate(other, advisor, referenceOf(agency, 'farid'));

  // Only the client who allowed a stand-in can be shared.
  await advisor.goto('/en/advisor/mandates');
  const letIn = advisor.getByRole('link', { name: t('mandate:advisor.colleague.title') });
  await expect(letIn).toHaveCount(1);
  await letIn.click();
  await expect(advisor.getByText('Pedro Almeida Santos')).toBeVisible();
  await advisor.getByLabel(t('mandate:advisor.colleague.number')).fill('508114');
  await advisor.getByRole('button', { name: t('mandate:advisor.colleague.give') }).click();
  await expect(advisor.getByRole('alert')).toContainText(t('mandate:advisor.colleague.wrong'));
  await advisor.getByLabel(t('mandate:advisor.colleague.number')).fill('417703');
  await advisor.getByRole('button', { name: t('mandate:advisor.colleague.give') }).click();
  await expect(advisor.getByRole('heading', { name: 'Noura Peeters' })).toBeVisible();

  await colleague.goto('/en/advisor/mandates');
  await expect(colleague.getByText(t('mandate:colleague.standsIn', { who: 'Willem Dekker' }))).toBeVisible();
  await expect(colleague.getByRole('link', { name: t('mandate:advisor.colleague.title') })).toHaveCount(0);
  await colleague.goto('/en/advisor');
  await expect(colleague.locator('tbody tr a')).toHaveCount(1);
  await expect(colleague.getByRole('link', { name: 'Pedro Almeida Santos' })).toBeVisible();

  await client.goto('/en/who-looked');
  await expect(client.getByText(t('audit:role.colleague'), { exact: true })).toBeVisible();
  await expect(client.getByText(t('audit:role.advisor'), { exact: true })).toHaveCount(0);
  await client.goto('/en/mandates');
  await expect(client.getByRole('heading', { name: 'Noura Peeters' })).toBeVisible();
  const card = client.getByRole('listitem').filter({ has: client.getByRole('heading', { name: 'Willem Dekker' }) });
  await card.getByRole('link', { name: t('mandate:look') }).click();
  await expect(client.getByText(t('mandate:terms.colleague'))).toBeVisible();
  await client.getByRole('link', { name: t('mandate:end') }).click();
  await expect(client.getByText(t('mandate:colleague.endsToo', { who: 'Noura Peeters' }))).toBeVisible();
  await client.getByRole('button', { name: t('mandate:endYes') }).click();
  await expect(client.getByText(t('mandate:state.revoked-client'))).toHaveCount(2);

  // The colleague's open list empties by itself.
  await expect(colleague.getByText('Almeida')).toHaveCount(0);
  await expect(colleague.getByText(t('mandate:advisor.none'))).toBeVisible();
});

test("an office sees a client's case only while the client allows it", async ({ browser, stack, agency }) => {
  const client = await somebody(browser, stack, 'pedro', 'en', true);
  const colleague = await somebody(browser, stack, 'adv-colleague', 'en', true);
  const advisor = await somebody(browser, stack, 'adv-small', 'en', true);
  await giveMandate(client, advisor, referenceOf(agency, 'pedro'));
  await colleague.goto('/en/advisor');
  await expect(colleague.getByText(t('mandate:advisor.none'))).toBeVisible();
  const choose = async (label: string) => {
    const office = client.getByRole('group', { name: t('mandate:sharing.legend') });
    await office.getByLabel(label, { exact: true }).check();
    await client.getByRole('button', { name: t('mandate:sharing.change') }).click();
  };
  await client.getByRole('link', { name: t('mandate:look') }).click();
  await choose(t('mandate:scope.look'));
  await expect(client.getByText(t('mandate:terms.office.look'))).toBeVisible();

  // The open list fills by itself, and names whose client it is.
  const line = colleague.getByRole('row').filter({ hasText: 'Pedro Almeida Santos' });
  await expect(line).toContainText('Willem Dekker');
  await line.getByRole('link').click();
  await expect(colleague.getByText(t('mandate:advisor.through', { lawyer: 'Willem Dekker' }))).toBeVisible();
  await expect(colleague.getByRole('button', { name: t('mandate:advisor.askToArrange') })).toHaveCount(0);
  await colleague.goto('/en/advisor/mandates');
  await expect(colleague.getByText('Almeida')).toHaveCount(0);
  await colleague.goBack();
  await expect(colleague.getByText('Pedro Almeida Santos').first()).toBeVisible();

  await choose(t('mandate:sharing.none'));
  await expect(colleague.getByRole('heading', { name: t('mandate:advisor.ended.title') })).toBeVisible();
  await client.goto('/en/who-looked');
  await expect(client.getByText(t('audit:office.lawyer', { number: '002220647' })).first()).toBeVisible();
});
