import { type PersonId, personKey, type Viewer } from '~/model/viewer';
import { opaque } from '~/secret.server';

/** Under which a person's own rows stand in the store; the same as everywhere else. */
export const ownerOfPerson = (person: PersonId): string => opaque('owner', personKey(person));
export const clientOf = (viewer: Viewer): string => ownerOfPerson(viewer.subject.person);

export const advisorPseudonym = (actorId: string): string => opaque('actor', actorId);

/** A reference as people say it, as its keyed hash. Spaces, dashes and capitals are nobody's business. */
export const referenceHash = (reference: string): string =>
  opaque('reference', reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''));

/** The name of a client's case in an advisor's addresses: another for every advisor. */
export const clientReference = (actorId: string, caseId: string): string => opaque('client', `${actorId}\n${caseId}`);
