import type { Comer } from '~/appointment/party.server';
import { whenOf } from '~/appointment/when.server';
import { translatorOf } from '~/i18n/catalogues.server';
import type { Viewer } from '~/model/viewer';
import { openBooking } from '~/store/booking.server';
import type { Hold } from '~/store/hold.server';

/**
 * When each of those who can come has an open visit for the same already, in words; null for nobody's. The booking that
 * the hold replaces does not count, nor that of the person whom the hold is for: they are led to it.
 */
export const visitsOf = (viewer: Viewer, comers: readonly Comer[], hold: Hold): Promise<(string | null)[]> =>
  Promise.all(
    comers.map(async ({ owners }) => {
      if (owners.includes(hold.owner)) return null;
      const found = await Promise.all(owners.map((owner) => openBooking(hold.caseId, hold.product, owner)));
      const visit = found.find((booking) => booking && booking.id !== hold.moves && booking.idempotencyKey !== hold.id);
      if (!visit) return null;
      const { day, time } = whenOf(viewer, visit);
      return translatorOf(viewer.language)('appointment:booking.moment', { day, time });
    }),
  );
