/** What a route may say of itself for the server around it. */
export interface PageHandle {
  /** The same person who asks the same again within two seconds may be given the same answer. */
  readonly repeatable?: boolean;
}
