import type { Translate } from '~/i18n/keys';
import { EMAIL_CHARACTERS } from '~/model/contact-address';

/** What is wrong with an address for mail. */
export const emailError = (typed: string, t: Translate): string =>
  typed.length > EMAIL_CHARACTERS
    ? t('trouble:tooLong', { field: t('appointment:hold.email'), most: EMAIL_CHARACTERS })
    : t('appointment:hold.badEmail');
