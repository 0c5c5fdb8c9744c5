import type { Namespace } from '~/i18n/keys';

/** What a route may say of itself for the frame around it. */
export interface PageHandle {
  /** The page lives: it is hydrated. Without it a page ships no script. A page may decide by its data. */
  readonly scripts?: boolean | ((data: unknown) => boolean);
  /** The catalogues that its hydrated components need beside `common`. */
  readonly namespaces?: readonly Namespace[];
  /** The same person who asks the same again within two seconds may be given the same answer. */
  readonly repeatable?: boolean;
}
