import type { ProviderSettings } from '~/config/providers.server';
import type { Role } from '~/model/viewer';

type Graded = Pick<ProviderSettings, 'assurance' | 'roles'>;

/** The person signed in, but with a weaker means than the role needs. Another sign-in at `needed` may do. */
export class TooLittleAssurance extends Error {
  constructor(readonly needed: string) {
    super('acr: below the least level');
    this.name = 'TooLittleAssurance';
  }
}

/** Throws `TooLittleAssurance` when the level is below the role's least, unknown or missing. */
export function checkAssurance(provider: Graded, role: Role, level: string | null): void {
  const needed = provider.assurance?.[role];
  if (needed !== undefined && !isAtLeast(provider, level, needed)) throw new TooLittleAssurance(needed);
}

/** The levels to ask the provider for: from `least`, or else from the least level of its roles. The weakest first. */
export function levelsFrom({ assurance, roles }: Graded, least?: string): readonly string[] {
  if (!assurance) return [];
  const { levels } = assurance;
  const wanted = least === undefined ? roles.flatMap((role) => assurance[role] ?? []) : [least];
  return levels.slice(Math.max(0, Math.min(...wanted.map((level) => levels.indexOf(level)))));
}

/** An unknown or missing level is below every one. */
export function isAtLeast({ assurance }: Graded, level: string | null, needed: string): boolean {
  const { levels = [] } = assurance ?? {};
  return level !== null && levels.indexOf(level) >= levels.indexOf(needed);
}
