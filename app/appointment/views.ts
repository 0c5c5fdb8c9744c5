import type { BookingState } from '~/appointment/booking/booking-state';
import type { Instead, ProductCode } from '~/model/appointment';
import type { AccessItem, ForeignText } from '~/model/desk-access';
import type { Trouble } from '~/model/loaded';
import type { MoveState } from '~/model/move';
import type { PartOfDay } from '~/model/watch';

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

/** Day, time and desk of something, in words. */
export interface WhenView {
  readonly day: string;
  readonly time: string;
  readonly desk: string;
}

export interface SearchView {
  readonly ref: string;
  readonly product: ProductCode;
  /** Ways to have it without coming to a desk, which come first. */
  readonly instead: readonly Instead[];
  readonly desks: readonly { readonly key: string; readonly name: string; readonly chosen: boolean }[];
  readonly noDeskChosen: boolean;
  readonly persons: number;
  readonly personChoices: readonly number[];
  /** How many may come at most, where more were asked for. */
  readonly most: string | null;
  /** ISO weekdays Monday to Friday or more, with their names. */
  readonly weekdays: readonly { readonly day: number; readonly name: string; readonly chosen: boolean }[];
  readonly part: PartOfDay;
  readonly times: FreeTimes;
  /** Instead of the list by day, when it was asked for. */
  readonly calendar: CalendarView | null;
  /** After a slot was lost to somebody else: those nearest to it. */
  readonly nearest: readonly SlotView[] | null;
  /** Names of desks that could not be asked. */
  readonly missing: string | null;
  /** Addresses of the same search, seen in another way; null where there is none. */
  readonly links: {
    readonly list: string;
    readonly calendar: string;
    /** The next days, or the first ones again. */
    readonly later: string | null;
    readonly first: string | null;
    readonly watch: string;
  };
  /** The case's open booking for this, which comes first. */
  readonly openBooking: string | null;
  /** The booking that the chosen time is to take the place of. */
  readonly moving: MovingView | null;
  /** An earlier time that the viewer is offered. */
  readonly offer: OfferView | null;
  /** A draw for more slots, when there is one. */
  readonly draw: DrawView | null;
  readonly asOf: string;
}

/** A draw as somebody who may take part in it sees it. Times are words already. */
export interface DrawView {
  readonly state: 'before' | 'open' | 'ticket' | 'waiting' | 'offered' | 'lost' | 'missed' | 'returned';
  readonly day: string;
  readonly opens: string;
  readonly closes: string;
  /** Of the slots. */
  readonly from: string;
  readonly until: string;
  readonly ticket: { readonly id: string; readonly number: string; readonly place: string | null } | null;
  readonly offer: (WhenView & { readonly slotId: string; readonly address: string; readonly until: string }) | null;
  readonly seedHash: string;
  /** Where the order and the seed stand; null before the draw. */
  readonly check: string | null;
  readonly mail: boolean;
  /** What a ticket may wish for, while tickets are given. */
  readonly choices: Pick<SearchView, 'desks' | 'weekdays'> | null;
}

export interface MovingView extends WhenView {
  readonly id: string;
  /** Only times before it are shown. */
  readonly earlier: boolean;
}

