import type { Case } from '~/model/case';
import type { Viewer } from '~/model/viewer';
import { caseReference } from '~/platform/pseudonym.server';

/** Searches the viewer's own cases only: a foreign, a missing and a malformed reference all give undefined. */
export function findByReference(viewer: Viewer, cases: readonly Case[], reference: string): Case | undefined {
  return cases.find((candidate) => caseReference(viewer, candidate) === reference);
}
