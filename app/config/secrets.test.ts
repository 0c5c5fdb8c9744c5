import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWeak } from './secrets';

test('random keys of 32 bytes are strong in every usual notation', () => {
  for (let n = 0; n < 200; n++)
    for (const notation of ['hex', 'base64', 'base64url'] as const)
      expect(isWeak(randomBytes(32).toString(notation))).toBe(false);
});

test('short texts over and over are weak', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 16, unit: 'grapheme-ascii' }), (text) => {
      expect(isWeak(text.repeat(Math.ceil(64 / text.length)))).toBe(true);
    }),
  );
});

test.each([
  'a'.repeat(40),
  'abcabcabcabcabcabcabcabcabcabcabcabc',
  '0000000000000000000000000000000k',
  'aaaaabbbbbcccccdddddeeeeefffff12',
])('%s is weak', (secret) => expect(isWeak(secret)).toBe(true));
