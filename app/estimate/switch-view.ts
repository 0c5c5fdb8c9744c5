import type { StaffReason } from './switch-reason';

export interface SwitchesView {
  readonly procedures: readonly { readonly procedure: string; readonly last: SwitchLine | null }[];
  /** The newest first. */
  readonly log: readonly SwitchLine[];
}

/** A change of a switch: who made it and when, in words. */
export interface SwitchLine {
  readonly procedure: string;
  readonly trust: 'unsettled' | 'none' | null;
  readonly reason: StaffReason | null;
  readonly by: string;
  readonly at: string;
}
