import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { Case } from '~/model/case';
import type { Estimate } from '~/model/estimate/model';
import type { Language } from '~/model/language';
import { type Loaded, mapLoaded } from '~/model/loaded';
import { addDays, daysBetween } from '~/model/time';
import { expectedWait } from './model.server';
import type { Basis, Picture, WaitView } from './wait-view';

const WAITED_FOR = new Set(['decided', 'ceremony', 'collect', 'closed', 'withdrawn']);

/**
 * How long a case will probably still take, computed from what is known of it: procedure, stage, time in the stage and
 * time since application.
 * @param today    ISO date in the agency's zone
 * @param legalDay the legal last day (ISO), drawn apart from the range; null where there is none
 */
export function waitOf(theCase: Case, today: string, legalDay: string | null, language: Language): Loaded<WaitView> {
  const { current, procedure, received, ended } = theCase;
  if (ended || (current?.stage && WAITED_FOR.has(current.stage))) {
    return { state: 'fresh', value: { trust: 'decided' }, asOf: today };
  }
  const loaded = expectedWait({
    procedure: procedure ?? '',
    stage: current?.stage ?? '',
    inStageDays: Math.max(0, daysBetween(current?.since ?? received, today)),
    ageDays: Math.max(0, daysBetween(received, today)),
  });
  return mapLoaded(loaded, (result) => viewOf(result, today, legalDay, theCase.suspension !== null, language));
}

function viewOf(
  result: Estimate,
  today: string,
  legalDay: string | null,
  paused: boolean,
  language: Language,
): WaitView {
  const formats = formatsOf(language);
  const day = (days: number) => formats.date(addDays(today, days));
  const basis: Basis = {
    decisions: formats.number(result.decisionsBehind),
    asOf: formats.date(result.asOf),
    rightOf100: result.coverage && formats.number(Math.round(result.coverage.share * 100)),
  };
  const { low, median, high, trust } = result;
  if (low !== null && median !== null && high !== null && (trust === 'ok' || trust === 'unsettled')) {
    const picture = pictureOf(low, median, high, legalDay === null ? null : daysBetween(today, legalDay));
    return { trust, low: day(low), median: day(median), high: day(high), picture, basis, paused };
  }
  if (low !== null && trust === 'one-sided') return { trust, low: day(low), basis, paused };
  if (trust === 'open') {
    const count = Math.floor(result.horizonDays / 30.44);
    return { trust, horizon: translatorOf(language)('case:period.months', { count }), basis, paused };
  }
  return { trust: 'none', basis, paused };
}

function pictureOf(low: number, median: number, high: number, legal: number | null): Picture {
  const end = Math.max(high * 1.1, legal !== null && legal < high * 2 ? legal * 1.05 : 0, 1);
  const at = (days: number) => Math.round((days / end) * 1000) / 10;
  return {
    low: at(low),
    median: at(median),
    high: at(high),
    legal: legal !== null && legal >= 0 && legal <= end ? at(legal) : null,
  };
}
