import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Estimate } from '~/model/estimate/model';
import type { Language } from '~/model/language';
import { mapLoaded, type ValueOf } from '~/model/loaded';
import { monthsWords, spanWords } from './duration-words.server';
import { whatIfForm, whatIfIn } from './what-if';
import { whatIf } from './what-if.server';

/** The what-if of an address: its form, and the ranges before and after where one was asked. */
export async function whatIfView(search: URLSearchParams, language: Language) {
  const form = whatIfForm(search);
  const asked = whatIfIn(search);
  if (asked === null || 'wrong' in asked) return { form, wrong: asked?.wrong ?? [], result: null };
  const formats = formatsOf(language);
  const signed = (percent: number) => `${percent < 0 ? '−' : '+'}${formats.number(Math.abs(percent))}`;
  const result = mapLoaded(await whatIf(asked), ({ from, until, outcomes }) => ({
    inflow: signed(asked.inflow),
    capacity: signed(asked.capacity),
    weeks: formats.number(asked.weeks),
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
