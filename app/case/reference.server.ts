import type { OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { caseReference } from '~/platform/pseudonym.server';

/** Searches the viewer's own cases only: a foreign, a missing and a malformed reference all give undefined. */
export function findByReference(viewer: Viewer, cases: readonly OwnCase[], reference: string): OwnCase | undefined {
  return cases.find((candidate) => caseReference(viewer, candidate) === reference);
}
