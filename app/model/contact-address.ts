import { plainForms } from './typed-text';

/** The longest address for mail (RFC 5321, §4.5.3.1.3). */
export const EMAIL_CHARACTERS = 254;
export const PHONE_CHARACTERS = 30;

const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * An address for mail as mail servers take it: a domain in other letters becomes punycode, which also shows a lookalike
 * of a known name. Also takes "mailto:" and "Name <address>". Null when it is none.
 */
export function emailOf(text: string): string | null {
  const [local, domain] = partsOf(text);
  if (local.length > 64 || !LOCAL_PART.test(local) || domain === null) return null;
  const email = `${local}@${domain}`;
  return email.length <= EMAIL_CHARACTERS ? email : null;
}

/** Whether it would be an address if its part before the "@" had only Western letters: few servers take others. */
export const hasOtherLetters = (text: string): boolean => {
  const [local, domain] = partsOf(text);
  return domain !== null && /[^\p{ASCII}]/u.test(local) && LOCAL_PART.test(local.replace(/[\p{L}\p{M}]/gu, 'a'));
};

function partsOf(text: string): [local: string, domain: string | null] {
  const whole = plainForms(text)
    .trim()
    .replace(/^mailto:/i, '');
  const bare = /^[^<>@]*<([^<>]+)>$/.exec(whole)?.[1] ?? whole;
  const at = bare.lastIndexOf('@');
  return at < 1 ? ['', null] : [bare.slice(0, at), domainOf(bare.slice(at + 1))];
}

function domainOf(text: string): string | null {
  if (/[\s:/?#[\]@\\%]/.test(text) || !URL.canParse(`http://${text}`)) return null;
  const domain = new URL(`http://${text}`).hostname;
  return DOMAIN.test(domain) ? domain : null;
}

/**
 * A telephone number: digits, with a plus sign in front of a country's code. Null when other words or a second number
 * stand beside it, since their digits would make it another number.
 */
export function phoneOf(text: string): string | null {
  const plain = plainForms(text).trim().replace(/^tel:/i, '');
  // "+31 (0)6": the nought is not dialled after a country's code.
  const number = plain
    .replace(/^((?:\+|00)[\d\s.-]*)\(0\)/, '$1')
    .replace(/^\(([\d\s]+)\)/, '$1')
    // "0475/12.34.56", as Belgians and Germans write: a slash elsewhere divides two numbers.
    .replace(/^((?:(?:\+|00)\d{1,3}[\s.-]?)?\d{2,5})\s?\/(?=\s?\d)/, '$1 ');
  if (!/^\+?[\d\s.\p{Pd}]+$/u.test(number)) return null;
  const digits = number.replace(/[^\d+]/g, '').replace(/^00/, '+');
  return /^\+?\d{7,15}$/.test(digits) ? digits : null;
}
