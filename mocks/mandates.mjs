// The demo's advisors come by their clients as real ones do, by the portal's own pages: each client signs in and chooses the
// office, and the advisor says yes. Node's own modules only, since what starts everything needs no package.

/** So many clients at a time: nobody who tries the demo meanwhile shall wait for it. */
const AT_ONCE = 2;

/**
 * Gives every advisor the mandates of his clients, unless he has some.
 *
 * @param {string} origin the portal's
 * @param {{ id: string, office: { number: string } | null, clients: string[] }[]} people as `/control/people` has them
 */
export async function giveMandates(origin, people) {
  for (const { id, office, clients } of people) {
    if (!office || clients.length === 0) continue;
    const advisor = await signedIn(origin, id);
    if (forms(await advisor.get('/en/advisor')).rows > 0) continue;
    const waiting = [...clients];
    const offering = async () => {
      for (let client = waiting.shift(); client; client = waiting.shift())
        await chooseOffice(await signedIn(origin, client), office.number);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, offering));
    for (const mandate of forms(await advisor.get('/en/advisor/mandates')).mandates)
      await advisor.post('/en/advisor/mandates', { mandate, do: 'yes' });
  }
}

/** All cases of the client, for the usual time, and a colleague may stand in. */
async function chooseOffice(client, office) {
  const { references } = forms(await client.get('/en/mandates'));
  const fields = [
    ['office', office],
    ['months', '12'],
    ['colleague', 'yes'],
  ];
  await client.post('/en/mandates', [...fields, ...references.map((reference) => ['reference', reference])]);
}

function forms(html) {
  const valuesOf = (name) =>
    [...html.matchAll(new RegExp(`name="${name}"[^>]* value="([^"]+)"`, 'g'))].map(([, v]) => v);
  return { references: valuesOf('reference'), mandates: valuesOf('mandate'), rows: html.split('<tr').length - 1 };
}

/** Somebody who has signed in, without a browser: keeps cookies by origin and follows redirects. */
async function signedIn(origin, person) {
  const jars = new Map();
  const ask = async (address, form) => {
    const url = new URL(address, origin);
    const jar = jars.get(url.origin) ?? new Map();
    jars.set(url.origin, jar);
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), ...(form ? { origin: url.origin } : {}) },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name) jar.set(name, value);
    }
    const to = answer.headers.get('location');
    return to ? ask(new URL(to, url)) : { url, text: await answer.text() };
  };
  const choice = await ask('/en/sign-in', { to: '/en/cases' });
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(choice.text) ?? [];
  await ask(new URL(action.replaceAll('&#38;', '&'), choice.url), { person });
  const textOf = async (answer) => (await answer).text;
  return { get: (path) => textOf(ask(path)), post: (path, form) => textOf(ask(path, form)) };
}
