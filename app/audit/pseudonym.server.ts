import { opaque } from '~/platform/secret.server';

/** The pseudonym under which an employee or an advisor stands on record. */
export const actorPseudonym = (actorId: string): string => opaque('actor', actorId);
