import { encode } from 'uqr';

/** A QR code as one SVG path in a square of `size` units, with the quiet zone that scanners need. */
export interface QrView {
  readonly size: number;
  readonly path: string;
}

const BORDER = 4;

/** The QR code of a short text, with error correction level Q (a quarter may be damaged). */
export function qrOf(text: string): QrView {
  const { data, size } = encode(text, { ecc: 'Q', border: BORDER });
  const runs = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark && !row[x - 1] ? [`M${x} ${y}h${runFrom(row, x)}v1H${x}z`] : [])),
  );
  return { size, path: runs.join('') };
}

function runFrom(row: readonly boolean[], start: number): number {
  const end = row.indexOf(false, start);
  return (end === -1 ? row.length : end) - start;
}
