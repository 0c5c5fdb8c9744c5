import type { Page } from '@playwright/test';
import { Temporal } from 'temporal-polyfill';
import { startUpstreamCounter } from '../load/upstream-counter';
import { expect, NOW, signInByForms, test } from './fixtures';
import { askCode, asOwnPage, nameReference, referenceOf, somebody, typeCode } from './looking';
import { wordsOf } from './words';

const nl = wordsOf('nl');
const ar = wordsOf('ar');

test('an employee opens a caller’s pages by code until the caller stops', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const secondTab = await caller.context().newPage();
  await secondTab.goto('/ar/helpdesk/with-me');
  const { check, digits } = await askCode(caller, 'ar');
  // It does not know of the code, which must not end by it.
  await secondTab.getByRole('button', { name: ar('helpdesk:caller.make') }).click();
  await expect(secondTab.getByText(ar('helpdesk:caller.ready'))).toBeVisible();

  await nameReference(agent, referenceOf(agency, 'amal'));
  await expect(agent.locator('.code')).toHaveText(check);
  await expect(agent.getByText('Haddad')).toHaveCount(0);
  await typeCode(agent, digits);
  await expect(agent.getByRole('region', { name: nl('helpdesk:view.caller') })).toBeVisible();
  await expect(caller.getByRole('button', { name: ar('helpdesk:caller.stop') })).toBeVisible();

  await agent
    .getByRole('navigation', { name: nl('helpdesk:view.cases') })
    .getByRole('link')
    .last()
    .click();
  const panes = {
    caller: agent.getByRole('region', { name: nl('helpdesk:view.caller') }),
    dutch: agent.getByRole('region', { name: nl('helpdesk:view.dutch') }),
  };
  await expect(panes.caller.getByRole('heading', { level: 1 })).toHaveText(ar('case:stage.biometrics.name'));
  await expect(panes.dutch.getByRole('heading', { level: 1 })).toHaveText(nl('case:stage.biometrics.name'));
  // Where there is room for two columns, both headings stand at one height.
  await agent.setViewportSize({ width: 1280, height: 800 });
  const [one, other] = await Promise.all(
    [panes.caller, panes.dutch].map((pane) => pane.getByRole('heading', { level: 2 }).first().boundingBox()),
  );
  expect(Math.abs((one?.y ?? 0) - (other?.y ?? 99))).toBeLessThan(2);

  const pressed = Date.now();
  await caller.getByRole('button', { name: ar('helpdesk:caller.stop') }).click();
  await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible({ timeout: 2_500 });
  expect(Date.now() - pressed).toBeLessThan(2_500);
  await expect(agent.getByText('Haddad')).toHaveCount(0);
  await expect(caller.getByText(ar('helpdesk:caller.stopped'))).toBeVisible();

  await caller.goto('/ar/who-looked');
  await expect(caller.getByText(ar('audit:role.staff'))).toHaveCount(2);
  await expect(caller.getByText(ar('audit:later'))).toBeVisible();
  await expect(caller.getByText('Smit')).toHaveCount(0);

  await agent.getByRole('button', { name: nl('helpdesk:reason.not-understood') }).click();
  await expect(agent.getByText(nl('helpdesk:reason.saved'))).toBeVisible();
  await agent.goto('/nl/helpdesk/insight');
  await expect(agent.getByRole('columnheader', { name: nl('helpdesk:purpose.question-page') })).toBeVisible();

  // Each audit entry names its device and build, and in a call also the call.
  const acts = (await stack.query('select body::jsonb as act from audit_event')).map(({ act }) => act);
  for (const act of acts)
    expect(act).toMatchObject({
      origin: expect.stringMatching(/^(phone|computer|program), network unknown$/),
      build: expect.stringMatching(/^\w{8,}$/),
    });
  expect(acts).toContainEqual(expect.objectContaining({ action: 'view-case', callId: expect.any(String) }));
});

