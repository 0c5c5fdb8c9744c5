import type { Translate } from '~/i18n/keys';
import { EMAIL_CHARACTERS, hasOtherLetters } from '~/model/contact-address';

/** What is wrong with an address for mail. */
export function emailError(typed: string, t: Translate): string {
  if (typed.length > EMAIL_CHARACTERS)
    return t('trouble:tooLong', { field: t('appointment:hold.email'), most: EMAIL_CHARACTERS });
  return t(hasOtherLetters(typed) ? 'appointment:hold.emailLetters' : 'appointment:hold.badEmail');
}
