import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';

/** What a command may do with the portal's database. */
export type CommandDatabase = Pick<NodePgDatabase, 'transaction' | 'select' | 'execute'>;

/** One connection for a command beside the portal, which opens no store and leaves the tables as they are. @param url `postgres://…` */
export async function withDatabase<Result>(
  url: string,
  work: (database: CommandDatabase) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(drizzle(client));
  } finally {
    await client.end();
  }
}
