import { countDistinct, fullestStretch, groupBy, MINUTE, type Rule } from './stream';

/** Exports of deadlines a day; the normal use is one in the morning. */
const EXPORTS_A_DAY = 6;
/** Lists of all clients a day. Each search and each filter counts as one. */
const LISTS_A_DAY = 150;
/** Different clients' files within ten minutes: too fast to read. */
const FILES = 25;
const FILES_WITHIN = 10 * MINUTE;

/** Fetched by a calendar program, so not an act of a person. */
export const CALENDAR_FEED = 'calendar-feed';

/** Many lists of all clients, or many exports of their deadlines, in one day. */
export const bulkLists: Rule = ({ moments }) =>
  groupBy(
    moments.filter(
      ({ action, purpose, actorRole }) =>
        actorRole === 'advisor' &&
        purpose !== CALENDAR_FEED &&
        (action === 'list-clients' || action === 'export-deadlines'),
    ),
    ({ actor, day }) => `${actor} ${day}`,
  ).flatMap((day) => {
    const exports = day.filter(({ action }) => action === 'export-deadlines').length;
    const [first] = day;
    if (!first || (exports < EXPORTS_A_DAY && day.length < LISTS_A_DAY)) return [];
    const why = `${day.length} lists of all clients in one day, ${exports} of them as a file`;
    return [{ actor: first.actor, week: first.week, eventIds: day.map(({ operationId }) => operationId), why }];
  });

/** Many files in a row: a program, or an advisor about to lose mandates. */
export const filesInARow: Rule = ({ advisorLooks }) =>
  groupBy(advisorLooks, ({ actor, first }) => `${actor} ${first.week}`).flatMap((week) => {
    const row = fullestStretch(week, FILES_WITHIN, ({ first }) => first.ms);
    const files = countDistinct(row, ({ subject }) => subject);
    const [first] = row;
    if (!first || files < FILES) return [];
    const why = `${files} clients' files within ${FILES_WITHIN / MINUTE} minutes`;
    return [{ actor: first.actor, week: first.first.week, eventIds: row.flatMap(({ eventIds }) => eventIds), why }];
  });
