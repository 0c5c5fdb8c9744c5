/** The code that confirms an address for later mails. Limits of codes count within a day. */
export const ADDRESS_CODE = {
  digits: 6,
  /** Tries of one code; then another one must be sent. */
  tries: 5,
  /** To one address of a person. */
  toOneAddress: 3,
  /** Of one person, to all addresses that they leave. */
  ofOnePerson: 6,
  /** To one address, over all people. */
  fromAll: 10,
} as const;
