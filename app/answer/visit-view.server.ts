import { canBook, hasPlanner, plannerOfAgency } from '~/agency/planner.server';
import { config } from '~/config/config.server';
import { translatorOf } from '~/i18n/catalogues.server';
import { formatsOf } from '~/i18n/format.server';
import type { ProductCode, VisitAlternative } from '~/model/appointment';
import type { Case } from '~/model/case';
import { isOver } from '~/model/case-state';
import type { Language } from '~/model/language';
import { productOf, visitUntil } from '~/model/next-step';
import { bookable, mayBook, type OwnCase } from '~/model/rights';
import type { Viewer } from '~/model/viewer';
import { type Way, waysFor } from '~/model/ways';
import { ownerOf } from '~/platform/pseudonym.server';
import type { Booking } from '~/store/booking.server';
import { makerOf } from './maker.server';
import { type WaysView, waysView } from './ways-view.server';

export { hasPlanner };

type BookedView = ReturnType<typeof bookedView>;

/** `others`: open visits of other people in the case. */
export type VisitView = { readonly others: readonly BookedView[] } & (
  | ({ readonly kind: 'booked' } & BookedView)
  | VisitWithout
);

/** `instead`: ways without a visit, shown first. */
type VisitWithout =
  | {
      readonly kind: 'book';
      readonly product: ProductCode;
      readonly withheld: boolean;
      readonly instead: readonly VisitAlternative[];
    }
  /** No planner can book it here: how to make the appointment otherwise. */
  | { readonly kind: 'arrange'; readonly ways: WaysView }
  | { readonly kind: 'none'; readonly why: ReturnType<typeof whyNoVisit> };

/**
 * The viewer's own visit comes before those of others in the case.
 *
 * @param withheld the case is not as the agency has it now, so that nothing can be booked
 */
export function visitView(viewer: Viewer, theCase: OwnCase, bookings: readonly Booking[], withheld = false): VisitView {
  const me = ownerOf(viewer);
  const viewOf = (booking: Booking) => bookedView(viewer, theCase, booking);
  const own = bookings.find(({ owner, visitors }) => [owner, ...visitors].includes(me));
  const others = bookings.filter((booking) => booking !== own).map(viewOf);
  if (own) return { kind: 'booked', ...viewOf(own), others };
  // Who arranges the visits of somebody else has none of their own.
  const [first, ...rest] = bookable(theCase).includes(theCase.self) ? [] : others;
  if (first) return { kind: 'booked', ...first, others: rest };
  return { ...withoutVisit(theCase, viewer.language, withheld), others };
}

export function bookedView(viewer: Viewer, theCase: OwnCase, booking: Booking) {
  const { language } = viewer;
  const formats = formatsOf(language);
  return {
    id: booking.id,
    /** After the last day to come. */
    isTooLate: (visitUntil(theCase) ?? booking.localDate) < booking.localDate,
    moment: translatorOf(language)('appointment:booking.moment', {
      day: formats.weekday(booking.localDate),
      time: formats.time(booking.localTime),
    }),
    desk: booking.deskName,
    maker: makerOf(viewer, booking.madeBy, theCase),
  };
}

function withoutVisit(theCase: OwnCase, language: Language, withheld: boolean): VisitWithout {
  const product = productOf(theCase);
  if (!product || !mayBook(theCase)) return { kind: 'none', why: whyNoVisit(theCase) };
  if (!canBook(product)) return { kind: 'arrange', ways: arrangingOf(theCase, language) };
  return { kind: 'book', product, withheld, instead: plannerOfAgency().capabilities().instead[product] ?? [] };
}

/** The agency's own ways to an appointment, else its telephone number. */
function arrangingOf({ procedure, reference }: Case, language: Language): WaysView {
  const { AGENCY_DIR, AGENCY_PHONE } = config();
  const own = waysFor(AGENCY_DIR.ways.visit, procedure);
  const phone: Way = { kind: 'phone', number: AGENCY_PHONE, procedures: [], note: {} };
  return waysView(own.length > 0 ? own : [phone], 'visit', reference, language);
}

function whyNoVisit({ current, state }: Case) {
  if (isOver(state)) return 'done';
  switch (current?.means ?? null) {
    case null:
      return 'unknown';
    case 'send-papers':
      return 'papersByPost';
    case 'decided':
      return 'byPost';
    case 'attend':
    case 'ceremony':
      return 'invited';
    default:
      return 'notNeeded';
  }
}
