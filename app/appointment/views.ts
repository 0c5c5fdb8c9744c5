import type { ProductCode } from '~/model/appointment';
import type { Trouble } from '~/model/loaded';
import type { BookingState } from './booking-state';

/** A free time as a page shows it. */
export interface SlotView {
  readonly id: string;
  readonly day: string;
  readonly time: string;
  readonly desk: string;
}

export interface DayView {
  readonly date: string;
  readonly day: string;
  readonly slots: readonly SlotView[];
}

/** What is free, of the desks that were chosen. "None" is only said when every desk was asked. */
export type FreeTimes =
  | { readonly state: 'found'; readonly first: SlotView; readonly days: readonly DayView[] }
  | { readonly state: 'none' }
  | { readonly state: 'could-not-ask'; readonly why: Trouble };

export interface SearchView {
  readonly ref: string;
  readonly product: ProductCode;
  readonly desks: readonly { readonly key: string; readonly name: string; readonly chosen: boolean }[];
  readonly noDeskChosen: boolean;
  readonly persons: number;
  readonly personChoices: readonly number[];
  readonly times: FreeTimes;
  /** After a slot was lost to somebody else: those nearest to it. */
  readonly nearest: readonly SlotView[] | null;
  /** Names of desks that could not be asked. */
  readonly missing: string | null;
  /** ISO date from which to look further, or null when this is all. */
  readonly later: string | null;
  readonly from: string | null;
  /** The case's open booking for this, which comes first. */
  readonly openBooking: string | null;
  readonly asOf: string;
}

export interface PersonFields {
  readonly givenName: string;
  readonly familyName: string;
  readonly vNumber: string;
}

export interface HoldView {
  readonly id: string;
  readonly ref: string;
  readonly product: ProductCode;
  readonly day: string;
  readonly time: string;
  readonly desk: string;
  readonly until: string;
  readonly secondsLeft: number;
  readonly canExtend: boolean;
  readonly people: readonly PersonFields[];
}

export interface BookingView {
  readonly id: string;
  readonly state: BookingState;
  readonly product: ProductCode;
  readonly day: string;
  readonly time: string;
  readonly desk: string;
  readonly address: string | null;
  readonly map: string | null;
  readonly code: string | null;
  readonly persons: number;
  readonly past: boolean;
  readonly canCancel: boolean;
  readonly caseRef: string | null;
}
