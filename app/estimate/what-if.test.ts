import { expect, test } from 'vitest';
import { outlookOf, whatIfIn } from './what-if';

const ask = (query: Record<string, string>) => whatIfIn(new URLSearchParams(query));

test('percentages are understood as people write them', () => {
  const asked = ask({ inflow: '+50', capacity: '−10', weeks: '13' });
  expect(asked).toEqual({ inflow: 50, capacity: -10, weeks: 13 });
  expect(ask({ inflow: '12,5', capacity: '0', weeks: '1' })).toEqual({ inflow: 12.5, capacity: 0, weeks: 1 });
  expect(asked && 'inflow' in asked && outlookOf(asked)).toEqual({ inflow: 1.5, capacity: 0.9, weeks: 13 });
});

test('nothing is asked without weeks', () => {
  expect(ask({})).toBeNull();
});

test.each([
  [{ inflow: '-91', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '401', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '0', capacity: 'much', weeks: '13' }, ['capacity']],
  [{ inflow: '', capacity: '0', weeks: '13' }, ['inflow']],
  [{ inflow: '0', capacity: '0', weeks: '0' }, ['weeks']],
  [{ inflow: '0', capacity: '0', weeks: '53' }, ['weeks']],
  [{ inflow: 'x', capacity: '0', weeks: '1.5' }, ['inflow', 'weeks']],
])('what the simulation can not do is refused, and where: %o', (query, wrong) => {
  expect(ask(query)).toEqual({ wrong });
});
