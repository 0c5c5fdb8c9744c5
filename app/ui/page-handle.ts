/** What a route declares for the server and the frame. */
export interface PageHandle {
  /** The page has copy or share buttons. Their script is outside the main region, which view-as pages show too. */
  readonly touches?: boolean;
  /** The same session may get the same answer again within two seconds. */
  readonly repeatable?: boolean;
}
