import type { Language } from '~/model/language';
import { fallbackLanguage, isShownLanguage } from './shown-languages.server';

/**
 * The language for an address without one: the one chosen before (cookie), else the browser's first that the portal has
 * (RFC 9110 Accept-Language with quality values), else the agency's default.
 */
export function languageOfRequest(request: Request): Language {
  const chosen = chosenLanguage(request);
  if (chosen) return chosen;
  const wishes = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/);
      return { language: tag.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wishes.map((wish) => wish.language).find(isShownLanguage) ?? fallbackLanguage();
}

function chosenLanguage(request: Request): Language | null {
  const chosen = /(?:^|;\s*)language=([a-z]{2})(?:;|$)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return isShownLanguage(chosen) ? chosen : null;
}

/** The language of a page: the one in its address, else the reader's. */
export function languageOfPage(request: Request): Language {
  const [, first] = new URL(request.url).pathname.split('/');
  return isShownLanguage(first) ? first : languageOfRequest(request);
}

const FLAGS = 'Path=/; SameSite=Lax; Secure';
const LASTING = `Max-Age=31536000; ${FLAGS}`;
const SHARED_DEVICE = /(?:^|;\s*)shared=1(?:;|$)/;

/**
 * Stores the language for the next visit to an address without one. The cookie holds nothing else. On a shared device it
 * lasts until the browser is closed.
 */
export function rememberLanguage(request: Request, headers: Headers, language: Language): void {
  if (chosenLanguage(request) === language) return;
  const isShared = SHARED_DEVICE.test(request.headers.get('cookie') ?? '');
  headers.append('set-cookie', `language=${language}; ${isShared ? FLAGS : LASTING}`);
}

/** Marks the browser as one of a shared device until it is closed, or as one person's own. */
export function rememberDevice(headers: Headers, language: Language, isShared: boolean): void {
  headers.append('set-cookie', `shared=${isShared ? '1' : ''}; ${isShared ? FLAGS : `Max-Age=0; ${FLAGS}`}`);
  if (isShared) headers.append('set-cookie', `language=${language}; ${FLAGS}`);
}
