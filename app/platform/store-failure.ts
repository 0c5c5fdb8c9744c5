/** The database did not answer within its deadline. */
export class StoreTimeout extends Error {
  override readonly name = 'StoreTimeout';
}

/** The database was restored from a backup, and `npm run restore:fence` did not run yet. */
export class StoreUnfenced extends Error {
  override readonly name = 'StoreUnfenced';
}

/**
 * Errors of the connection, of the machine and of a server that starts, stops, only reads or refuses the portal's user; of
 * statements that took too long, waited for each other in a circle or met another's change; and of a broken disk.
 */
const SYSTEM =
  /^(ECONN|EPIPE|EPROTO|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EADDRNOTAVAIL|EMFILE|ENFILE|ENOBUFS|CERT_|ERR_TLS)/;
const SQL_STATE = /^((08|28|53|58)...|57P0.|40001|40P01|57014|55P03|25006|25P0[34]|3D000)$/;
const WORDS =
  /timeout exceeded when trying to connect|timeout expired|query read timeout|connection terminated|connection error|is not queryable|does not support SSL|calling end on the pool|store is not open/i;

/** Whether an error, or one that it wraps, says that the database is away, does not answer or takes no changes,
 * or may not be used. */
export function isStoreFailure(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause instanceof StoreTimeout || cause instanceof StoreUnfenced || WORDS.test(cause.message)) return true;
    if ('code' in cause && typeof cause.code === 'string' && isTrouble(cause.code)) return true;
  }
  return false;
}

const isTrouble = (code: string): boolean => SYSTEM.test(code) || SQL_STATE.test(code);
