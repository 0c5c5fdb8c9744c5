import { decidedOn } from '~/answer/decided-on';
import { notCheckedLately } from '~/answer/visit-since.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { procedureKeys, stageKeys } from '~/model/agency';
import { answerOf } from '~/model/answer';
import type { Case } from '~/model/case';
import { isOpen } from '~/model/case-state';
import type { Language } from '~/model/language';
import { type ClientListQuery, type ClientRow, filterAndSort, SORTS } from '~/model/mandate-clients';
import { today } from '~/platform/clock.server';
import { clientReference } from '~/platform/pseudonym.server';

/** Parses the list's address; anything invalid is ignored. */
export function wishOf(search: URLSearchParams): ClientListQuery {
  const days = Number(search.get('within'));
  return {
    search: (search.get('q') ?? '').slice(0, 80),
    procedure: procedures().find((known) => known === search.get('procedure')) ?? null,
    stage: stages().find((known) => known === search.get('stage')) ?? null,
    withinDays: search.get('within') && Number.isInteger(days) && days > 0 ? days : null,
    sort: SORTS.find((known) => known === search.get('sort')) ?? 'need',
  };
}

export const wishView = (wish: ClientListQuery) => ({
  search: wish.search,
  procedure: wish.procedure ?? '',
  stage: wish.stage ?? '',
  within: wish.withinDays === null ? '' : String(wish.withinDays),
  sort: wish.sort,
  procedures: procedures(),
  stages: stages(),
});

const procedures = () => procedureKeys(config().AGENCY_DIR);
const stages = () => stageKeys(config().AGENCY_DIR);

export type WishView = ReturnType<typeof wishView>;

export function linesOf(actorId: string, rows: readonly ClientRow[], wish: ClientListQuery, language: Language) {
  const formats = formatsOf(language);
  const day = today(config().AGENCY_ZONE).toString();
  return filterAndSort(rows, wish, day).map(({ name, theCase, need, due, visit = null }) => ({
    ref: clientReference(actorId, theCase.id),
    name,
    reference: theCase.reference,
    procedure: theCase.procedure,
    procedureName: theCase.procedureName,
    stage: theCase.current?.stage ?? null,
    stageName: theCase.current?.name ?? null,
    decided: decidedWords(theCase, day, language),
    need,
    visit: visit && {
      moment: translatorOf(language)('appointment:booking.moment', {
        day: formats.weekday(visit.localDate),
        time: formats.time(visit.localTime),
      }),
      desk: visit.deskName,
      since: notCheckedLately(visit, language),
    },
    due: due && formats.date(due),
  }));
}

function decidedWords(theCase: Case, day: string, language: Language): string | null {
  const { date } = formatsOf(language);
  const made = answerOf(theCase, { today: day }).decision?.made ?? null;
  const closedOn = isOpen(theCase.state) ? null : theCase.ended;
  return decidedOn(translatorOf(language), { made: made && date(made), closedOn: closedOn && date(closedOn) });
}

export type ClientLine = ReturnType<typeof linesOf>[number];
