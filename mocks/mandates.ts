/** A person of the demo, as listed by `/control/people`. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly role: 'applicant' | 'advisor' | 'staff';
  readonly about: string;
  readonly office: { readonly number: string } | null;
  readonly clients: readonly string[];
}

/** The session of a signed-in person. Each call resolves to the HTML of the page after redirects. */
interface SignedIn {
  get(path: string): Promise<string>;
  post(path: string, form: Form): Promise<string>;
}

type Form = Record<string, string> | string[][];

/** How many clients are handled at a time, which leaves capacity for visitors of the demo. */
const AT_ONCE = 2;

/**
 * Creates the mandates of each advisor who has none, through the portal's own pages: each client signs in and chooses
 * the office, and the advisor accepts.
 *
 * @param origin of the portal
 */
export async function giveMandates(origin: string, people: readonly DemoPerson[]): Promise<void> {
  for (const { id, office, clients } of people) {
    if (!office || clients.length === 0) continue;
    const advisor = await signIn(origin, id);
    if (forms(await advisor.get('/en/advisor')).rows > 0) continue;
    const waiting = [...clients];
    const offering = async () => {
      for (let client = waiting.shift(); client; client = waiting.shift())
        await chooseOffice(await signIn(origin, client), office.number);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, offering));
    for (const mandate of forms(await advisor.get('/en/advisor/mandates')).mandates)
      await advisor.post('/en/advisor/mandates', { mandate, do: 'yes' });
  }
}

/** Chooses the office for all cases of the client, for 12 months. A colleague may take over, and the office look along. */
async function chooseOffice(client: SignedIn, office: string): Promise<void> {
  const { references } = forms(await client.get('/en/mandates'));
  const fields = [
    ['office', office],
    ['months', '12'],
    ['colleague', 'yes'],
    ['sharing', 'look'],
  ];
  await client.post('/en/mandates', [...fields, ...references.map((reference) => ['reference', reference])]);
}

function forms(html: string) {
  const valuesOf = (name: string) =>
    [...html.matchAll(new RegExp(`name="${name}"[^>]* value="([^"]+)"`, 'g'))].map(([, value = '']) => value);
  return { references: valuesOf('reference'), mandates: valuesOf('mandate'), rows: html.split('<tr').length - 1 };
}

/** Signs in without a browser: keeps cookies by origin and follows redirects. */
async function signIn(origin: string, person: string): Promise<SignedIn> {
  const jars = new Map<string, Map<string, string>>();
  const ask = async (address: string | URL, form?: Form): Promise<{ url: URL; text: string }> => {
    const url = new URL(address, origin);
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), ...(form ? { origin: url.origin } : {}) },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) jar.set(name, value);
    }
    const to = answer.headers.get('location');
    return to ? ask(new URL(to, url)) : { url, text: await answer.text() };
  };
  const choice = await ask('/en/sign-in', { to: '/en/cases' });
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(choice.text) ?? [];
  await ask(new URL(action.replaceAll('&#38;', '&'), choice.url), { person });
  return {
    get: async (path) => (await ask(path)).text,
    post: async (path, form) => (await ask(path, form)).text,
  };
}
