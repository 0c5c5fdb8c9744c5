import type { Capabilities, Desk, Planned, ProductCode, Slot, Visitor } from '~/model/appointment';
import type { Loaded } from '~/model/loaded';
import type { Viewer } from '~/model/viewer';

/** What the portal asks of any planner of counter visits. A backend's own words stay inside its adapter. */
export interface Planner {
  capabilities(): Capabilities;
  /** The desks where a product is offered. Not personal. */
  desksOf(product: ProductCode): Promise<Loaded<Desk[]>>;
  /** The free slots of one desk for so many people, as the planner has them now. Not personal. */
  slotsOf(product: ProductCode, desk: Desk, partySize: number): Promise<Loaded<Slot[]>>;
  /** Keeps a slot aside for a while. */
  hold(viewer: Viewer, product: ProductCode, slot: Slot): Promise<Planned<null>>;
  /** Makes the booking. A lost reply is `outcome-unknown`, never a failure. */
  book(viewer: Viewer, request: BookingRequest): Promise<Planned<BookingKeys>>;
  cancel(viewer: Viewer, bookingKey: string): Promise<Planned<null>>;
}

export interface BookingRequest {
  readonly product: ProductCode;
  readonly slot: Slot;
  readonly visitors: readonly Visitor[];
  /** "" where the person has none. */
  readonly email: string;
  readonly phone: string;
}

export interface BookingKeys {
  /** With which the booking is cancelled. */
  readonly key: string;
  /** What the visitor shows at the desk. */
  readonly code: string;
}
