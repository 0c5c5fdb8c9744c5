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
import {
  CLIENT_KINDS,
  type ClientListQuery,
  type ClientRow,
  filterAndSort,
  GROUPS,
  SORTS,
} from '~/model/mandate-clients';
import { OUTCOMES } from '~/model/meaning';
import { today } from '~/platform/clock.server';
import { clientReference } from '~/platform/pseudonym.server';

/** Parses the list's address; anything invalid is ignored. */
export function wishOf(search: URLSearchParams): ClientListQuery {
  const known = <T extends string>(all: readonly T[], name: string): T | null =>
    all.find((one) => one === search.get(name)) ?? null;
  return {
    search: (search.get('q') ?? '').slice(0, 80),
    procedure: known(procedures(), 'procedure'),
    stage: known(stages(), 'stage'),
    task: known(CLIENT_KINDS, 'task'),
    outcome: known(SHOWN_OUTCOMES, 'outcome'),
    sort: known(SORTS, 'sort') ?? 'need',
  };
}

/** A withdrawal is no decision, so no row has it as its outcome. */
const SHOWN_OUTCOMES = OUTCOMES.filter((outcome) => outcome !== 'withdrawn');

export const wishView = (wish: ClientListQuery) => ({
  search: wish.search,
  procedure: wish.procedure ?? '',
  stage: wish.stage ?? '',
  task: wish.task ?? '',
  outcome: wish.outcome ?? '',
  sort: wish.sort,
  procedures: procedures(),
  stages: stages(),
  outcomes: SHOWN_OUTCOMES,
  isFiltered: Boolean(wish.procedure ?? wish.stage ?? wish.task ?? wish.outcome) || wish.sort !== 'need',
});

const procedures = () => procedureKeys(config().AGENCY_DIR);
const stages = () => stageKeys(config().AGENCY_DIR);

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

function lineOf(actorId: string, { name, theCase, task, late, decideBy, visit = null }: ClientRow, language: Language) {
  const formats = formatsOf(language);
  const t = translatorOf(language);
  return {
    ref: clientReference(actorId, theCase.id),
    name,
    reference: theCase.reference,
    procedure: theCase.procedure,
    procedureName: theCase.procedureName,
    stage: theCase.current?.stage ?? null,
    stageName: theCase.current?.name ?? null,
    decided: decidedWords(theCase, today(config().AGENCY_ZONE).toString(), language),
    task: task && {
      kind: task.kind,
      date: task.date && formats.date(task.date),
      time: task.at ? formats.time(task.at.time) : null,
    },
    late: late && { since: formats.date(late.since), possible: late.possible },
    decideBy: decideBy && formats.date(decideBy),
    visit: visit && {
      moment: t('appointment:booking.moment', {
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
