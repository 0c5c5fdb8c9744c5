/** Path of each script file → its hash. Put here by the build; absent in development and in tests. */
declare const SCRIPT_INTEGRITY: Readonly<Record<string, string>> | undefined;

/** The hash of a script file of the build, for `integrity` in a page; undefined in development. @param address its path */
export const integrityOf = (address: string): string | undefined =>
  typeof SCRIPT_INTEGRITY === 'undefined' ? undefined : SCRIPT_INTEGRITY[address];
