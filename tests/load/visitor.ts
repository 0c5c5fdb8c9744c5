import { request } from 'undici';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as received, possibly compressed. */
  readonly wire: Buffer;
  readonly text: string;
}

/** A client without a browser: it keeps cookies by origin, follows redirects and sends forms. */
export class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  async get(
    address: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer & { readonly url: string }> {
    return this.#ask(address, 'GET', headers);
  }

  async post(address: string, fields: Readonly<Record<string, string>>): Promise<Answer & { readonly url: string }> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(address).origin };
    return this.#ask(address, 'POST', headers, `${new URLSearchParams(fields)}`);
  }

  /** The `Cookie` header for an origin. */
  cookiesFor(origin: string): string {
    return [...(this.#cookies.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async #ask(
    address: string,
    method: 'GET' | 'POST',
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<Answer & { readonly url: string }> {
    const { origin } = new URL(address);
    const cookie = this.cookiesFor(origin);
    const answer = await request(address, {
      method,
      headers: { ...headers, ...(cookie === '' ? {} : { cookie }) },
      ...(body === undefined ? {} : { body }),
    });
    const wire = Buffer.from(await answer.body.arrayBuffer());
    this.#keep(origin, answer.headers['set-cookie']);
    const { location } = answer.headers;
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string')
      return this.#ask(new URL(location, address).href, 'GET', {});
    return { url: address, status: answer.statusCode, headers: answer.headers, wire, text: `${wire}` };
  }

  #keep(origin: string, given: string | string[] | undefined): void {
    const kept = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, kept);
    for (const line of [given ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) kept.delete(name);
      else kept.set(name, value);
    }
  }
}

/**
 * Signs in by the portal's form and the simulated provider's. Throws when that does not end at a page of the person.
 *
 * @param to the path to return to; advisors and employees get their own first page instead of `/en/cases`
 */
export async function signInByHttp(visitor: Visitor, origin: string, person: string, to = '/en/cases'): Promise<void> {
  const picker = await visitor.post(`${origin}/en/sign-in`, { to });
  const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(picker.text) ?? [];
  const arrived = await visitor.post(new URL(action.replaceAll('&#38;', '&'), picker.url).href, { person });
  const { pathname } = new URL(arrived.url);
  const isOwnPage = pathname === to || /^\/en\/(cases|advisor|helpdesk|staff)/.test(pathname);
  if (arrived.status !== 200 || !arrived.url.startsWith(origin) || !isOwnPage)
    throw new Error(`Signing in as ${person} ended at ${arrived.url} with ${arrived.status}`);
}
