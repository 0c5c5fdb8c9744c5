import { expect, test } from 'vitest';
import { physical } from './older-browsers';

test.each([
  [
    'padding-block',
    '1rem 2rem',
    [
      ['padding-top', '1rem'],
      ['padding-bottom', '2rem'],
    ],
  ],
  [
    'margin-inline',
    'auto',
    [
      ['margin-left', 'auto'],
      ['margin-right', 'auto'],
    ],
  ],
  [
    'padding-inline',
    '0 0.5rem',
    [
      ['-webkit-padding-start', '0'],
      ['-webkit-padding-end', '0.5rem'],
    ],
  ],
  ['margin-inline-end', 'auto', [['-webkit-margin-end', 'auto']]],
  ['border-block-start', '1px solid red', [['border-top', '1px solid red']]],
  ['border-inline-start-width', '2px', [['-webkit-border-start-width', '2px']]],
  ['inset-block-end', '0', [['bottom', '0']]],
  [
    'inset-inline',
    '0',
    [
      ['left', '0'],
      ['right', '0'],
    ],
  ],
  ['inset-inline-start', '0', [['left', '0']]],
  [
    'margin-block',
    'calc(1rem + 2px) 0',
    [
      ['margin-top', 'calc(1rem + 2px)'],
      ['margin-bottom', '0'],
    ],
  ],
  ['color', 'red', []],
  ['inline-size', '1rem', []],
])('%s: %s', (prop, value, wanted) => {
  expect(physical(prop, value)).toEqual(wanted);
});
