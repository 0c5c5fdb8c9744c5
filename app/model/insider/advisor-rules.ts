import { countOf, fullest, groupedBy, MINUTE, type Rule } from './stream';

/** Deadlines taken out as a file, a day: once in the morning is the use of it. */
const EXPORTS_A_DAY = 6;
/** The list of all clients, a day. Each search and each filter is one. */
const LISTS_A_DAY = 150;
/** Different clients' files within ten minutes: nobody reads so fast. */
const FILES = 25;
const FILES_WITHIN = 10 * MINUTE;

/** What a calendar fetches by itself is no act of a person. */
export const CALENDAR_FEED = 'calendar-feed';

/** Lists of all clients, or their deadlines as a file, over and over. */
export const bulkLists: Rule = ({ moments }) =>
  groupedBy(
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

/** File after file, as a program would go through them, or somebody who is to lose his mandates tomorrow. */
export const filesInARow: Rule = ({ advisorLooks }) =>
  groupedBy(advisorLooks, ({ actor, first }) => `${actor} ${first.week}`).flatMap((week) => {
    const row = fullest(week, FILES_WITHIN, ({ first }) => first.ms);
    const files = countOf(row, ({ subject }) => subject);
    const [first] = row;
    if (!first || files < FILES) return [];
    const why = `${files} clients' files within ${FILES_WITHIN / MINUTE} minutes`;
    return [{ actor: first.actor, week: first.first.week, eventIds: row.flatMap(({ eventIds }) => eventIds), why }];
  });
