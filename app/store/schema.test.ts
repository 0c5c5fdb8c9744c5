import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, rowsOf } from '../../tests/database';

const modules = import.meta.glob<Record<string, unknown>>('./schema/*.server.ts', { eager: true });
const definitions = Object.values(modules)
  .flatMap((module) => Object.values(module))
  .filter((value) => is(value, PgTable))
  .map(getTableConfig);

let store: Awaited<ReturnType<typeof openTestStore>>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

test('the migrations make the tables and columns that the schema defines', async () => {
  const defined = definitions.flatMap(({ name: table, columns, primaryKeys }) => {
    const keys = new Set(primaryKeys.flatMap((key) => key.columns.map(({ name }) => name)));
    return columns.map((column) =>
      lineOf({
        table,
        name: column.name,
        type: column.getSQLType(),
        required: column.notNull,
        given: column.hasDefault && !column.generatedIdentity,
        isKey: column.primary || keys.has(column.name),
      }),
    );
  });
  const made = await rowsOf(
    store.url,
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull as required, a.atthasdef as given,
       exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any(i.indkey)) as "isKey"
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
       and a.attnum > 0 and not a.attisdropped`,
  );
  expect(defined.length).toBeGreaterThan(100);
  expect(made.map(lineOf).sort()).toEqual(defined.sort());
});

const lineOf = ({ table, name, type, required, given, isKey }: Record<string, unknown>) =>
  [`${table}.${name}`, type, required && 'not null', given && 'default', isKey && 'primary key']
    .filter(Boolean)
    .join(' ');
