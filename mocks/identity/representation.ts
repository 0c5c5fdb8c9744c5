import { fullName, type Person } from '../world/people';
import type { World } from '../world/world';

/** A sign-in of a person for another one, as the simulated DigiD Machtigen knows it. */
interface Acting {
  readonly by: string;
  readonly whom: string;
  /** An office that stands between them. */
  readonly through?: string;
  /** Says nothing that a portal can understand. */
  readonly isUnknown?: true;
}

const ACTING: readonly Acting[] = [
  { by: 'chen', whom: 'amal' },
  { by: 'salma-guardian', whom: 'salma' },
  { by: 'imani', whom: 'olena', through: '492099595' },
  { by: 'pedro', whom: 'olena', isUnknown: true },
];

const ISSUER = 'https://machtigen.example';
const TYPE = 'urn:nl-eid-gdi:1.0:id';

/** The choices of the picker, by the value of their buttons. */
export const actingIn = ({ people }: World) =>
  ACTING.flatMap((acting) => {
    const [by, whom] = [acting.by, acting.whom].map((slug) => people.find((person) => person.slug === slug));
    return by && whom ? [{ ...acting, value: `${by.slug} for ${whom.slug}`, person: by, represented: whom }] : [];
  });

/** The claim `represents` of OIDC-NLGOV: the represented person innermost. */
export function representsOf(acting: Pick<Acting, 'through' | 'isUnknown'> & { readonly represented: Person }): object {
  const { through, isUnknown, represented } = acting;
  const innermost = { iss: ISSUER, sub: represented.bsn, sub_id_type: `${TYPE}:BSN`, name: fullName(represented) };
  if (isUnknown) return { ...innermost, sub: 'RKyLpEVr1L', sub_id_type: `${TYPE}:pseudonym` };
  return through === undefined
    ? innermost
    : { iss: ISSUER, sub: through, sub_id_type: `${TYPE}:RSIN`, represents: innermost };
}
