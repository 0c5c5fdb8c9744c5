/** Confidentiality levels of the ZGW standard, the most open first. */
export const CONFIDENTIALITY = [
  'openbaar',
  'beperkt_openbaar',
  'intern',
  'zaakvertrouwelijk',
  'vertrouwelijk',
  'confidentieel',
  'geheim',
  'zeer_geheim',
] as const;
export type Confidentiality = (typeof CONFIDENTIALITY)[number];

export const LETTER_FORMATS = ['pdf', 'png', 'jpeg'] as const;
export type LetterFormat = (typeof LETTER_FORMATS)[number];

/** Which documents of a case its people can open: decided by the agency. */
export interface LetterRules {
  /** Names of document types as `plainName` gives them, or their UUIDs. */
  readonly types: readonly string[];
  /** The most confidential level that is shown. */
  readonly confidentiality: Confidentiality;
  readonly formats: readonly LetterFormat[];
  /** The largest letter. */
  readonly megabytes: number;
}

/** A document as the registry has it. None in any form is null. */
export interface RegisteredDocument {
  readonly status: string | null;
  readonly confidentiality: string | null;
  /** The UUID and the name of its type. */
  readonly type: readonly string[];
  /** ISO date on which it is sent. */
  readonly sentOn: string | null;
  readonly bytes: number | null;
}

/**
 * Whether the people of a case may see a document now. It is the one rule for applicant and advisor, so that both get a
 * letter at the same instant. What the registry does not say clearly is not shown.
 *
 * @param today ISO date in the agency's zone
 */
export function isDisclosed(document: RegisteredDocument, rules: LetterRules, today: string): boolean {
  const level = CONFIDENTIALITY.findIndex((known) => known === document.confidentiality);
  return (
    document.status === 'definitief' &&
    level >= 0 &&
    level <= CONFIDENTIALITY.indexOf(rules.confidentiality) &&
    document.type.some((name) => rules.types.includes(name)) &&
    (document.sentOn === null || document.sentOn <= today) &&
    (document.bytes === null || document.bytes <= rules.megabytes * 1_048_576)
  );
}

const SIGNATURES: Readonly<Record<LetterFormat, readonly number[]>> = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
};

/** What a file really is, by its first bytes; null for anything that no browser may get from here. */
export const formatOf = (bytes: Uint8Array): LetterFormat | null =>
  LETTER_FORMATS.find((format) => SIGNATURES[format].every((byte, index) => bytes[index] === byte)) ?? null;

export const MEDIA_TYPES: Readonly<Record<LetterFormat, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
};

const ENDINGS: Readonly<Record<LetterFormat, string>> = { pdf: 'pdf', png: 'png', jpeg: 'jpg' };
const LONGEST_NAME = 80;

/**
 * A file name from a letter's title: letters, digits and hyphens of any script. Nothing in it can be a path, another
 * ending, a control character or turn the direction of writing.
 */
export function fileNameOf(title: string, format: LetterFormat): string {
  const words = title
    .normalize('NFC')
    .trim()
    .replace(/\.(pdf|png|jpe?g|docx?|html?|exe)$/i, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  const name = [...(words ?? []).join('-')].slice(0, LONGEST_NAME).join('').replace(/-$/, '');
  return `${name || 'letter'}.${ENDINGS[format]}`;
}

/** The header of an answer that is saved and never shown in the page, with the name also for old browsers (RFC 6266). */
export function attachment(name: string): string {
  const plain = name.normalize('NFD').replace(/[^A-Za-z0-9.-]/g, '');
  const fallback = /^\.|^$/.test(plain) ? `letter${plain.slice(plain.lastIndexOf('.'))}` : plain;
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, hexOf)}`;
}

const hexOf = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
