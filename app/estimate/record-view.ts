import type { Loaded } from '~/model/loaded';
import type { StaffReason } from './switch-reason';

/** How ranges came out. Every number is a word already; shares are people of 100. */
export interface RecordView {
  readonly asOf: string;
  /** False while the past is still being computed: then there is nothing below. */
  readonly complete: boolean;
  readonly overall: (Outcome & { readonly verdict: 'good' | 'wide' | 'bad' }) | null;
  readonly procedures: readonly ProcedureRecord[];
  readonly switched: readonly {
    readonly procedure: string;
    readonly trust: 'none' | 'unsettled';
    readonly reason: StaffReason | null;
  }[];
}

export interface Outcome {
  readonly people: string;
  readonly right: string;
  readonly early: string;
  readonly late: string;
}

export interface ProcedureRecord {
  readonly procedure: string;
  readonly termDays: number | null;
  /** Of the past year. */
  readonly year: Row;
  /** Against what people had in the half year before; null where that is not known. */
  readonly compared: { readonly is: 'better' | 'worse'; readonly ours: string; readonly theirs: string } | null;
  readonly pending: number;
  readonly quarters: readonly (Row & { readonly quarter: string })[];
  readonly stages: readonly (Row & { readonly quarter: string; readonly stage: string })[];
}

/** Null where nothing is known. */
export interface Row {
  readonly outcome: Outcome | null;
  readonly term: string | null;
  readonly past80: string | null;
  readonly pending: string;
}

export type LoadedRecord = Loaded<RecordView>;
