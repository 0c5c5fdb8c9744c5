import type { Capabilities, DateRange, Desk, Planned, ProductCode, Slot, Visitor } from '~/model/appointment';
import type { Loaded } from '~/model/loaded';
import type { Viewer, WritingViewer } from '~/model/viewer';

/**
 * What the portal asks of any planner of counter visits. A backend's own words stay inside its adapter. Results are
 * values: nothing here throws because a planner refuses or does not answer.
 *
 * Two things are not here because none of the standards has them. No planner moves a booking: ZMS and Qmatic make a new
 * one and cancel the old, OAP offers nothing, so the portal's own saga does it. And none takes one person out of a party:
 * ZMS changes only who comes and how he is reached, Qmatic deletes an appointment whole, and so does OAP. Fewer people
 * who come is a move to a smaller booking.
 */
export interface Planner {
  /** Of the planner that has this desk; without a desk what may be said of every planner at once. */
  capabilities(deskKey?: string): Capabilities;
  /** The desks where a product is offered. Not personal. `partial` names the planners that could not be asked. */
  desksOf(product: ProductCode): Promise<Loaded<Desk[]>>;
  /**
   * The free slots of one desk for so many people, ascending, as the planner had them some seconds ago at most. Not
   * personal. Without a range as far ahead as the planner tells in one go. None for more people than it takes.
   */
  slotsOf(product: ProductCode, desk: Desk, partySize: number, range?: DateRange): Promise<Loaded<Slot[]>>;
  /** Keeps a slot aside for a while; where the planner keeps none, nothing is asked and `until` is null. */
  hold(viewer: WritingViewer, wish: HoldWish): Promise<Planned<Held>>;
  /** Gives a held slot back; `not-possible` where it just has to run out. */
  release(viewer: WritingViewer, holdHandle: string): Promise<Planned<null>>;
  /** Makes the booking. A lost reply is `outcome-unknown`, never a failure: `reconcile` finds out. */
  book(viewer: WritingViewer, request: BookingRequest): Promise<Planned<BookingKeys>>;
  /** The truth about a booking whose reply was lost, as far as the planner lets it be known. May be asked again. It may finish what was begun. */
  reconcile(viewer: WritingViewer, sought: SoughtBooking): Promise<Reconciled>;
  /** How a booking stands now; `not-possible` where the planner does not tell. */
  find(viewer: Viewer, bookingHandle: string): Promise<Planned<FoundBooking>>;
  /** Cancels a booking for everybody it is for. One that the planner no longer knows counts as cancelled. */
  cancel(viewer: WritingViewer, bookingHandle: string): Promise<Planned<null>>;
  /** Where the person can cancel himself, for the capability `cancel: 'link'`; else null. */
  cancelAddress(bookingHandle: string): string | null;
}

export interface HoldWish {
  readonly product: ProductCode;
  readonly slot: Slot;
  readonly partySize: number;
}

export interface Held {
  /** What `book`, `release` and `reconcile` need: opaque, to be stored with the hold. "" for a hold that has no name. */
  readonly handle: string;
  /** ISO instant until which the planner keeps the slot; null where it keeps none. */
  readonly until: string | null;
}

export interface BookingRequest {
  readonly product: ProductCode;
  readonly slot: Slot;
  /** The handle of its hold. */
  readonly hold: string;
  /** The portal's own key of this wish: the same for every try. It tells nothing about a person. */
  readonly reference: string;
  readonly visitors: readonly Visitor[];
  /** "" where the person has none. */
  readonly email: string;
  readonly phone: string;
}

export interface BookingKeys {
  /** With which the booking is found and cancelled: opaque, to be stored. */
  readonly key: string;
  /** What the visitor shows at the desk; null where the planner gives none. */
  readonly code: string | null;
  /** `awaiting-mail`: it stands once the person has followed the link in the planner's mail. Absent = `booked`. */
  readonly state?: 'booked' | 'awaiting-mail';
}

/** A booking whose reply was lost. Who is not known any more is left out; then some planners can say less. */
export interface SoughtBooking
  extends Pick<BookingRequest, 'product' | 'slot' | 'hold' | 'reference'>,
    Partial<Pick<BookingRequest, 'visitors' | 'email' | 'phone'>> {
  readonly partySize: number;
}

/**
 * `made` without keys: the planner has it, but tells its code only in its own mail. `unclear`: neither can be said now,
 * and perhaps never with a planner whose `find` is `not-possible`.
 */
export type Reconciled =
  | { readonly found: 'made'; readonly booking: BookingKeys | null }
  | { readonly found: 'not-made' }
  | { readonly found: 'unclear' };

export interface FoundBooking {
  readonly state: 'held' | 'awaiting-mail' | 'booked' | 'cancelled' | 'past';
  /** ISO instant of its start; null where the planner no longer tells. */
  readonly startsAt: string | null;
  readonly code: string | null;
}
