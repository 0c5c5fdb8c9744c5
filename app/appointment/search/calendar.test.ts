import { expect, test } from 'vitest';
import { LANGUAGES } from '~/model/language';
import { columnNames } from './calendar.server';

test.each(LANGUAGES)('%s: the weekday columns fit a phone and differ', (language) => {
  const names = columnNames(language);
  expect(new Set(names).size).toBe(7);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(5);
});
