/** A minimal browser: it keeps cookies, and follows redirects within the provider only. */
export function browser(issuer: string) {
  const cookies = new Map<string, string>();
  const open = async (url: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { url, response };
    const next = new URL(location, url).toString();
    return next.startsWith(issuer) ? open(next) : { url: next, response };
  };
  return { open };
}

/** The form by which a tester picks a person. */
export const pick = (slug: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ person: slug }).toString(),
});
