import type { WaitView } from '~/estimate/wait-view';
import type { Instead, ProductCode } from '~/model/appointment';
import type { Procedure, Stage } from '~/model/case';
import type { Loaded } from '~/model/loaded';
import type { NextStep } from '~/model/next-step';

/** One case as its page shows it. Dates and durations are words in the reader's language already. */
export interface CaseView {
  /** The case's opaque name in addresses. */
  readonly ref: string;
  /** What people quote. */
  readonly reference: string;
  readonly procedure: Procedure | null;
  readonly procedureName: string;
  readonly stage: Stage | null;
  /** The agency's own name for the stage; null where it gave none. */
  readonly stageName: string | null;
  readonly since: string | null;
  readonly received: string;
  readonly result: string | null;
  readonly next: NextView;
  readonly timeline: Loaded<TimelineView[]>;
  readonly period: PeriodView;
  readonly wait: Loaded<WaitView>;
  readonly visit: VisitView;
  readonly people: readonly { readonly name: string; readonly role: 'applicant' | 'family' | 'sponsor' | 'advisor' }[];
  /** When this was asked, as a clock time. */
  readonly asOf: string;
}

export interface NextView {
  readonly do: NextStep['do'];
  readonly product: ProductCode | null;
  readonly until: string | null;
  readonly date: string | null;
  readonly time: string | null;
  readonly place: string | null;
  readonly papers: readonly string[];
}

export interface TimelineView {
  readonly stage: Stage | null;
  readonly name: string;
  readonly state: 'done' | 'now' | 'to-come';
  readonly since: string | null;
}

export interface PeriodView {
  readonly state: 'unknown' | 'decided' | 'paused' | 'running' | 'overdue';
  readonly by: string | null;
  readonly days: number;
  readonly reason: string | null;
  /** How much longer the agency took, in words, and its reason. */
  readonly extension: { readonly duration: string; readonly reason: string } | null;
}

export type VisitView =
  | { readonly kind: 'booked'; readonly moment: string; readonly desk: string; readonly id: string }
  | {
      readonly kind: 'book';
      readonly product: ProductCode /** Ways without coming, which go before it. */;
      readonly instead: readonly Instead[];
    }
  | { readonly kind: 'none'; readonly why: 'notNeeded' | 'byPost' | 'papersByPost' | 'invited' | 'unknown' | 'done' };

/** A case in the list of the viewer's own. */
export interface CaseLine {
  readonly ref: string;
  readonly reference: string;
  readonly procedure: Procedure | null;
  readonly procedureName: string;
  readonly stage: Stage | null;
  readonly stageName: string | null;
  readonly received: string;
  readonly next: NextView;
  readonly ended: boolean;
}
