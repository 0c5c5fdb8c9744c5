import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { config } from '~/config/config.server';
import { requireOwnerSecret } from './secret-check.server';

/** What a command may do with the portal's database. */
export type CommandDatabase = Pick<NodePgDatabase, 'transaction' | 'select' | 'execute'>;

/**
 * One connection for a command beside the portal, which opens no store and leaves the tables as they are. Throws
 * `WrongOwnerSecret` before any work when OWNER_SECRET is not the one of this database. @param url `postgres://…`
 */
export async function withDatabase<Result>(
  url: string,
  work: (database: CommandDatabase) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const database = drizzle(client);
    await requireOwnerSecret(database, config().OWNER_SECRET);
    return await work(database);
  } finally {
    await client.end();
  }
}
