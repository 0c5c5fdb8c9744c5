import type { IncomingMessage } from 'node:http';
import { languageOfPage } from '~/i18n/request-language.server';
import type { Language } from '~/model/language';

/** The address is built on our own origin: the `Host` header is not trusted. */
export function webRequest(
  request: IncomingMessage,
  body: Buffer | null,
  signal: AbortSignal,
  origin: string,
): Request {
  const headers = new Headers();
  const { rawHeaders, method = 'GET', url = '/' } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  // A form without a field may have no content type, and is still read as a form.
  if (body && !headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded');
  return new Request(origin + url, { method, headers, body: body && new Uint8Array(body), signal });
}

/** The language in which to answer. */
export function languageOf({ url = '/', headers }: IncomingMessage, origin: string): Language {
  const { cookie = '', 'accept-language': wishes = '' } = headers;
  return languageOfPage(new Request(origin + url, { headers: { cookie, 'accept-language': wishes } }));
}
