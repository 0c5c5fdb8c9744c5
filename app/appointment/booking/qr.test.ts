import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrOf } from './qr.server';

test('the path paints exactly the dark modules and keeps the quiet zone', () => {
  for (const text of ['A1B2C3D4', '12345', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789']) {
    const { size, path } = qrOf(text);
    const painted = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
      for (let step = 0; step < Number(width); step += 1) {
        const row = painted[Number(y)];
        if (row) row[Number(x) + step] = true;
      }
    expect(painted).toEqual(encode(text, { ecc: 'Q', border: 4 }).data);
    expect(painted.slice(0, 4).flat()).not.toContain(true);
  }
});
