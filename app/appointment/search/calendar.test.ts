import { expect, test } from 'vitest';
import { LANGUAGES } from '~/model/language';
import { columnNames } from './calendar.server';

test.each(LANGUAGES)('%s: the days above a month are short enough for a phone, and each is another', (language) => {
  const names = columnNames(language);
  expect(new Set(names).size).toBe(7);
  for (const name of names) expect(name.length).toBeLessThanOrEqual(5);
});
