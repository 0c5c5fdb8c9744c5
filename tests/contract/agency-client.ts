import { createHmac } from 'node:crypto';
import { ZGW_CLIENT } from '../../mocks/secrets';

export interface TokenChange {
  readonly secret?: string;
  readonly alg?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** A valid ZGW token of the portal, with `change` applied to make it invalid. */
export function zgwToken({ secret = ZGW_CLIENT.secret, alg = 'HS256', claims = {} }: TokenChange = {}): string {
  const good = { iss: 'zicht', iat: Math.floor(Date.now() / 1000), client_id: ZGW_CLIENT.id };
  const all = { ...good, user_id: 'tester', user_representation: 'Tester', ...claims };
  const body = [{ alg, typ: 'JWT' }, all]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

export const zgwHeaders = (token = zgwToken()) => ({
  authorization: `Bearer ${token}`,
  'accept-crs': 'EPSG:4326',
  'content-crs': 'EPSG:4326',
  'content-type': 'application/json',
});

/** A response with its parsed but unchecked JSON body: a test fails when a field that it expects is missing. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Calls an API and parses its JSON, with or without the planner's prefix. */
export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text.replace(/^\)\]\}',\n/, ''));
  return { status: response.status, headers: response.headers, body };
}

const json = { 'content-type': 'application/json' };
export const post = (url: string, body: unknown, headers: Record<string, string> = json) =>
  call(url, { method: 'POST', headers, body: JSON.stringify(body) });
export const put = (url: string, body: unknown) =>
  call(url, { method: 'PUT', headers: json, body: JSON.stringify(body) });

/** Searches the cases of one person as the portal does. */
export const searchCases = (url: string, body: Readonly<Record<string, unknown>>, query = '') =>
  post(`${url}/zaken/api/v1/zaken/_zoek${query}`, body, zgwHeaders());

export const BY_BSN = 'rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn';
export const BY_V_NUMBER = 'rol__betrokkeneIdentificatie__natuurlijkPersoon__anpIdentificatie';
export const BY_OFFICE = 'rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId';
