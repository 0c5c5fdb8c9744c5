/** The database did not answer within its deadline. */
export class StoreTimeout extends Error {
  override readonly name = 'StoreTimeout';
}

/** The database was restored from a backup, and `npm run restore:fence` did not run yet. */
export class StoreUnfenced extends Error {
  override readonly name = 'StoreUnfenced';
}

/** Errors of the connection, of a server that starts, stops or only reads, and of statements that took too long. */
const CODES = /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|08|53|57P0|57014|55P03|25006)/;
const WORDS = /timeout exceeded when trying to connect|query read timeout|connection terminated|store is not open/i;

/** Whether an error, or one that it wraps, says that the database is away, does not answer or takes no changes,
 * or may not be used. */
export function isStoreFailure(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause instanceof StoreTimeout || cause instanceof StoreUnfenced || WORDS.test(cause.message)) return true;
    if ('code' in cause && typeof cause.code === 'string' && CODES.test(cause.code)) return true;
  }
  return false;
}
