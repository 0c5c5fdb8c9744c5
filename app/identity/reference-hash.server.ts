import { opaque } from '~/platform/secret.server';

/** A reference as people say it, as its keyed hash. Spaces, dashes and capitals are nobody's business. */
export const referenceHash = (reference: string): string =>
  opaque('reference', reference.toUpperCase().replace(/[^\p{L}\p{N}]/gu, ''));
