import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { calendarFile } from '~/model/calendar-file';
import { deadlinesOf } from '~/model/mandate-deadlines';
import type { OwnCase } from '~/model/rights';
import { instantOf } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import { deadlineId } from '~/platform/pseudonym.server';

/**
 * The agency's invitation (interview, ceremony) as a calendar file at its time and place; null when there is none. It says
 * "appointment" and never what for, because people share their calendars. Its length is not known.
 */
export function invitationFile({ language }: Viewer, theCase: OwnCase): string | null {
  const zone = config().AGENCY_ZONE;
  const invitation = deadlinesOf(theCase, agencyDay()).find(({ kind }) => kind === 'invitation');
  const start = invitation?.at && instantOf(invitation.date, invitation.at.time, zone);
  if (!start || !invitation?.at) return null;
  return calendarFile(
    {
      uid: `${deadlineId(theCase.id, 'invitation')}@${new URL(config().ORIGIN).hostname}`,
      // The agency tells no number of changes, so a file that is downloaded later replaces an earlier one.
      sequence: Math.floor(now().epochMilliseconds / 60_000),
      start,
      end: null,
      zone,
      summary: translatorOf(language)('appointment:booking.title'),
      location: invitation.at.place,
      description: '',
    },
    now(),
  );
}
