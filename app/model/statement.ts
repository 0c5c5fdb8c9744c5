import type { Procedure } from './case';
import { isOpen } from './case-state';
import { fullNameOf } from './person-name';
import type { OwnCase } from './rights';

/** How long a statement can be checked. */
export const STATEMENT_DAYS = 30;
/** The most valid statements of one person about one case. */
export const MOST_STATEMENTS = 5;

/** What a statement says, as it was when it was made. Dates are ISO dates in the agency's zone. */
export interface StatementFacts {
  readonly name: string;
  readonly procedure: Procedure | null;
  /** The agency's own name for the procedure. */
  readonly procedureName: string;
  readonly received: string;
  readonly asOf: string;
}

/**
 * What a statement about the case says; null when there can be none: without the right, after the decision, or when the
 * registry does not know the applicant's name.
 *
 * @param today ISO date in the agency's zone
 */
export function statementFacts(theCase: OwnCase, today: string): StatementFacts | null {
  const { rights, state, self, parties, procedure, procedureName, received } = theCase;
  if (!rights.includes('statement') || !isOpen(state)) return null;
  const about = [self, ...parties].find(({ roles }) => roles.includes('applicant'));
  const name = about ? fullNameOf(about) : '';
  return name ? { name, procedure, procedureName, received, asOf: today } : null;
}

/** Crockford's base 32: without letters that look like digits. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;

/** 80 random bits as a code. @param random at least 16 bytes */
export const statementCode = (random: Uint8Array): string =>
  [...random.subarray(0, LENGTH)].map((byte) => SIGNS[byte % SIGNS.length]).join('');

/** A code as it was typed, in its one form; null for what can't be one. */
export function typedCode(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return plain.length === LENGTH && [...plain].every((sign) => SIGNS.includes(sign)) ? plain : null;
}

/** A code in groups of four, as people read it out. */
export const groupedCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