test('the view breaks lines as the caller’s phone does', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  await agent.setViewportSize({ width: 1280, height: 800 });
  const caller = await somebody(browser, stack, 'amal', 'ar', true);
  const path = (await caller.locator('main .cards a').first().getAttribute('href')) ?? '';
  const read: string[][] = [];
  for (const letters of ['16px', '20px']) {
    const grow = () =>
      caller.evaluate((size) => document.documentElement.style.setProperty('font-size', size), letters);
    const { digits } = await askCode(caller, 'ar', grow);
    await caller.goto(path);
    await grow();
    const callers = await caller.locator('main').evaluate(linesOf);
    await nameReference(agent, referenceOf(agency, 'amal'));
    await typeCode(agent, digits);
    await agent.waitForURL(/view$/);
    await agent.goto(`${agent.url()}/${path.split('/').at(-1)}`);
    expect(await agent.getByRole('region', { name: nl('helpdesk:view.caller') }).evaluate(linesOf)).toEqual(callers);
    // The two pages stay side by side, each in its own half.
    const [one, other] = await Promise.all(
      (['caller', 'dutch'] as const).map((which) =>
        agent.getByRole('region', { name: nl(`helpdesk:view.${which}`) }).boundingBox(),
      ),
    );
    expect(other?.x ?? 0).toBeGreaterThanOrEqual((one?.x ?? 0) + (one?.width ?? 0));
    expect(other?.y).toBe(one?.y);
    read.push(callers);
    await agent.getByRole('button', { name: nl('helpdesk:view.end') }).click();
    await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible();
  }
  expect(read[1]?.length).toBeGreaterThan((read[0]?.length ?? 0) + 5);
});

test('the view names the parts that changed since an earlier call', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const path = (await caller.locator('main .cards a').first().getAttribute('href')) ?? '';
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const earlier = agent.getByRole('group').filter({ hasText: nl('helpdesk:earlier.title') });
  const same = nl('helpdesk:earlier.same', { when: '' });
  const changed = nl('helpdesk:earlier.changed', { when: '', parts: nl('case:visit.title') });
  for (const told of [[], [same], [changed, changed]]) {
    if (told.length === 2) await waitForEarlier(caller, path, stack.origin);
    const { digits } = await askCode(caller, 'nl');
    await nameReference(agent, referenceOf(agency, 'amal'));
    await typeCode(agent, digits);
    await agent.waitForURL(/view$/);
    await agent.goto(`${agent.url()}/${path.split('/').at(-1)}`);
    // A second look in the same call is no earlier one.
    await agent.reload();
    await expect(agent.getByRole('region', { name: nl('helpdesk:view.caller') })).toBeVisible();
    await expect(earlier).toHaveCount(Math.min(told.length, 1));
    if (told.length > 0) await earlier.getByText(nl('helpdesk:earlier.title')).click();
    await expect(earlier.getByRole('listitem')).toContainText(told);
    await agent.getByRole('button', { name: nl('helpdesk:view.end') }).click();
    await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible();
  }
});

test('an employee cannot open the file of their own family', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'leila', 'fr');
  const agent = await somebody(browser, stack, 'desk-3', 'nl');
  await askCode(caller, 'fr');
  await nameReference(agent, referenceOf(agency, 'leila'));
  await expect(agent.getByText(nl('helpdesk:desk.cannot', { link: nl('common:helpByPhone') }))).toBeVisible();
  await agent.goto('/nl/helpdesk/emergency');
  const call = agent.getByLabel(nl('helpdesk:desk.callId'));
  await agent.locator('main form').evaluate((form) => form.setAttribute('novalidate', ''));
  await agent.getByLabel(nl('helpdesk:desk.reference')).fill(referenceOf(agency, 'leila'));
  await call.fill('Leila Haddad');
  await agent.getByLabel(nl('helpdesk:emergency.kind.danger-person')).check();
  await agent.getByLabel(nl('helpdesk:emergency.report')).fill('De politie belt: er is direct gevaar.');
  await agent.getByRole('button', { name: nl('helpdesk:emergency.open') }).click();
  await expect(call).toHaveAccessibleDescription(nl('helpdesk:callBack.callNumber'));
  await expect(agent.getByRole('alert').getByRole('link')).toHaveText([nl('helpdesk:callBack.callNumber')]);
  // An employee in an emergency must not have to type twice.
  await expect(agent.getByLabel(nl('helpdesk:desk.reference'))).toHaveValue(referenceOf(agency, 'leila'));
  await expect(agent.getByLabel(nl('helpdesk:emergency.kind.danger-person'))).toBeChecked();
  await expect(agent.getByLabel(nl('helpdesk:emergency.report'))).toHaveValue('De politie belt: er is direct gevaar.');
  await call.fill('call-9');
  await agent.getByRole('button', { name: nl('helpdesk:emergency.open') }).click();
  await expect(agent.getByText(nl('helpdesk:callBack.cannot'))).toBeVisible();
});

