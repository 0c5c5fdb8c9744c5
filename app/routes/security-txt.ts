import { config } from '~/config/config.server';

/** Where to report a weakness (RFC 9116). 404 unless the agency has set a contact. */
export function loader() {
  const { ORIGIN, SECURITY_CONTACT, SECURITY_EXPIRES } = config();
  if (SECURITY_CONTACT === undefined) return new Response('Not found\n', { status: 404 });
  const lines = [
    `Contact: ${SECURITY_CONTACT}`,
    `Expires: ${SECURITY_EXPIRES}T00:00:00Z`,
    'Preferred-Languages: nl, en',
    `Canonical: ${ORIGIN}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=86400' },
  });
}
