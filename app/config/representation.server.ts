import { z } from 'zod';
import type { PersonId } from '~/model/viewer';

/** How the claims say that a signed-in person acts for another. */
export interface RepresentationRules {
  /** The services for which a representation counts; without any, one that names a service is refused. */
  readonly services: readonly string[];
  /** Types of numbers (`sub_id_type`, in small letters) by which the agency knows people. */
  readonly idTypes: ReadonlyMap<string, PersonId['kind']>;
  /** Further members of a party that limit nothing. */
  readonly ignored: readonly string[];
}

const USUAL_TYPES = {
  'urn:nl-eid-gdi:1.0:id:bsn': 'bsn',
  'urn:nl-eid-gdi:1.0:id:legacy-bsn': 'bsn',
  'urn:etoegang:1.9:entityconcernedid:bsn': 'bsn',
  'urn:etoegang:1.12:entityconcernedid:bsn': 'bsn',
} as const;

/** `representation` in `sign-in.json`. */
export const representation = z
  .strictObject({
    services: z.array(z.string().trim().min(1)).default([]),
    idTypes: z.record(z.string().trim().min(1), z.enum(['bsn', 'vnumber'])).default({}),
    ignored: z.array(z.string().min(1)).default([]),
  })
  .transform(({ services, idTypes, ignored }): RepresentationRules => {
    const types = Object.entries({ ...USUAL_TYPES, ...idTypes }).map(
      ([type, kind]) => [type.toLowerCase(), kind] as const,
    );
    return { services, idTypes: new Map(types), ignored };
  });
