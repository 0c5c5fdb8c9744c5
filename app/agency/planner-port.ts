import type {
  Capabilities,
  DateRange,
  Desk,
  Place,
  PlannerResult,
  ProductCode,
  Slot,
  Visitor,
} from '~/model/appointment';
import type { Loaded } from '~/model/loaded';
import type { Viewer, WritingViewer } from '~/model/viewer';

/**
 * What the portal asks of any planner of counter visits. A backend's own terms stay inside its adapter. Results are
 * values: nothing here throws because a planner refuses or does not answer.
 *
 * Two operations are missing because no standard has them. No planner moves a booking: ZMS and Qmatic make a new one
 * and cancel the old, OAP offers nothing, so the portal runs its own saga. And none removes one person from a party:
 * ZMS changes only the visitors' details, Qmatic and OAP delete the whole appointment. A smaller party is therefore a
 * move to a smaller booking.
 */
export interface Planner {
  /** The capabilities of the planner that has this desk; without a desk those that every planner has. */
  capabilities(deskKey?: string): Capabilities;
  /**
   * The desks where a product is offered and whose own rules the portal can meet. Not personal. `partial` names the
   * planners that could not be asked or of whose desks some can't be read.
   */
  desksOf(product: ProductCode): Promise<Loaded<Desk[]>>;
  /**
   * The free slots of one desk for a party, ascending, at most some seconds old. Not personal. Without a range, as far
   * ahead as the planner answers in one request. Empty for a party larger than it takes. `partial` names what is missing:
   * days (ISO dates) that were not asked, or the desk when rows of its answer can't be read.
   */
  slotsOf(product: ProductCode, desk: Desk, partySize: number, range?: DateRange): Promise<Loaded<Slot[]>>;
  /** Holds a slot; where the planner has no holds, nothing is sent and `until` is null. */
  hold(viewer: WritingViewer, wish: HoldWish): Promise<PlannerResult<Held>>;
  /** Releases a held slot; `not-possible` where it can only expire. */
  release(viewer: WritingViewer, holdHandle: string): Promise<PlannerResult<null>>;
  /** Makes the booking. A lost reply is `outcome-unknown`, never a failure: `reconcile` finds out. */
  book(viewer: WritingViewer, request: BookingRequest): Promise<PlannerResult<BookingKeys>>;
  /**
   * What became of a booking whose reply was lost, as far as the planner can say. Safe to repeat. It may complete a
   * started booking.
   */
  reconcile(viewer: WritingViewer, sought: SoughtBooking): Promise<Reconciled>;
  /** The current state of a booking and where and when it is now; `not-possible` where the planner does not report it. */
  find(viewer: Viewer, bookingHandle: string): Promise<PlannerResult<FoundBooking>>;
  /** Cancels a booking for the whole party. One that the planner no longer knows counts as cancelled. */
  cancel(viewer: WritingViewer, bookingHandle: string): Promise<PlannerResult<null>>;
  /** Where the person can cancel the booking themselves, for the capability `cancel: 'link'`; else null. */
  cancelAddress(bookingHandle: string): string | null;
}

export interface HoldWish {
  readonly product: ProductCode;
  readonly slot: Slot;
  readonly partySize: number;
}

export interface Held {
  /** What `book`, `release` and `reconcile` need: opaque, stored with the hold. "" for a hold without a handle. */
  readonly handle: string;
  /** ISO instant until which the planner keeps the slot; null where it has no holds. */
  readonly until: string | null;
}

export interface BookingRequest {
  readonly product: ProductCode;
  readonly slot: Slot;
  /** The handle of its hold. */
  readonly hold: string;
  /** The portal's own idempotency key, the same for every attempt. It reveals nothing about a person. */
  readonly reference: string;
  readonly visitors: readonly Visitor[];
  /** "" where the person has none. */
  readonly email: string;
  readonly phone: string;
  /** Answers to the desk's own fields, by the field's name. */
  readonly answers?: Readonly<Record<string, string>>;
}

export interface BookingKeys {
  /** Identifies the booking in `find` and `cancel`: opaque, to be stored. */
  readonly key: string;
  /** The code that the visitor shows at the desk; null where the planner gives none. */
  readonly code: string | null;
  /** `awaiting-mail`: not final until the person follows the link in the planner's mail. Absent = `booked`. */
  readonly state?: 'booked' | 'awaiting-mail';
}

/** A booking whose reply was lost. Visitors who are no longer known are left out; some planners can then say less. */
export interface SoughtBooking
  extends Pick<BookingRequest, 'product' | 'slot' | 'hold' | 'reference'>,
    Partial<Pick<BookingRequest, 'visitors' | 'email' | 'phone'>> {
  readonly partySize: number;
}

/**
 * `made` without keys: the planner has the booking, but sends its code only by mail. `unclear`: not known now, and
 * perhaps never with a planner whose `find` is `not-possible`.
 */
export type Reconciled =
  | { readonly found: 'made'; readonly booking: BookingKeys | null }
  | { readonly found: 'not-made' }
  | { readonly found: 'unclear' };

export interface FoundBooking {
  readonly state: 'held' | 'awaiting-mail' | 'booked' | 'cancelled' | 'past';
  /** ISO instants of its start and end; null where the planner does not tell. */
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  /** Where it is now; null where the planner does not tell. */
  readonly desk: FoundDesk | null;
  readonly code: string | null;
}

/** What a planner that forgets cancelled bookings tells of one. */
export const GONE: FoundBooking = { state: 'cancelled', startsAt: null, endsAt: null, desk: null, code: null };

export interface FoundDesk {
  readonly key: string;
  readonly name: string | null;
  readonly place: Place | null;
}
