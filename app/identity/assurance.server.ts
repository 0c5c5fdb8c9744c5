import { config } from '~/config/config.server';
import type { Role } from '~/model/viewer';

/** The person signed in, but with a weaker means than the role needs. Another sign-in at `needed` may do. */
export class TooLittleAssurance extends Error {
  constructor(readonly needed: string) {
    super('acr: below the least level');
    this.name = 'TooLittleAssurance';
  }
}

/** Throws `TooLittleAssurance` when the level is below the role's least, unknown or missing. */
export function checkAssurance(role: Role, level: string | null): void {
  const needed = config().OIDC_ASSURANCE?.[role];
  if (needed !== undefined && !isAtLeast(level, needed)) throw new TooLittleAssurance(needed);
}

/** The levels to ask the provider for: from `least`, or else from the least level of any role. The weakest first. */
export function levelsFrom(least?: string): readonly string[] {
  const assurance = config().OIDC_ASSURANCE;
  if (!assurance) return [];
  const { levels, applicant, advisor, staff } = assurance;
  const wanted = least === undefined ? [applicant, advisor, staff] : [least];
  return levels.slice(Math.min(...wanted.map((level) => levels.indexOf(level))));
}

/** An unknown or missing level is below every one. */
export function isAtLeast(level: string | null, needed: string): boolean {
  const { levels = [] } = config().OIDC_ASSURANCE ?? {};
  return level !== null && levels.indexOf(level) >= levels.indexOf(needed);
}