test('the employee sees what the caller sees, byte for byte', async ({ browser, stack, agency }) => {
  test.slow();
  for (const [person, language] of [
    ['amal', 'ar'],
    ['farid', 'en'],
    ['viktor', 'nl'],
  ] as const) {
    const caller = await somebody(browser, stack, person, language);
    const own = await caller.request.get(`/${language}/cases`);
    const paths = [...(await own.text()).matchAll(/href="(\/\w\w\/cases\/[\w-]{22})"/g)].map(([, path]) => path ?? '');
    // A person who waits for an earlier time sees that above their case.
    if (person === 'amal') await waitForEarlier(caller, paths[0] ?? '', stack.origin);
    const { digits } = await askCode(caller, language);
    const agent = await somebody(browser, stack, 'desk-2', 'nl');
    await nameReference(agent, referenceOf(agency, person));
    await typeCode(agent, digits);
    await expect(agent.getByRole('region', { name: nl('helpdesk:view.caller') })).toBeVisible();
    const view = agent.url();
    for (const path of [`/${language}/cases`, ...paths]) {
      const beside = path.endsWith('/cases') ? view : `${view}/${path.split('/').at(-1)}`;
      const own = async () => region(await (await caller.request.get(path)).text(), /<main[^>]*>(.*?)<\/main>/s);
      // Nothing is left out, not even the clock time, so both requests must fall within one minute.
      await expect(async () => {
        const callers = await own();
        const seen = await (await agent.request.get(beside)).text();
        expect(await own()).toBe(callers);
        const shown = asOwnPage(
          region(seen, /data-region="caller">(.*?)<\/section><section class="side-by-side__pane"/s),
        );
        expect(shown.length).toBeGreaterThan(500);
        expect(shown).toBe(callers);
      }).toPass();
      if (person === 'amal' && path === paths[0]) expect(await own()).toContain(`${path}/watch`);
    }
    await Promise.all([caller.context().close(), agent.context().close()]);
  }
});

test('foreign, missing and malformed references get the same answer', async ({ browser, stack, agency }) => {
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const bodies: string[] = [];
  for (const reference of [referenceOf(agency, 'farid'), 'Z1-9999-9999', "' or 1=1 --"]) {
    const answer = await agent.request.post('/nl/helpdesk', {
      form: { reference, call: 'c-1', purpose: 'question-page' },
      headers: { origin: stack.origin },
    });
    expect(answer.status()).toBe(422);
    // The form repeats the reference that the employee typed.
    bodies.push(
      (await answer.text()).replaceAll(/nonce="[^"]*"/g, '').replace(/(name="reference"[^>]*) value="[^"]*"/, '$1'),
    );
  }
  expect(new Set(bodies).size).toBe(1);
});

test('three wrong codes also disable the right one', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'imani', 'en');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'en');
  await nameReference(agent, referenceOf(agency, 'imani'));
  const call = agent.url();
  for (let n = 0; n < 3; n += 1) {
    await agent.goto(call);
    await typeCode(agent, digits === '0000 0000' ? '11111111' : '00000000');
    await expect(agent.getByText(nl('helpdesk:desk.wrong'))).toBeVisible();
  }
  const answer = await agent.request.post(call, { form: { code: digits }, headers: { origin: stack.origin } });
  expect(answer.status()).toBe(422);
  expect((await agent.request.get(`${call}/view`)).url()).toBe(call);
});

test('an employee’s write to a caller’s address is refused and audited', async ({ browser, stack }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const path = await caller.locator('main .cards a').first().getAttribute('href');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  for (const address of [`${path}/appointment`, '/nl/helpdesk/with-me', '/nl/mandates', '/nl/bookings/x']) {
    const answer = await agent.request.post(address, { form: { do: 'x' }, headers: { origin: stack.origin } });
    expect(answer.status()).toBe(403);
  }
  // The first is an entry at once; the others become one entry with a count within a minute.
  const rows = () => stack.query("select count(*)::int as n from audit_event where action = 'refused-by-policy'");
  await expect.poll(rows).toEqual([{ n: 1 }]);
});

test('opening the view in a second tab empties the first', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'nl');
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  const second = await agent.context().newPage();
  await second.goto(agent.url());
  await expect(agent.getByText(nl('helpdesk:view.elsewhere'))).toBeVisible({ timeout: 3_000 });
  expect(await agent.locator('main').textContent()).not.toContain(referenceOf(agency, 'amal'));
  await second
    .getByRole('navigation', { name: nl('helpdesk:view.cases') })
    .getByText(referenceOf(agency, 'amal'))
    .click();
  await expect(second.getByRole('region', { name: nl('helpdesk:view.caller') })).toBeVisible();
  await expect(agent.getByText(nl('helpdesk:view.elsewhere'))).toBeVisible();
  await expect(second.getByText(nl('helpdesk:view.elsewhere'))).toBeHidden();
});

test('a call does not exist for another employee', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'nl');
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  const colleague = await somebody(browser, stack, 'desk-2', 'nl');
  for (const path of [new URL(agent.url()).pathname, '/nl/helpdesk/calls/1/view']) {
    expect((await colleague.request.get(path)).status()).toBe(404);
  }
});

