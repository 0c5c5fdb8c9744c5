import type { Language } from '~/model/language';
import { permitFor } from '~/model/route-policy';

/** Set in the address of a form whose content could not be kept, so that its page says so. */
export const LOST_FORM = 'form-lost';

/** Its value for a form that was rendered for another person, or for an unknown one. */
export const OTHERS_FORM = 'other';

/** The address of a page for after a sign-in. */
export function wayBack(pathname: string, searchParams: URLSearchParams): string {
  // An address that only takes forms lies below its page.
  const page = permitFor('GET', pathname) ? pathname : pathname.replace(/\/[^/]*$/, '');
  const query = `${searchParams}`;
  const whole = query === '' ? page : `${page}?${query}`;
  return isOwnPath(whole) ? whole : page;
}

/** Longer than any path of ours. The sign-in cookie holds it, and browsers drop a cookie of more than 4 KiB. */
const LONGEST_RETURN = 300;

const isOwnPath = (to: string): boolean =>
  to.length <= LONGEST_RETURN && /^(\/[\w-][\w.-]*)+\/?(\?[\w.%+*=&-]*)?$/.test(to);

/** The way back after sign-in: only a normalised path of this portal, with its query. */
export const safeReturn = (to: string | null, language: Language): string =>
  to && isOwnPath(to) ? to : `/${language}/cases`;
