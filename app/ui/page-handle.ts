/** What a route may say of itself for the server and the frame around it. */
export interface PageHandle {
  /** It has buttons to copy or share with. Their script stands outside the main region, which whoever looks along sees too. */
  readonly touches?: boolean;
  /** The same person who asks the same again within two seconds may be given the same answer. */
  readonly repeatable?: boolean;
}
