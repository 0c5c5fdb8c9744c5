import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** One advisory lock for all processes that migrate the same database; any constant will do. */
const LOCK = 7_246_001;

// Bundled as text, so that the production build needs no file beside it.
const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

/**
 * Applies the missing migrations in one transaction, one process at a time, without a deadline. Returns their names.
 * Throws when an applied one has since changed, or is unknown here (a newer version ran).
 */
export async function migrate(client: ClientBase): Promise<string[]> {
  const migrations = known();
  try {
    await client.query('begin');
    // The role or the database may have deadlines of its own, which are meant for pages.
    await client.query('set local statement_timeout = 0; set local lock_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('create table if not exists migration (name text primary key, digest text not null)');
    const missing = missingOf(migrations, await appliedTo(client));
    for (const { name, sql, digest } of missing) {
      await client.query(sql);
      await client.query('insert into migration (name, digest) values ($1, $2)', [name, digest]);
    }
    await client.query('commit');
    return missing.map(({ name }) => name);
  } catch (error) {
    // The connection may be gone, and the first error says why.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** The migrations that the database lacks, without a change to it. Throws as `migrate` does. */
export async function missingMigrations(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('migration') is not null as there`);
  const applied = rows[0]?.there ? await appliedTo(client) : new Map<string, string>();
  return missingOf(known(), applied).map(({ name }) => name);
}

async function appliedTo(client: ClientBase): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

function missingOf(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): Migration[] {
  const digests = new Map(migrations.map(({ name, digest }) => [name, digest]));
  const foreign = [...applied.keys()].filter((name) => !digests.has(name));
  if (foreign.length > 0)
    throw new Error(
      `The database is newer than this version: it has ${foreign.join(', ')}, which this version does not know. ` +
        'Start the newer version again, or restore the backup from before the upgrade (docs/operate.md, "Roll back").',
    );
  for (const [name, digest] of applied)
    if (digests.get(name) !== digest) throw new Error(`The migration ${name} is not the one that the database has`);
  return migrations.filter(({ name }) => !applied.has(name));
}

const known = (): Migration[] =>
  Object.entries(files)
    .map(([path, sql]) => ({ name: path.replace(/^.*\//, ''), sql, digest: digestOf(sql) }))
    .sort((a, b) => a.name.localeCompare(b.name));

const digestOf = (sql: string): string => createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
