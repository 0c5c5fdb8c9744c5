/**
 * Leads a form's browser to another site. By `Refresh`, since browsers apply the policy of the form's page to every
 * redirect that follows, and where a site leads on is not known. Browsers replace the page in the history.
 */
export function refreshTo(address: string, cookies: readonly string[]): Response {
  const headers = new Headers({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    refresh: `0; url=${address}`,
    'clear-site-data': '"storage"',
  });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response('<!doctype html><html lang="en"><title>.</title></html>', { headers });
}
