import type { Translate } from '~/i18n/keys';
import { PROCEDURES, STAGES } from '~/model/case';

export function procedureWords(code: string, t: Translate): string {
  const known = PROCEDURES.find((one) => one === code);
  return known ? t(`case:procedure.${known}`) : code;
}

export function stageWords(code: string, t: Translate): string {
  const known = STAGES.find((one) => one === code);
  return known ? t(`case:stage.${known}.name`) : code;
}