/** A month as a table: seven cells a row, null outside the month. */
export interface CalendarView {
  readonly month: string;
  readonly weekdays: readonly { readonly short: string; readonly long: string }[];
  readonly weeks: readonly (readonly (CalendarDay | null)[])[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface CalendarDay {
  readonly date: string;
  readonly number: string;
  /** The day in words, for those who do not see the table. */
  readonly day: string;
  readonly free: number;
  /** The day's times; null where there are none. */
  readonly address: string | null;
}

export interface OfferView extends WhenView {
  /** Where it is kept for the viewer; null when it may be taken by others meanwhile. */
  readonly holdId: string | null;
  readonly slotId: string;
  /** The search page where a time that is not kept is taken. */
  readonly address: string;
  /** Until when, as a clock time. */
  readonly until: string;
}

export interface PersonFields {
  readonly givenName: string;
  readonly familyName: string;
  readonly vNumber: string;
}

/** How long a slot is still kept for the person. */
export interface TimeLeft {
  /** A clock time of the agency's zone. */
  readonly until: string;
  readonly secondsLeft: number;
  readonly canExtend: boolean;
}

export interface HoldView extends WhenView, TimeLeft {
  readonly id: string;
  readonly ref: string;
  readonly product: ProductCode;
  /** Whether the planner keeps it from others meanwhile. */
  readonly kept: boolean;
  readonly people: readonly PersonFields[];
  readonly moving: (WhenView & { readonly id: string; readonly oldGoesFirst: boolean }) | null;
}

export interface MoveView {
  readonly part: 'new' | 'old';
  readonly state: MoveState;
  readonly other: WhenView & { readonly id: string };
}

export interface BookingView extends WhenView {
  readonly id: string;
  readonly state: BookingState;
  readonly product: ProductCode;
  readonly address: string | null;
  readonly map: string | null;
  readonly code: string | null;
  /** The planner's answer with the code was lost; some planners give none at all. */
  readonly codeByMail: boolean;
  readonly qr: { readonly size: number; readonly path: string } | null;
  readonly persons: number;
  readonly past: boolean;
  /** Who can cancel it, as far as it can be cancelled now; else null. */
  readonly cancel: 'yes' | 'link' | 'no' | null;
  readonly cancelAddress: string | null;
  readonly canMove: boolean;
  readonly move: MoveView | null;
  readonly caseRef: string | null;
}

/** How to get to a desk and into it. The texts are the agency's or the planner's own. */
export interface AccessView {
  readonly desk: string;
  readonly items: readonly AccessItem[];
  readonly transport: ForeignText | null;
  readonly parking: ForeignText | null;
  readonly notes: readonly ForeignText[];
}

/** A booking of several people of whom somebody can't come, and how many still do. */
export interface FewerView extends WhenView {
  readonly id: string;
  readonly persons: number;
  /** How many may still come. */
  readonly choices: readonly number[];
  /** How many were chosen; null before that. */
  readonly stay: number | null;
  /** Which appointment goes first when it is moved; null where it can't be. */
  readonly order: 'new' | 'old' | null;
  readonly times:
    | { readonly state: 'found'; readonly slots: readonly SlotView[] }
    | { readonly state: 'none' }
    | { readonly state: 'could-not-ask'; readonly why: Trouble }
    | null;
  /** The search page for those who stay, where a time is taken too. */
  readonly search: string;
  /** Whether the agency lets a smaller group come without being told. */
  readonly mayJustCome: boolean;
}

/** What somebody who waits for an earlier time asked for, in words, or the form to ask for it. */
export interface WatchView {
  readonly ref: string;
  readonly product: ProductCode;
  readonly set: {
    readonly before: string;
    readonly desks: string | null;
    readonly weekdays: string | null;
    readonly part: PartOfDay;
    readonly persons: number;
    readonly byMail: boolean;
    readonly quiet: { readonly from: string; readonly until: string } | null;
    readonly since: string;
    readonly offer: OfferView | null;
  } | null;
  readonly form: {
    readonly desks: SearchView['desks'];
    readonly weekdays: SearchView['weekdays'];
    readonly part: PartOfDay;
    readonly persons: number;
    /** ISO dates. */
    readonly before: string;
    readonly earliest: string;
    readonly moving: (WhenView & { readonly id: string }) | null;
    /** Whether the portal can send mail. */
    readonly mail: boolean;
  };
  /** Back to the search that led here. */
  readonly search: string;
}

/** The form of a ticket for a draw as it was filled in. */
export type TicketFilledIn = Pick<WatchFilledIn, 'desks' | 'weekdays' | 'email'>;

/** The form of a watch as it was filled in. Hours are HH:00. */
export interface WatchFilledIn {
  readonly desks: readonly string[];
  readonly before: string;
  readonly weekdays: readonly number[];
  readonly part: PartOfDay;
  readonly email: string;
  readonly quietFrom: string;
  readonly quietUntil: string;
}

/** That the viewer waits for an earlier time for a case. */
export interface WatchNoteView {
  readonly address: string;
  readonly offer: OfferView | null;
}
