import type { Translate } from '~/i18n/keys';

/** The portal's or the agency's words for a procedure's key; the key itself when there are none. */
export const procedureWords = (code: string, t: Translate): string => wordsOr(t(`case:procedure.${code}`), code);

/** The same for a stage's key. */
export const stageWords = (code: string, t: Translate): string => wordsOr(t(`case:stage.${code}.name`), code);

/** i18next gives back the key of a text that it does not have. */
const wordsOr = (words: string, code: string): string =>
  words === `procedure.${code}` || words === `stage.${code}.name` ? code : words;
