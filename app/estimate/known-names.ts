import type { Translate } from '~/i18n/keys';
import { PROCEDURES, STAGES } from '~/model/case';

/** A procedure's name in words, or the agency's code. */
export function procedureWords(code: string, t: Translate): string {
  const known = PROCEDURES.find((one) => one === code);
  return known ? t(`case:procedure.${known}`) : code;
}

/** A stage's name in words, or the agency's code. */
export function stageWords(code: string, t: Translate): string {
  const known = STAGES.find((one) => one === code);
  return known ? t(`case:stage.${known}.name`) : code;
}
