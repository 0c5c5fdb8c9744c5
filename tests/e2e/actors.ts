import { createHmac } from 'node:crypto';
import { request } from 'undici';
import type { PolicyRole } from '../../app/model/policy';
import { SESSION_SECRET } from '../../mocks/secrets';
import { PICKED, subjectId } from '../../mocks/world/people';
import { signInByHttp, Visitor } from '../load/visitor';
import type { Stack } from './stack';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  readonly status: number;
  /** Path and query of the redirect. */
  readonly to: string | null;
  /** Without what is new in every response, so that two answers can be compared byte by byte. */
  readonly body: string;
  /** The other headers as one text, without those that always differ. */
  readonly head: string;
}

/** Sends requests to the portal without a browser, which would follow redirects and hide bytes. */
export class Actor {
  readonly #origin: string;
  readonly #cookie: string;
  /** The hidden field with which each page's forms say for whom they are. */
  readonly #mark: [name: string, value: string];

  constructor(
    readonly name: string,
    readonly role: PolicyRole,
    origin: string,
    cookie: string,
  ) {
    this.#origin = origin;
    this.#cookie = cookie;
    this.#mark = ['form-owner', formOwnerMark(name)];
  }

  /** The session cookie, for requests to another portal process. */
  get cookie(): string {
    return this.#cookie;
  }

  /** Returns the headers and body of an uncompressed response as one text. Null when `signal` aborted it. */
  async bytesOf(
    path: string,
    signal?: AbortSignal,
  ): Promise<{ readonly status: number; readonly text: string } | null> {
    const headers = { ...(this.#cookie ? { cookie: this.#cookie } : {}), 'accept-encoding': 'identity' };
    try {
      const answer = await request(this.#origin + path, { headers, signal: signal ?? null });
      const text = `${JSON.stringify(answer.headers)}\n${await answer.body.text()}`;
      return { status: answer.statusCode, text };
    } catch (error) {
      if (signal?.aborted) return null;
      throw error;
    }
  }

  /** @param unsaid what differs by itself between two requests, such as the requested reference */
  async ask(
    method: Method,
    path: string,
    fields: Readonly<Record<string, string>> | URLSearchParams = {},
    unsaid: readonly string[] = [],
  ): Promise<Answer> {
    const answer = await request(this.#origin + path, {
      method,
      headers: {
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...(isRead(method) ? {} : { origin: this.#origin, 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(isRead(method) ? {} : { body: `${new URLSearchParams([...new URLSearchParams(fields), this.#mark])}` }),
    });
    const { location } = answer.headers;
    const to = typeof location === 'string' ? new URL(location, this.#origin) : null;
    const text = await answer.body.text();
    const same = (said: string) => unsaid.reduce((left, word) => left.replaceAll(word, '…'), said);
    return {
      status: answer.statusCode,
      to: to && same(to.pathname + to.search),
      body: same(withoutMoment(text.replaceAll(String(answer.headers['x-request-id']), ''))),
      head: same(headOf(answer.headers)),
    };
  }
}

/** The mark that a form of this person's has. @param person also "NAME for NAME", who acts for another */
export function formOwnerMark(person: string): string {
  const [slug = '', whom] = person.split(' for ');
  const represented = whom === undefined ? '' : `\nfor bsn:${PICKED.find((one) => one.slug === whom)?.bsn}`;
  const owner = pseudonym('draft owner', pseudonym('actor', subjectId({ slug }) + represented));
  return `${owner}.${pseudonym('form owner', owner)}`;
}

const pseudonym = (purpose: string, content: string): string =>
  createHmac('sha256', SESSION_SECRET).update(`${purpose}\n${content}`).digest().subarray(0, 16).toString('base64url');

const isRead = (method: Method) => method === 'GET' || method === 'HEAD';

/** These headers change by themselves or follow from the body. */
const NEW_EACH_TIME = new Set(['date', 'x-request-id', 'content-length', 'location']);
const headOf = (headers: Readonly<Record<string, string | string[] | undefined>>): string =>
  Object.entries(headers)
    .filter(([name]) => !NEW_EACH_TIME.has(name))
    .map(
      ([name, value]) =>
        `${name}: ${[value]
          .flat()
          .join(', ')
          .replace(/'nonce-[^']*'/g, '')}`,
    )
    .sort()
    .join('\n');

/** Removes nonces and the seconds that are left of the session. */
const withoutMoment = (html: string): string =>
  html
    .replace(/nonce="[^"]*"/g, '')
    .replace(/data-seconds="\d+"|animation-delay:\d+s|<span data-time="">[^<]*<\/span>/g, '');

export async function signedIn(stack: Stack, person: string, role: PolicyRole): Promise<Actor> {
  const visitor = new Visitor();
  await signInByHttp(visitor, stack.origin, person);
  return new Actor(person, role, stack.origin, visitor.cookiesFor(stack.origin));
}