test('the employee’s view ends when the caller signs out', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'nl');
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  await caller.getByRole('button', { name: nl('common:signOut') }).click();
  await expect(caller.getByRole('heading', { level: 1 })).toHaveText(nl('identity:signedOut.title'));
  await expect(agent.getByRole('heading', { name: nl('helpdesk:view.over') })).toBeVisible({ timeout: 3_000 });
  await expect(agent.getByText('Haddad')).toHaveCount(0);
});

test('a view that cannot be audited is not shown', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'amal', 'nl');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'nl');
  await nameReference(agent, referenceOf(agency, 'amal'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  await stack.query('alter table audit_event rename to audit_event_away');
  try {
    const answer = await agent.request.get(agent.url());
    expect(answer.status()).toBe(500);
    expect(await answer.text()).not.toContain(referenceOf(agency, 'amal'));
  } finally {
    await stack.query('alter table audit_event_away rename to audit_event');
  }
});

test('an employee starts at the helpdesk after signing in', async ({ page }) => {
  await signInByForms(page, 'desk-1', 'nl');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(nl('helpdesk:desk.title'));
});

test('a view requests cases once for both languages, and hides unaudited ones', async ({ browser, stack, agency }) => {
  const caller = await somebody(browser, stack, 'mehmet', 'nl');
  const agent = await somebody(browser, stack, 'desk-1', 'nl');
  const { digits } = await askCode(caller, 'nl');
  await nameReference(agent, referenceOf(agency, 'mehmet'));
  await typeCode(agent, digits);
  await agent.waitForURL(/view$/);
  const view = agent.url();
  const [, ref = 'none'] = /\/view\/([\w-]{22})/.exec(await agent.content()) ?? [];
  // An open page leaves the view while the portal is away, and would request it again.
  await agent.goto('about:blank');
  const counter = await startUpstreamCounter(agency.url, 0);
  await stack.restartPortal({ ZAKEN_URL: `${counter.url}/zaken/api/v1` });
  // The first search after a start finds out how the registry reads `expand`.
  await caller.request.get('/nl/cases');
  for (const address of [view, `${view}/${ref}`]) {
    counter.forget();
    expect((await agent.request.get(address)).status()).toBe(200);
    expect(counter.requests.length).toBeGreaterThan(0);
    expect(counter.requests).toEqual([...new Set(counter.requests)]);
  }
  await stack.restartPortal();
  await counter.stop();
  agency.setFault('cases', 'partial');
  const looks = "select count(*)::int as n from audit_event where action = 'view-case'";
  const before = await stack.query(looks);
  const unsure = await agent.request.get(`${view}/${'A'.repeat(22)}`);
  expect(unsure.status()).toBe(200);
  const text = await unsure.text();
  for (const { reference, parties } of agency.world.cases)
    if (parties.some(({ person }) => person.slug === 'mehmet')) expect(text).not.toContain(reference);
  expect(await stack.query(looks)).toEqual(before);
});

/** Sets a watch for a time before tomorrow, which can't exist. */
async function waitForEarlier(caller: Page, path: string, origin: string): Promise<void> {
  const before = Temporal.Instant.from(NOW).add({ hours: 24 }).toString().slice(0, 10);
  const form = { do: 'set', before, part: 'any' };
  const answer = await caller.request.post(`${path}/watch`, { form, headers: { origin }, maxRedirects: 0 });
  expect(answer.status()).toBe(302);
}

/** The text of a region as it is laid out, one entry a line, without the buttons that a script added. */
function linesOf(region: Element): string[] {
  const lines: string[] = [];
  // The browser lays out a folded part only when it opens.
  for (const folded of region.querySelectorAll('details')) folded.open = true;
  const texts = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
  let at: { block: Element | null; top: number } | null = null;
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    if (text.parentElement?.closest('button')) continue;
    const block = text.parentElement?.closest('p, h1, h2, h3, li, dt, dd, summary, small') ?? null;
    for (const { 0: word, index } of (text.textContent ?? '').matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const [box] = range.getClientRects();
      if (!box) continue;
      const isNew = at === null || at.block !== block || Math.abs(box.top - at.top) > box.height / 2;
      if (isNew) lines.push(word);
      else lines.push(`${lines.pop()} ${word}`);
      if (isNew) at = { block, top: box.top };
    }
  }
  return lines;
}

/** The markup of a region without React's ids, which depend on the place in the document. */
function region(html: string, pattern: RegExp): string {
  return (pattern.exec(html)?.[1] ?? '').replaceAll(/(id|aria-labelledby|aria-describedby)=":[^"]*"/g, '$1=""');
}
