import { isAllowed, RULES } from '../../app/model/policy';
import { ROUTES } from '../../app/model/route-policy';
import { demoEnvironment } from '../../mocks/demo-environment';
import { startUpstreamCounter } from '../load/upstream-counter';
import { type Actor, type Method, signedIn } from './actors';
import { expect, test } from './fixtures';
import {
  applicantReferences,
  brokenGlass,
  clientOf,
  givenMandate,
  openedView,
  type References,
} from './own-references';
import type { Stack } from './stack';

const METHODS: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/**
 * The tables of the audit log, the look and the employee's session, and of background leases, which renew by
 * themselves.
 */
const OF_A_LOOK = ['audit_event', 'audit_head', 'processing_line', 'view_grant', 'session', 'lease'];
const AMALS_CASE = 'Z1-2048-1001';

test.setTimeout(120_000);

test('I2: an employee’s view-as session changes nothing here or at the agency', async ({ stack, agency }) => {
  const counter = await startUpstreamCounter(agency.url, 0);
  try {
    await stack.restartPortal(demoEnvironment({ origin: stack.origin, agency: counter.url, issuer: agency.issuer }));
    const amal = await signedIn(stack, 'amal', 'applicant');
    const small = await signedIn(stack, 'adv-small', 'advisor');
    const agent = await signedIn(stack, 'desk-1', 'staff');
    const own = await applicantReferences(amal, small, agency);
    // Proves that the counter sees writes: a person's own booking is one.
    expect(unsafe(counter.requests)).not.toEqual([]);
    for (const open of [openedView, brokenGlass]) {
      const grant = await open(agent, amal, agency);
      const view = `/nl/helpdesk/calls/${grant}/view`;
      const references: References = { ...own, grant };
      const looksWell = async () => expect((await agent.bytesOf(`${view}/${own.case}`))?.text).toContain(AMALS_CASE);
      await looksWell();
      counter.forget();
      const writes = await written(stack, async () => {
        for (const [pattern, path] of pathsOf(references))
          for (const method of METHODS) {
            // Skips what employees may do as themselves, outside the look.
            const permit = method === 'POST' ? ROUTES[pattern]?.POST : undefined;
            if (permit && (isAllowed(RULES, 'staff', permit) || isAllowed(RULES, 'anyone', permit))) continue;
            await agent.ask(method, path, { do: 'confirm', slot: 'x', email: 'x@example.org' });
          }
        await looksWell();
      });
      expect(unsafe(counter.requests)).toEqual([]);
      expect(counter.requests.length).toBeGreaterThan(3);
      expect(writes).toContain('audit_event');
      expect(writes.filter((table) => !OF_A_LOOK.includes(table))).toEqual([]);
      await agent.ask('POST', `/nl/helpdesk/calls/${grant}`, { do: 'end' });
    }
  } finally {
    await counter.stop();
  }
});

test('I4: other processes refuse an ended mandate, stand-in or look within seconds', async ({ stack, agency }) => {
  const amal = await signedIn(stack, 'amal', 'applicant');
  const small = await signedIn(stack, 'adv-small', 'advisor');
  const colleague = await signedIn(stack, 'adv-colleague', 'advisor');
  const agent = await signedIn(stack, 'desk-1', 'staff');
  const mandate = await givenMandate(amal, small, agency);
  await small.ask('POST', `/nl/advisor/mandates/${mandate}/colleague`, { number: '417703', case: '0', lasts: 'P1W' });
  const grant = await openedView(agent, amal, agency);
  const own = async (actor: Actor) => `/nl/advisor/clients/${await clientOf(actor)}`;
  const other = await stack.anotherPortal();
  try {
    const readers = [
      { actor: small, path: await own(small) },
      { actor: colleague, path: await own(colleague) },
      { actor: agent, path: `/nl/helpdesk/calls/${grant}/view` },
    ];
    const read = ({ actor, path }: { readonly actor: Actor; readonly path: string }) => other.get(path, actor.cookie);
    for (const reader of readers)
      await expect(async () => expect((await read(reader)).text).toContain(AMALS_CASE)).toPass();
    const ended = performance.now();
    await Promise.all([
      amal.ask('POST', `/nl/mandates/${mandate}`, { do: 'end' }),
      amal.ask('POST', '/nl/helpdesk/with-me', { do: 'stop' }),
    ]);
    for (const reader of readers)
      await expect(async () => expect((await read(reader)).text).not.toContain(AMALS_CASE)).toPass({ intervals: [50] });
    expect(performance.now() - ended).toBeLessThan(2_000);
    // The end is final.
    for (const reader of readers) expect((await read(reader)).status).not.toBe(200);
  } finally {
    await other.stop();
  }
});

const pathsOf = (references: References): [string, string][] =>
  Object.keys(ROUTES).map((pattern) => [
    pattern,
    pattern
      .replace('*', 'nowhere')
      .replace(/:(\w+)/g, (_, part: string) => (part === 'lang' ? 'nl' : (references[part] ?? 'none'))),
  ]);

/** Requests that may change something: all but reads, and the search, which sends its query in a body. */
const unsafe = (requests: readonly string[]): string[] =>
  requests.filter((line) => !line.startsWith('GET ') && !line.startsWith('HEAD ') && !line.endsWith('/zaken/_zoek'));

/** Returns the tables in which `work` inserted, updated or deleted a row. */
async function written(stack: Stack, work: () => Promise<void>): Promise<string[]> {
  await stack.query(`create schema watching;
    create table watching.wrote (name text);
    create function watching.note() returns trigger language plpgsql as
      $$ begin insert into watching.wrote values (tg_table_name); return null; end $$;
    do $$ declare each record; begin
      for each in select tablename from pg_tables where schemaname = 'public' loop
        execute format('create trigger watched after insert or update or delete on %I for each row execute function watching.note()',
          each.tablename);
      end loop;
    end $$`);
  try {
    await work();
    return (await stack.query('select distinct name from watching.wrote')).map(({ name }) => String(name));
  } finally {
    await stack.query('drop schema watching cascade');
  }
}
