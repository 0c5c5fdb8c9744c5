import fc from 'fast-check';
import { isAllowed, RULES } from '../../app/model/policy';
import { ROUTES } from '../../app/model/route-policy';
import { type Actor, signedIn } from './actors';
import { expect, test } from './fixtures';
import { advisorReferences, applicantReferences, type References, staffReferences } from './own-references';

test.setTimeout(400_000);

/** What no field expects. None may break a page. */
const HOSTILE = [
  '\u200B\u202E\u00AD',
  '٠٠٢٢٢٠٦٤٧',
  '𝟗९９',
  'A'.repeat(3_000),
  '-1',
  '99999999999999999999',
  '1e309',
  '0.5',
  '9999-12-31',
  '-271821-04-20T00:00',
  '2026-02-30',
  `' or 1=1 --`,
  '<script>1</script>',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'NaN',
  '😀\uFFFD',
  // Made up anew in a deep run. A control character is refused as such, which other lines try.
  ...fc
    .sample(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme' }), fc.json()), {
      numRuns: 18,
      ...(process.env.DEEP === '1' ? {} : { seed: 20_260_302 }),
    })
    .map((text) => text.replace(/\p{Cc}|\p{Cs}/gu, ' ')),
];

/** Otherwise each form gets a twelfth of them, in turn. */
const EVERY_VALUE = process.env.DEEP === '1';

/** Parameters that addresses of the portal know, beside the fields of forms. */
const PARAMETERS = [
  'q',
  'task',
  'outcome',
  'sort',
  'month',
  'day',
  'from',
  'until',
  'taken',
  'move',
  'persons',
  'part',
  'page',
];
const MORE = ['stay', 'inflow', 'capacity', 'weeks', 'mark', 'width', 'done', 'reason', 'to', 'of', 'state', 'error'];

interface Form {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Field → its value on the page. Those with a value of their own are hidden fields and buttons. */
  readonly fields: ReadonlyMap<string, string>;
}

const attribute = (tag: string, name: string): string | null => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? null;

/** The forms of a page, but those of its frame. */
function formsIn(html: string, path: string): Form[] {
  const main = html.replaceAll('&amp;', '&').split('<main')[1]?.split('</main>')[0] ?? '';
  return [...main.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inner = '']) => {
    const fields = new Map<string, string>();
    for (const [input] of inner.matchAll(/<(?:input|select|textarea|button) [^>]*>/g)) {
      const name = attribute(input, 'name');
      if (name && !fields.has(name)) fields.set(name, attribute(input, 'value') ?? '');
    }
    const action = attribute(` ${tag}`, 'action');
    const method = attribute(` ${tag}`, 'method') === 'post' ? 'POST' : 'GET';
    return { method, path: action?.startsWith('/') ? action : path, fields };
  });
}

const pathOf = (pattern: string, own: References): string =>
  pattern
    .replace('*', 'nowhere')
    .replace(/:(\w+)/g, (_, part: string) => (part === 'lang' ? 'en' : (own[part] ?? 'none')));

test('no form and no address breaks on what people type or paste', async ({ stack, agency }) => {
  const amal = await signedIn(stack, 'amal', 'applicant');
  const advisor = await signedIn(stack, 'adv-small', 'advisor');
  const desk = await signedIn(stack, 'desk-1', 'staff');
  const client = await applicantReferences(amal, advisor, agency);
  const everybody: [Actor, References, readonly string[]][] = [
    [amal, client, ['applicant']],
    [advisor, await advisorReferences(advisor, client), ['advisor']],
    [desk, await staffReferences(desk, amal, agency, client), ['staff', 'helpdesk', 'desk-planner', 'wait-publisher']],
  ];
  const faults: string[] = [];
  let forms = 0;
  const ask = async (actor: Actor, { method, path }: Form, fields: Map<string, string>, wanted?: number) => {
    const query = new URLSearchParams([...fields]);
    const answer =
      method === 'POST'
        ? await actor.ask('POST', path, query)
        : await actor.ask('GET', `${path.split('?')[0]}?${query}`.slice(0, 4_000));
    if (answer.status >= 500 || (wanted && answer.status !== wanted))
      faults.push(`${actor.name} ${method} ${path} ${JSON.stringify([...fields]).slice(0, 200)}: ${answer.status}`);
  };

  for (const [actor, own, roles] of everybody)
    for (const [pattern, { GET, POST }] of Object.entries(ROUTES)) {
      if (/sign-out|leave|backchannel|notifications|notify|callback|^\/stop-messages/.test(pattern)) continue;
      const reads = GET && isAllowed(RULES, roles as ['applicant'], GET);
      const writes = POST && isAllowed(RULES, roles as ['applicant'], POST);
      if (!reads && !writes) continue;
      const path = pathOf(pattern, own);
      await stack.clearCaches();
      const found = reads ? formsIn((await actor.ask('GET', path)).body, path) : [];
      const any = new Map([...PARAMETERS, ...MORE].map((name) => [name, '']));
      const all: Form[] = [
        ...found,
        ...(reads ? [{ method: 'GET' as const, path, fields: any }] : []),
        ...(writes ? [{ method: 'POST' as const, path, fields: any }] : []),
      ];
      for (const form of all) {
        forms += 1;
        // Real fields all get a control character; of the many parameters each form has a fifth, in turn.
        const names = [...form.fields.keys()].filter(
          (_, index) => EVERY_VALUE || form.fields !== any || index % 5 === forms % 5,
        );
        for (const name of names) await ask(actor, form, new Map([...form.fields, [name, 'A\u0000']]), 422);
        for (const hostile of HOSTILE.filter((_, index) => EVERY_VALUE || index % 12 === forms % 12)) {
          const typed = [...form.fields].map(([name, value]) => [name, value === '' ? hostile : value] as const);
          await ask(actor, form, new Map(typed));
          await ask(actor, form, new Map([...form.fields.keys()].map((name) => [name, hostile])));
        }
      }
    }
  expect(faults).toEqual([]);
  expect(forms).toBeGreaterThan(60);
});
