import type { Refusal } from '~/model/appointment';

/**
 * The address or number that a planner's refusal complains about in its own words; null when they name neither.
 *
 * @param words the codes and messages of the refusal, in any language of the field
 * @param sent what the planner was given: a field that was empty is asked for, another is not taken
 */
export function namedField(
  words: string,
  sent: { readonly email: string; readonly phone: string },
): Extract<Refusal, 'needs-email' | 'email-refused' | 'needs-phone' | 'phone-refused'> | null {
  // Some refusals repeat what was sent.
  const said = [sent.email, sent.phone].filter(Boolean).reduce((text, own) => text.replaceAll(own, ''), words);
  if (/e[-_ ]?mail/i.test(said)) return sent.email === '' ? 'needs-email' : 'email-refused';
  if (/phone|telefo|t[ée]l[ée]ph|mobiel|mobile|handy/i.test(said))
    return sent.phone === '' ? 'needs-phone' : 'phone-refused';
  return null;
}
