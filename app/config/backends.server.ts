import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fromJson } from './json-file.server';

/** What TLS to a backend needs beside the usual: PEM texts. */
export interface BackendTls {
  /** Authorities that count beside the usual ones. */
  readonly ca?: string;
  /** The certificate with which the portal proves who it is, with its chain. */
  readonly cert?: string;
  readonly key?: string;
}

/** HTTPS_PROXY: the address of a forward proxy. */
const proxyAddress = z.url({ protocol: /^https?$/, error: 'is no http(s) URL' });

const file = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    context.addIssue('is no readable file');
    return z.NEVER;
  }
});
const certificates = file.refine(isCertificate, 'is no PEM file of a certificate');
const privateKey = file.refine((pem) => keyOf(pem) !== null, 'is no PEM file of a private key without a passphrase');

const tls = z
  .strictObject({ ca: certificates.optional(), cert: certificates.optional(), key: privateKey.optional() })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), 'cert and key: only both or neither')
  .refine(({ cert, key }) => cert === undefined || key === undefined || belong(cert, key), 'key: is not that of cert')
  .transform(
    ({ ca, cert, key }): BackendTls => ({
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined || key === undefined ? {} : { cert, key }),
    }),
  );

/** BACKEND_TLS: the name of a backend → PEM files, as JSON. */
export const backendTlsFromJson = fromJson.pipe(z.record(z.string(), tls));

/** BACKEND_PROXIES: the name of a backend → its own forward proxy, or "direct" for none, as JSON. */
export const backendProxiesFromJson = fromJson.pipe(
  z.record(
    z.string(),
    z.union([z.literal('direct'), proxyAddress], { error: "is neither 'direct' nor an http(s) URL" }),
  ),
);

/** How backends are reached. Part of the portal's settings. */
export const wayOutSettings = {
  /** PEM files for TLS to a backend: JSON. */
  BACKEND_TLS: backendTlsFromJson.prefault('{}'),
  /** Forward proxies of single backends: JSON. */
  BACKEND_PROXIES: backendProxiesFromJson.prefault('{}'),
  /** A forward proxy for backends with https, and the hosts that need none. */
  HTTPS_PROXY: proxyAddress.optional(),
  NO_PROXY: z.string().default(''),
};

const BACKENDS = ['cases', 'catalogue', 'statistics', 'queue', 'documents', 'contacts', 'notifications', 'notify'];

/** Names that no backend has, by the setting in which they stand. */
export function unknownBackends(config: {
  readonly BACKEND_TLS: Readonly<Record<string, BackendTls>>;
  readonly BACKEND_PROXIES: Readonly<Record<string, string>>;
  readonly PLANNERS: readonly { readonly name: string }[];
  readonly PROVIDERS: readonly { readonly name: string }[];
}): { readonly setting: string; readonly name: string }[] {
  const planners = config.PLANNERS.map(({ name }) => (name ? `planner ${name}` : 'planner'));
  const providers = config.PROVIDERS.map(({ name }) => (name ? `sign-in ${name}` : 'sign-in'));
  return (['BACKEND_TLS', 'BACKEND_PROXIES'] as const).flatMap((setting) =>
    Object.keys(config[setting])
      .filter((name) => ![...BACKENDS, ...planners, ...providers].includes(name))
      .map((name) => ({ setting, name })),
  );
}

/**
 * The proxy for an address; null: directly.
 *
 * @param exceptions hosts, or ends of hosts, with commas between; "*" for all
 * @param own the backend's own, or "direct"; wins over the rest
 */
export function proxyFor(address: string, proxy: string | undefined, exceptions: string, own?: string): string | null {
  if (own !== undefined) return own === 'direct' ? null : own;
  const { protocol, hostname, port } = new URL(address);
  if (proxy === undefined || protocol !== 'https:' || /^(localhost|127\..*|\[::1\])$/.test(hostname)) return null;
  const isException = exceptions.split(/[\s,]+/).some((entry) => {
    const [, name = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (name === '' || (ofPort !== undefined && ofPort !== (port || '443'))) return false;
    const end = name.replace(/^\*?\./, '');
    return name === '*' || hostname === end || hostname.endsWith(`.${end}`);
  });
  return isException ? null : proxy;
}

function isCertificate(pem: string): boolean {
  try {
    return Boolean(new X509Certificate(pem));
  } catch {
    return false;
  }
}

function keyOf(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function belong(cert: string, pem: string): boolean {
  const key = keyOf(pem);
  return key !== null && new X509Certificate(cert).publicKey.equals(createPublicKey(key));
}
