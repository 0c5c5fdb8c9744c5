import { config } from '~/config/config.server';
import { expectedWait, hasStatistics } from '~/estimate/model.server';
import { answerOf } from '~/model/answer';
import { type CasePicture, casePictureOf, type Picture, type Range, type VisitPicture } from '~/model/case-picture';
import { isOpen } from '~/model/case-state';
import { knownValue } from '~/model/loaded';
import type { OwnCase } from '~/model/rights';
import { addDays, daysBetween } from '~/model/time';
import type { Viewer } from '~/model/viewer';
import { agencyDay, now } from '~/platform/clock.server';
import { caseReference, ownerOf, pictureHash } from '~/platform/pseudonym.server';
import { lookedAt } from '~/store/audit.server';
import { type Booking, bookingWith } from '~/store/booking.server';
import { mandatesOf } from '~/store/mandate.server';
import { visitsOf } from '~/visit/visits.server';

/** Lists that professionals open all day, which are no news. */
const DAILY = ['list-clients', 'export-deadlines', 'view-represented'];
const MOST_LOOKS = 20;

/** What the person reads now, from the same answer as their pages. */
export async function pictureNow(viewer: Viewer, cases: readonly OwnCase[], before: Picture | null): Promise<Picture> {
  const owner = ownerOf(viewer);
  const own = cases.filter(({ rights }) => rights.includes('case'));
  const [visits, looks, mandates] = await Promise.all([
    visitsOf(viewer, own),
    lookedAt(owner, { daily: DAILY, zone: config().AGENCY_ZONE }, MOST_LOOKS),
    mandatesOf({ client: owner }),
  ]);
  const pictures = await Promise.all(
    own.map(async (theCase) => {
      const about = caseReference(viewer, theCase);
      const was = before?.cases[about] ?? null;
      const visit = await visitOf(visits.get(theCase.id), was);
      return [about, pictureOf(theCase, visit, was)] as const;
    }),
  );
  const seen = looks.filter(({ notSent, action }) => !notSent && !DAILY.includes(action));
  const times = seen.map(({ at }) => at.toString()).sort();
  return {
    at: now().toString(),
    cases: Object.fromEntries(pictures),
    asked: mandates
      .filter(({ state, offeredBy }) => state === 'pending-client' && offeredBy === 'advisor')
      .map(({ id }) => id),
    looked: times.at(-1) ?? before?.looked ?? null,
  };
}

function pictureOf(theCase: OwnCase, visit: VisitPicture | null, before: CasePicture | null): CasePicture {
  const day = agencyDay();
  const answer = answerOf(theCase, { today: day });
  return casePictureOf(theCase, answer, {
    range: rangeOf(theCase, day),
    visit,
    before,
    today: day,
    hashOf: (stage) => pictureHash('stage', `${theCase.id}\n${stage}`),
  });
}

/** A visit that the desk cancelled stays in the picture, so that it can be told. */
async function visitOf(booking: Booking | undefined, was: CasePicture | null): Promise<VisitPicture | null> {
  const known = booking ?? (was?.visit ? await bookingWith(was.visit.id) : null);
  if (!known || (known.state !== 'booked' && known.state !== 'cancelled')) return null;
  return {
    id: known.id,
    startsAt: known.startsAt.toString(),
    zone: known.zone,
    place: pictureHash('place', known.desk),
    changedBy: known.changed === 'moved' || known.changed === 'cancelled' ? 'desk' : 'person',
    isCancelled: known.state === 'cancelled',
  };
}

/** The range that the page shows, as dates; null where it shows none. */
function rangeOf({ state, procedure, current, received }: OwnCase, day: string): Range | null {
  if (!isOpen(state) || !hasStatistics()) return null;
  const estimate = knownValue(
    expectedWait({
      procedure: procedure ?? '',
      stage: current?.stage ?? '',
      inStageDays: Math.max(0, daysBetween(current?.since ?? received, day)),
      ageDays: Math.max(0, daysBetween(received, day)),
    }),
  );
  const { low = null, high = null, trust } = estimate ?? {};
  if (low === null || high === null || (trust !== 'ok' && trust !== 'unsettled')) return null;
  return { low: addDays(day, low), high: addDays(day, high) };
}
