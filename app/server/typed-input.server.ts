import { typedText } from '~/model/typed-text';

/**
 * The one door for what people type and paste: every field of a form, every query parameter and every part of a path
 * passes it before anything else reads them.
 */

/** The address with clean text in its path and query. Null when it has a control character. */
export function typedAddress(url: string): string | null {
  if (/^[!-~]*$/.test(url) && !url.includes('%')) return url;
  const [path = '', ...rest] = url.split('?');
  const cleanPath = typedPath(path);
  const query = rest.length === 0 ? '' : typedFields(rest.join('?'));
  if (cleanPath === null || query === null) return null;
  return rest.length === 0 ? cleanPath : `${cleanPath}?${query}`;
}

/** A form's body (`application/x-www-form-urlencoded`) with clean names and values. Null when it has a control character. */
export function typedForm(body: Buffer): Buffer | null {
  const text = body.toString('utf8');
  const clean = typedFields(text);
  if (clean === null) return null;
  return clean === text ? body : Buffer.from(clean);
}

function typedFields(encoded: string): string | null {
  let isClean = true;
  const clean = new URLSearchParams();
  for (const pair of new URLSearchParams(encoded)) {
    const [name, value] = pair.map(typedText);
    if (name == null || value == null) return null;
    isClean &&= name === pair[0] && value === pair[1];
    clean.append(name, value);
  }
  return isClean ? encoded : `${clean}`;
}

/** A path that can't be decoded stays as it is, and is refused as such. */
function typedPath(path: string): string | null {
  try {
    const parts = path.split('/').map((part) => {
      const text = decodeURIComponent(part);
      const clean = typedText(text);
      return clean === null ? null : clean === text ? part : encodeURIComponent(clean);
    });
    return parts.includes(null) ? null : parts.join('/');
  } catch {
    return path;
  }
}
