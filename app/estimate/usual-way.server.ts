import { formatsOf } from '~/i18n/format.server';
import { procedureOf } from '~/model/estimate/model';
import { type UsualWay, usualWayOf } from '~/model/estimate/usual-way';
import type { Language } from '~/model/language';
import { knownValue } from '~/model/loaded';
import { cachePerModel } from './cache-per-model';
import { aboutWords } from './duration-words.server';
import { trained } from './model.server';

const cached = cachePerModel<UsualWay | null>(500);

/** How cases of a procedure usually go, in words; null without counts of it. */
export function usualWay(procedure: string | null, language: Language) {
  const known = knownValue(trained());
  if (!known || procedure === null) return null;
  const way = cached(known, procedure, () => {
    const model = procedureOf(known.model, procedure);
    return model ? usualWayOf(model) : null;
  });
  if (!way) return null;
  return {
    /** By stage; null where it is not known. */
    times: Object.fromEntries(
      Object.entries(way.days).map(([stage, days]) => [stage, days === null ? null : aboutWords(days, language)]),
    ),
    oneInComesBack: way.oneInComesBack === null ? null : formatsOf(language).number(way.oneInComesBack),
  };
}

export type UsualWayView = NonNullable<ReturnType<typeof usualWay>>;
