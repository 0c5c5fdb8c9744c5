import { besideAnOddRow, noneInAnotherForm, numberAsText, twice } from './every-backend';
import type { Habits } from './habits';

/** What the statistics API does in the field. */
export const STATISTICS_HABITS: Habits = {
  rows: [...noneInAnotherForm('publishedTermDays'), numberAsText('publishedTermDays')],
  lists: [twice((row) => 'procedure' in row), besideAnOddRow((row) => 'procedure' in row)],
};

/** What the queue-time API does in the field. */
export const QUEUE_HABITS: Habits = {
  rows: [...noneInAnotherForm('waiting'), numberAsText('people', 'callers', 'minutes', 'weekday', 'hour')],
  lists: [
    twice((row) => 'openingHours' in row || 'opens' in row),
    besideAnOddRow((row) => 'openingHours' in row || 'opens' in row),
  ],
};
