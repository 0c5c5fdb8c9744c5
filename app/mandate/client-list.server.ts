import { decidedOn } from '~/answer/decided-on';
import { notCheckedLately } from '~/answer/visit-since.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import { answerOf } from '~/model/answer';
import type { Case } from '~/model/case';
import { isOpen } from '~/model/case-state';
import type { Language } from '~/model/language';
import { type ClientListQuery, type ClientRow, filterAndSort, GROUPS, type Lawyer } from '~/model/mandate-clients';
import { today } from '~/platform/clock.server';
import { clientReference } from '~/platform/pseudonym.server';
import { procedures, SHOWN_OUTCOMES, stages } from './list-address.server';

/** @param rows all of them, of which the lawyers are offered to filter by */
export const wishView = (wish: ClientListQuery, rows: readonly ClientRow[]) => ({
  search: wish.search,
  procedure: wish.procedure ?? '',
  stage: wish.stage ?? '',
  task: wish.task ?? '',
  outcome: wish.outcome ?? '',
  onlyChanged: wish.onlyChanged,
  sort: wish.sort,
  procedures: procedures(),
  stages: stages(),
  outcomes: SHOWN_OUTCOMES,
  colleague: wish.lawyer ?? '',
  colleagues: lawyersIn(rows),
  isFiltered:
    Boolean(wish.procedure ?? wish.stage ?? wish.task ?? wish.outcome ?? wish.lawyer) ||
    wish.onlyChanged ||
    wish.sort !== 'need',
});

/** Each lawyer of the office whose clients are in the list, by name. */
const lawyersIn = (rows: readonly ClientRow[]): Lawyer[] => {
  const all = new Map(rows.flatMap(({ lawyer }) => (lawyer ? [[lawyer.ref, lawyer] as const] : [])));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
};

export type WishView = ReturnType<typeof wishView>;

/** The list in its parts; one part without a name when its order is another than that of the tasks. */
export function partsOf(actorId: string, rows: readonly ClientRow[], wish: ClientListQuery, language: Language) {
  const sorted = filterAndSort(rows, wish);
  const lines = sorted.map((row) => ({ group: row.group, line: lineOf(actorId, row, language) }));
  if (wish.sort !== 'need') return [{ group: null, lines: lines.map(({ line }) => line) }];
  return GROUPS.map((group) => ({
    group,
    lines: lines.filter((each) => each.group === group).map(({ line }) => line),
  })).filter((part) => part.lines.length > 0);
}

function lineOf(actorId: string, row: ClientRow, language: Language) {
  const { name, theCase, task, late, decideBy, visit, ownReference, isChanged } = row;
  const formats = formatsOf(language);
  const t = translatorOf(language);
  return {
    ref: clientReference(actorId, theCase.id),
    name,
    reference: theCase.reference,
    ownReference,
    isChanged,
    lawyer: row.lawyer?.name ?? null,
    procedure: theCase.procedure,
    procedureName: theCase.procedureName,
    stage: theCase.current?.stage ?? null,
    stageName: theCase.current?.name ?? null,
    decided: decidedWords(theCase, today(config().AGENCY_ZONE).toString(), language),
    task: task && {
      kind: task.kind,
      date: task.date && formats.date(task.date),
      time: task.at ? formats.time(task.at.time) : null,
      place: task.at?.place ?? null,
    },
    late: late && { since: formats.date(late.since), possible: late.possible },
    decideBy: decideBy && formats.date(decideBy),
    visit: visit && {
      // The columns of the task have it already when the visit is the next task.
      moment:
        task?.kind === 'visit' && task.at
          ? null
          : t('appointment:booking.moment', {
              day: formats.weekday(visit.localDate),
              time: formats.time(visit.localTime),
            }),
      desk: visit.deskName,
      since: notCheckedLately(visit, language),
    },
  };
}

function decidedWords(theCase: Case, day: string, language: Language): string | null {
  const { date } = formatsOf(language);
  const made = answerOf(theCase, { today: day }).decision?.made ?? null;
  const closedOn = isOpen(theCase.state) ? null : theCase.ended;
  return decidedOn(translatorOf(language), { made: made && date(made), closedOn: closedOn && date(closedOn) });
}

export type ClientPart = ReturnType<typeof partsOf>[number];
export type ClientLine = ClientPart['lines'][number];

/** The day of a printed list. */
export const dayOfList = (language: Language): string =>
  formatsOf(language).date(today(config().AGENCY_ZONE).toString());
