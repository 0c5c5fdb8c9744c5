import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

/** One advisory lock for all processes that start on the same database; any constant will do. */
const LOCK = 7_246_001;

// Bundled as text, so that the production build needs no file beside it.
const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true });

/**
 * Applies the missing migrations in one transaction, one process at a time. Throws when an applied one has since
 * changed, or is unknown here (a newer version ran).
 */
export async function migrate(client: ClientBase): Promise<void> {
  const migrations = Object.entries(files)
    .map(([path, sql]) => ({ name: path.replace(/^.*\//, ''), sql, digest: digestOf(sql) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('create table if not exists migration (name text primary key, digest text not null)');
    const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from migration');
    const applied = new Map(rows.map((row) => [row.name, row.digest]));
    refuseForeign(applied, migrations);
    for (const { name, sql, digest } of migrations) {
      if (applied.has(name)) continue;
      await client.query(sql);
      await client.query('insert into migration (name, digest) values ($1, $2)', [name, digest]);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function refuseForeign(applied: ReadonlyMap<string, string>, migrations: readonly { name: string; digest: string }[]) {
  const known = new Map(migrations.map(({ name, digest }) => [name, digest]));
  for (const [name, digest] of applied) {
    if (!known.has(name)) throw new Error(`The database has the migration ${name}, which this version does not know`);
    if (known.get(name) !== digest) throw new Error(`The migration ${name} is not the one that the database has`);
  }
}

const digestOf = (sql: string): string => createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
