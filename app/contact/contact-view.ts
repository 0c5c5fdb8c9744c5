import type { Loaded } from '~/model/loaded';

/** Waits now, as the contact page shows them. All numbers and times are words already. */
export interface ContactView {
  readonly phone: Loaded<readonly LineView[]>;
  readonly desks: Loaded<readonly DeskView[]>;
  readonly asOf: string;
}

export interface OpeningView {
  readonly open: boolean;
  /** When it closes, or when it opens next. */
  readonly time: string | null;
  /** The day on which it opens next: today, tomorrow, or its name. */
  readonly day: 'today' | 'tomorrow' | { readonly name: string } | null;
}

export interface LineView {
  readonly id: string;
  readonly number: string;
  readonly opening: OpeningView;
  readonly minutes: number | null;
  readonly callers: number | null;
  /** The best hour that is left today; `now` when that is this very hour. */
  readonly best: 'now' | { readonly from: string; readonly to: string } | null;
}

export interface DeskView {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  /** Where a map shows it. */
  readonly map: string;
  readonly opening: OpeningView;
  readonly people: number | null;
  readonly minutes: number | null;
}
