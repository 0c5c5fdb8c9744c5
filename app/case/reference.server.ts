import type { Case } from '~/model/case';
import { personKey, type Viewer } from '~/model/viewer';
import { opaque } from '~/platform/secret.server';

/**
 * The name of a case in addresses: opaque, the same at every visit of the same person, another for anybody else. It is
 * found again only among the viewer's own cases, so a foreign, a missing and a malformed one are the same: not found.
 */
export function caseReference(viewer: Viewer, theCase: Pick<Case, 'id'>): string {
  return opaque('case', `${personKey(viewer.subject.person)}\n${theCase.id}`);
}

export function findByReference(viewer: Viewer, cases: readonly Case[], reference: string): Case | undefined {
  return cases.find((candidate) => caseReference(viewer, candidate) === reference);
}
