import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher, fetch as fetchBy, Pool, ProxyAgent } from 'undici';
import { type BackendTls, proxyFor } from '~/config/backends.server';
import { config } from '~/config/config.server';

/** How a backend is reached: its certificates, and the proxy between. */
export interface WayOut {
  readonly tls?: BackendTls;
  readonly proxy?: string;
}

/** The way to a backend, as BACKEND_TLS, BACKEND_PROXIES, HTTPS_PROXY and NO_PROXY say. @param name its name in the log */
export function wayOut(name: string, address: string): WayOut {
  const { BACKEND_TLS, BACKEND_PROXIES, HTTPS_PROXY, NO_PROXY } = config();
  const tls = BACKEND_TLS[name];
  const proxy = proxyFor(address, HTTPS_PROXY, NO_PROXY, BACKEND_PROXIES[name]);
  return { ...(tls && { tls }), ...(proxy !== null && { proxy }) };
}

/** Pooled connections to one origin. */
export function openPool(origin: string, { tls, proxy }: WayOut, { connect, ...settings }: Pool.Options): Dispatcher {
  const secured = { ...(typeof connect === 'object' ? connect : {}), ...certificatesOf(tls) };
  return proxy === undefined
    ? new Pool(origin, { ...settings, connect: secured })
    : new ProxyAgent({ ...settings, uri: proxy, requestTls: secured });
}

/** `fetch` on a backend's way, for libraries that ask by themselves; null when the usual one will do. */
export function fetchOn({ tls, proxy }: WayOut): ((address: string, options: object) => Promise<Response>) | null {
  if (!tls && proxy === undefined) return null;
  const dispatcher =
    proxy === undefined
      ? new Agent({ connect: certificatesOf(tls) })
      : new ProxyAgent({ uri: proxy, requestTls: certificatesOf(tls) });
  return async (address, options) => {
    const answer = await fetchBy(address, { ...options, dispatcher });
    const { status, statusText, headers } = answer;
    const body = status === 204 ? null : await answer.arrayBuffer();
    return new Response(body, { status, statusText, headers: [...headers] });
  };
}

/** An own authority counts beside the usual ones. */
const certificatesOf = ({ ca, ...own }: BackendTls = {}) => ({
  ...own,
  ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
});
