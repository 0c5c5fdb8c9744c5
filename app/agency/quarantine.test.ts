import { expect, test } from 'vitest';
import { createQuarantine } from './quarantine';

const SECOND = 1_000;

test('answers about others for two people close it for half a minute', () => {
  const quarantine = createQuarantine();
  quarantine.answered(0, 'a', true);
  expect(quarantine.permits(0)).toBe(true);
  quarantine.answered(SECOND, 'b', true);
  expect(quarantine.permits(2 * SECOND)).toBe(false);
  expect(quarantine.permits(31 * SECOND)).toBe(true);
  quarantine.answered(32 * SECOND, 'b', true);
  expect(quarantine.permits(33 * SECOND)).toBe(false);
});

test('one person’s odd data close it to nobody', () => {
  const quarantine = createQuarantine();
  for (let n = 0; n < 50; n += 1) quarantine.answered(n * SECOND, 'a', true);
  expect(quarantine.permits(51 * SECOND)).toBe(true);
});

test('two among many close it to nobody, and are forgotten', () => {
  const quarantine = createQuarantine();
  for (let n = 0; n < 40; n += 1) quarantine.answered(n, `p${n}`, false);
  quarantine.answered(50, 'a', true);
  quarantine.answered(51, 'b', true);
  expect(quarantine.permits(52)).toBe(true);
  quarantine.answered(301 * SECOND, 'c', true);
  expect(quarantine.permits(302 * SECOND)).toBe(true);
});
