import type { Party } from '~/model/case';
import { bookable, type OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { ownerOf, ownerOfPerson } from '~/platform/pseudonym.server';

/** How many people of a case the viewer books for, at least one. */
export const partySizeOf = (theCase: OwnCase): number => Math.max(1, bookable(theCase).length);

/**
 * The people of a case whom the viewer can book for, with the names and V-numbers that the agency has of them.
 *
 * @param owner of the booking: somebody's own booking is for nobody else
 */
export function comersOf(theCase: OwnCase, owner: string) {
  const [first] = bookable(theCase);
  const all = bookable(theCase).map((party) => ({
    givenName: party.givenName,
    familyName: party.familyName,
    vNumber: vNumberOf(party, theCase),
    owners: party.ids.map(ownerOfPerson),
    isApplicant: party === first || party.roles.includes('applicant'),
  }));
  const own = all.filter(({ owners, isApplicant }) => owners.includes(owner) && !isApplicant);
  return own.length > 0 ? own : all;
}

export type Comer = ReturnType<typeof comersOf>[number];

export type PersonFields = Pick<Comer, 'givenName' | 'familyName' | 'vNumber'>;

function vNumberOf({ ids, roles }: Party, { vNumber }: OwnCase): string {
  const own = ids.find(({ kind }) => kind === 'vnumber')?.value;
  const number = (own ?? (roles.includes('applicant') ? vNumber : null) ?? '').replace(/\D/g, '');
  return number.length === 10 ? number : '';
}

/** The person to whom a new booking of the viewer's belongs, or to whom the one that it replaces does. */
export const whomFor = (viewer: Viewer, theCase: OwnCase, old: { readonly owner: string } | null): string =>
  old?.owner ?? bookedFor(viewer, theCase);

/** The person to whom a booking of the viewer's belongs: themselves, or the applicant whom they represent. */
export function bookedFor(viewer: Pick<Viewer, 'subject'>, theCase: OwnCase): string {
  const [first] = bookable(theCase);
  const isOwn = !first || bookable(theCase).includes(theCase.self);
  const id = isOwn ? undefined : first.ids[0];
  return id ? ownerOfPerson(id) : ownerOf(viewer);
}
