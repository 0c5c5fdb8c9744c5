import type { Loaded } from '~/model/loaded';

export interface WhatIfView {
  readonly form: { readonly inflow: string; readonly capacity: string; readonly weeks: string };
  /** The fields that make no sense. */
  readonly wrong: readonly string[];
  /** Null where nothing was asked. */
  readonly result: Loaded<WhatIfTable> | null;
}

export interface WhatIfTable {
  readonly inflow: string;
  readonly capacity: string;
  readonly weeks: string;
  readonly from: string;
  readonly until: string;
  /** Each range in words. */
  readonly rows: readonly {
    readonly procedure: string;
    readonly now: string;
    readonly after: string;
    readonly unchanged: string;
  }[];
}
