import type { ReactNode } from 'react';
import { inDigitsOf } from '~/i18n/numbers';
import { useWords } from '~/i18n/use-t';
import { HOURS } from '~/model/watch';
import { Select } from '~/ui/field';

interface QuietHoursProps {
  readonly from: string;
  readonly until: string;
  readonly children?: ReactNode;
}

/** The hours (HH:00) in which a person wants no message. */
export function QuietHours({ from, until, children }: QuietHoursProps) {
  const { language, t } = useWords();
  const hours = HOURS.map((hour) => [hour, inDigitsOf(language, hour)] as const);
  return (
    <fieldset>
      <legend>{t('appointment:watch.quiet')}</legend>
      {children}
      <Select name="quietFrom" label={t('appointment:watch.quietFrom')} value={from} options={hours} />
      <Select name="quietUntil" label={t('appointment:watch.quietUntil')} value={until} options={hours} />
    </fieldset>
  );
}
