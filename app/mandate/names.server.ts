import { type PersonId, personKey, type Viewer } from '~/model/viewer';
import { opaque } from '~/platform/secret.server';

export { actorPseudonym as advisorPseudonym } from '~/audit/pseudonym.server';
export { referenceHash } from '~/identity/reference-hash.server';

/** Under which a person's own rows stand in the store; the same as everywhere else. */
export const ownerOfPerson = (person: PersonId): string => opaque('owner', personKey(person));
export const clientOf = (viewer: Viewer): string => ownerOfPerson(viewer.subject.person);

/** The name of a client's case in an advisor's addresses: another for every advisor. */
export const clientReference = (actorId: string, caseId: string): string => opaque('client', `${actorId}\n${caseId}`);
