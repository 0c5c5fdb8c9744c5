import { expect, test } from 'vitest';
import { outlookOf, parseWhatIf } from './what-if';

const parse = (query: Record<string, string>) => parseWhatIf(new URLSearchParams(query));

test('percentages are parsed as people write them', () => {
  const scenario = parse({ inflow: '+50', capacity: '−10', weeks: '13' });
  expect(scenario).toEqual({ inflow: 50, capacity: -10, weeks: 13 });
  expect(parse({ inflow: '12,5', capacity: '0', weeks: '1' })).toEqual({ inflow: 12.5, capacity: 0, weeks: 1 });
  expect(scenario && 'inflow' in scenario && outlookOf(scenario)).toEqual({ inflow: 1.5, capacity: 0.9, weeks: 13 });
});

test('without weeks there is no scenario', () => {
  expect(parse({})).toBeNull();
});

test.each([
  [{ inflow: '-91', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '401', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '0', capacity: 'much', weeks: '13' }, ['capacity']],
  [{ inflow: '', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '0', capacity: '0', weeks: '0' }, ['weeks']],
  [{ inflow: '0', capacity: '0', weeks: '53' }, ['weeks']],
  [{ inflow: 'x', capacity: '0', weeks: '1.5' }, ['inflow', 'weeks']],
])('values beyond the simulation are refused by field: %o', (query, wrong) => {
  expect(parse(query)).toEqual({ wrong });
});
