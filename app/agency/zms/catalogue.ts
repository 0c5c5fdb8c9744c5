import type { Desk, Place } from '~/model/appointment';
import { notesFrom } from '~/model/desk-access';
import type { Catalogue, Office } from './schema.server';

/** A service at an office, as far as a search needs it. */
export interface Offer {
  readonly office: Office;
  readonly desk: Desk;
  readonly minutes: number;
  /** The largest party of the service; null = unknown. */
  readonly maxQuantity: number | null;
}

/** The offices where the public may book one service, in the catalogue's order. @param language of its texts */
export function offersOf({ offices, services, relations }: Catalogue, serviceId: string, language: string): Offer[] {
  const service = services.find(({ id }) => id === serviceId);
  return relations.flatMap((relation) => {
    const office = offices.find(({ id }) => id === relation.officeId);
    if (relation.serviceId !== serviceId || relation.public === false || !office) return [];
    const minutes = (relation.slots ?? 1) * (office.slotTimeInMinutes ?? 10);
    return [
      {
        office,
        desk: deskOf(office, language),
        minutes,
        maxQuantity: relation.maxQuantity ?? service?.maxQuantity ?? null,
      },
    ];
  });
}

function deskOf(office: Office, language: string): Desk {
  const { id: key, name, scope } = office;
  const place = placeOf(office);
  const notes = notesFrom([scope?.hint, scope?.infoForAppointment], language);
  return { key, name: name || key, ...(place ? { place } : {}), ...(notes ? { notes } : {}) };
}

function placeOf({ address }: Office): Place | null {
  if (!address?.street || !address.city) return null;
  const street = [address.street, address.house_number].filter(Boolean).join(' ');
  return { street, postcode: address.postal_code ?? '', city: address.city };
}
