import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Estimate } from '~/model/estimate/model';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { monthsWords, spanWords } from './duration-words.server';
import { parseWhatIf, whatIfForm } from './what-if';
import { whatIf } from './what-if.server';

/** The form and, for a scenario in the address, the ranges before and after. */
export async function whatIfView(search: URLSearchParams, language: Language) {
  const form = whatIfForm(search);
  const scenario = parseWhatIf(search);
  if (scenario === null || 'wrong' in scenario) return { form, wrong: scenario?.wrong ?? [], result: null };
  const formats = formatsOf(language);
  const signed = (percent: number) => `${percent < 0 ? '−' : '+'}${formats.number(Math.abs(percent))}`;
  const result = mapLoaded(await whatIf(scenario), ({ from, until, outcomes }) => ({
    inflow: signed(scenario.inflow),
    capacity: signed(scenario.capacity),
    weeks: formats.number(scenario.weeks),
    from: formats.date(from),
    until: formats.date(until),
    rows: outcomes.map(({ procedure, now, after, unchanged }) => ({
      procedure,
      now: rangeWords(now, language),
      after: rangeWords(after, language),
      unchanged: rangeWords(unchanged, language),
    })),
  }));
  return { form, wrong: [], result };
}

export type WhatIfView = Awaited<ReturnType<typeof whatIfView>>;
export type WhatIfTable = ValueOf<NonNullable<WhatIfView['result']>>;

function rangeWords({ trust, low, high, horizonDays }: Estimate, language: Language): string {
  const t = translatorOf(language);
  if (trust === 'none') return t('wait:staff.noRange');
  if (trust === 'open' || low === null)
    return t('wait:staff.openRange', { months: monthsWords(horizonDays, language) });
  const span = spanWords(low, high, language);
  return span.high === null
    ? t('wait:staff.from', { low: span.low })
    : t('wait:staff.span', { low: span.low, high: span.high });
}
