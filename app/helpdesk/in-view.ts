/** What an element of the frame says of all links and buttons that only the caller can use. */
export const ONLY_CALLER = 'only-caller';

/** The caller's pages that an employee can open, each with its address below the call's. */
const PAGES: readonly (readonly [own: RegExp, page: (part: string) => string])[] = [
  [/^cases$/, () => 'view'],
  [/^cases\/([\w-]+)$/, (ref) => `view/${ref}`],
  [/^cases\/([\w-]+)\/appointment$/, (ref) => `view/${ref}/appointment`],
  [/^bookings\/([\w-]+)$/, (id) => `bookings/${id}`],
  [/^who-looked$/, () => 'who-looked'],
  [/^wait$/, () => 'wait'],
  [/^contact$/, () => 'contact'],
];

/**
 * The markup of a page of the caller's, in which the links to other pages of theirs stay in the view, and what only the
 * caller can do is inert. Only attributes are added or prefixed, so that what is shown stays the caller's page. Works on
 * React's own markup, which escapes each attribute.
 *
 * @param call the address of the call, such as `/nl/helpdesk/calls/…`
 * @param only the one case that may be opened; null for all pages
 */
export function inView(html: string, call: string, only: string | null): string {
  let writes = false;
  return html.replace(/<(\/?)(a|form|button)\b([^>]*)>/g, (tag, end: string, name: string, attributes: string) => {
    if (name === 'form') writes = end === '' && / method="post"/i.test(attributes);
    if (end) return tag;
    if (name === 'button') return writes ? `<button data-inert="" disabled="" ${WHY}${attributes}>` : tag;
    if (name === 'form')
      return tag.replace(/ action="(\/[^"]*)"/, (_, own: string) => addressIn(own, call, only, 'action'));
    return tag.replace(/ href="([^"]*)"/, (whole, own: string) =>
      own.startsWith('/')
        ? addressIn(own, call, only, 'href')
        : /^https?:/.test(own)
          ? ` data-own="" target="_blank"${whole}`
          : whole,
    );
  });
}

const REFERS = /( (?:id|for|form|list|aria-(?:describedby|labelledby|controls|owns))="| href="#)([^"]*)(?=")/g;

/** The second copy of a page in one document: each of its ids, and each reference to one, gets a prefix. */
export function withOwnIds(html: string, prefix: string): string {
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
  return html.replace(REFERS, (_, before: string, names: string) => {
    const own = names.split(' ').map((name) => (ids.has(name) ? `${prefix}${name}` : name));
    return `${before}${own.join(' ')}`;
  });
}

const WHY = `aria-describedby="${ONLY_CALLER}"`;

function addressIn(own: string, call: string, only: string | null, attribute: 'href' | 'action'): string {
  const [, path = '', query = ''] = /^\/[a-z]{2}\/?([^?#]*)(.*)$/.exec(own) ?? [];
  for (const [pattern, page] of PAGES) {
    const found = pattern.exec(path);
    const address = found && page(found[1] ?? '');
    if (address && (only === null || address === `view/${only}`))
      return ` data-own="${own}" ${attribute}="${call}/${address}${query}"`;
  }
  return attribute === 'href' ? ` data-own="${own}" role="link" aria-disabled="true" ${WHY}` : ` data-own="${own}"`;
}
