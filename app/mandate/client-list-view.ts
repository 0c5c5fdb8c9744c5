import type { NextView } from '~/case/case-view';
import type { Procedure, Stage } from '~/model/case';
import type { Need, Sort } from '~/model/mandate-clients';

/** A line of "my clients". Dates are words already. */
export interface ClientLine {
  readonly ref: string;
  readonly name: string;
  readonly reference: string;
  readonly procedure: Procedure | null;
  readonly procedureName: string;
  readonly stage: Stage | null;
  readonly stageName: string | null;
  readonly need: Need;
  readonly next: NextView['do'];
  readonly due: string | null;
}

/** What the address asks of the list. */
export interface WishView {
  readonly search: string;
  readonly procedure: string;
  readonly stage: string;
  readonly within: string;
  readonly sort: Sort;
}
