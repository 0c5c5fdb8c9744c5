import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

/** Why a body can't be given as text. `too-large`: over the limit, compressed or not. */
export type BodyTrouble = 'too-large' | 'garbled';

const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: inflateEither,
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

/** Some servers leave out the zlib header that "deflate" has by RFC 9110. */
function inflateEither(bytes: Uint8Array, limit: { readonly maxOutputLength: number }): Promise<Buffer> {
  const hasHeader =
    bytes.length > 1 && ((bytes[0] ?? 0) & 0x0f) === 8 && ((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31 === 0;
  return promisify(hasHeader ? inflate : inflateRaw)(bytes, limit);
}

const isPacking = (name: string): name is keyof typeof UNPACK => Object.hasOwn(UNPACK, name);

/**
 * The bytes of a body. Some gateways compress although "identity" was asked, so that is undone within the same limit.
 *
 * @param maxBytes the most that they may be, unpacked
 */
export async function bodyBytes(
  packed: Uint8Array,
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
): Promise<{ readonly bytes: Uint8Array } | { readonly trouble: BodyTrouble }> {
  const encodings = (headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  let bytes = packed;
  // The last one named was applied last.
  for (const name of encodings.reverse()) {
    if (!isPacking(name)) return { trouble: 'garbled' };
    try {
      bytes = await UNPACK[name](bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      return { trouble: codeOf(error) === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'garbled' };
    }
  }
  return { bytes };
}

/** The text of a body, without a byte order mark, with which some registries begin. */
export const textOf = (bytes: Uint8Array, headers: Readonly<Record<string, string>>): string =>
  decoderOf(headers['content-type']).decode(bytes);

/** UTF-8 unless the answer names another encoding that is known here. */
function decoderOf(contentType = ''): TextDecoder {
  try {
    return new TextDecoder(/charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8');
  } catch {
    return new TextDecoder();
  }
}

export const isTooLarge = (error: unknown): boolean => codeOf(error) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE';

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');
