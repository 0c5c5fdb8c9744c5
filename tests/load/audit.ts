import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { type ChainHead, canonicalJson, nextEntry } from '../../app/model/audit-chain';
import { chainKey } from '../../app/platform/chain-key.server';
import { buildIfNeeded, ROOT } from '../../mocks/build';
import { startDatabaseProcess } from '../../mocks/processes';

/**
 * Writes an audit log of many entries into a database of its own, alters some past the triggers, and measures
 * `npm run audit:verify`: seconds, and the most memory of its process. Fails beyond two minutes or 300 MB, and when it does
 * not name exactly the altered entries.
 */
const USAGE = 'Usage: npm run bench:audit -- [--entries 600000] [--altered 3000]';
const OWNER_SECRET = 'a-key-for-the-audit-log-of-this-measurement';
const MOST_SECONDS = 120;
const MOST_MB = 300;
const BATCH = 2_000;
/** As in `npm run audit:verify`. */
const FLAGS = ['--max-old-space-size=200', '--max-semi-space-size=4'];

const { entries, altered } = optionsOrExit();
buildIfNeeded();
const database = await startDatabaseProcess();
const client = new pg.Client({ connectionString: database.url });
const settings = { DATABASE_URL: database.url, OWNER_SECRET };
try {
  await run('migrate', settings);
  await client.connect();
  await write();
  const whole = await verify('untouched');
  await client.query(`begin; set local session_replication_role = replica;
    update audit_event set body = replace(body, 'a look', 'no look') where seq % ${Math.floor(entries / altered)} = 0; commit`);
  const changed = await verify(`${altered} altered`);
  const named = changed.faults.filter(({ kind }) => kind === 'altered').length;
  const ok = [whole, changed].every(({ seconds, mb }) => seconds <= MOST_SECONDS && mb <= MOST_MB);
  const right = whole.faults.length === 0 && named === Math.floor(entries / Math.floor(entries / altered));
  console.log(
    JSON.stringify({ entries, ok: ok && right, whole: figures(whole), altered: { ...figures(changed), named } }),
  );
  process.exitCode = ok && right ? 0 : 1;
} finally {
  await client.end();
  await database.stop();
}

/** Entries as an employee's looks make them, without processing lines. */
async function write(): Promise<void> {
  const { keyId, hashOf } = chainKey(OWNER_SECRET);
  const columns = { action: 'view-case', result: 'done', actor: 'actor', actorRole: 'staff', grantId: null };
  let last: ChainHead | null = null;
  for (let done = 0; done < entries; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, entries - done) }, () => {
      const operationId = randomUUID();
      const body = canonicalJson({ ...columns, operationId, note: 'a look', filler: 'x'.repeat(400) });
      const entry = nextEntry(last, body, hashOf);
      last = entry;
      return { ...entry, operationId };
    });
    await client.query(
      `insert into audit_event (seq, prev_hash, hash, key_id, body, operation_id, action, result, actor, actor_role, recorded_at)
       select seq, prev_hash, hash, $6, body, operation, 'view-case', 'done', 'actor', 'staff', now()
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::uuid[]) as t(seq, prev_hash, hash, body, operation)`,
      [
        rows.map(({ seq }) => seq),
        rows.map((row) => row.prevHash),
        rows.map((row) => row.hash),
        rows.map((row) => row.body),
        rows.map((row) => row.operationId),
        keyId,
      ],
    );
  }
  const { rows } = await client.query<{ hash: string }>('select hash from audit_event order by seq desc limit 1');
  const hash = rows[0]?.hash ?? '';
  await client.query('insert into audit_head (seq, hash, mac) values ($1, $2, $3)', [
    entries,
    hash,
    hashOf(hash, entries, 'head'),
  ]);
}

interface Measured {
  readonly seconds: number;
  readonly mb: number;
  readonly faults: readonly { readonly kind: string; readonly seq: number }[];
}

async function verify(what: string): Promise<Measured> {
  const { out, seconds, mb } = await run('audit-verify', settings);
  const { faults } = JSON.parse(out.trim().split('\n').at(-1) ?? '{}');
  console.log(`${what}: ${entries} entries in ${seconds} s, at most ${mb} MB, ${faults.length} faults`);
  return { seconds, mb, faults };
}

function figures({ seconds, mb }: Measured) {
  return { seconds, mb };
}

/** Runs a built command. `mb` is the most memory that it had resident. */
async function run(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<{ out: string; seconds: number; mb: number }> {
  const started = performance.now();
  const child = spawn(
    '/usr/bin/env',
    ['time', '-f', 'peak %M', process.execPath, ...FLAGS, join(ROOT, `build/server/${name}.js`)],
    {
      env: { NODE_ENV: 'production', PATH: process.env.PATH, ...env },
    },
  );
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const mb = Math.round(Number(/peak (\d+)/.exec(errors)?.[1] ?? 0) / 1_024);
  return { out, seconds: Math.round((performance.now() - started) / 100) / 10, mb };
}

function optionsOrExit(): { entries: number; altered: number } {
  try {
    const { values } = parseArgs({
      options: { entries: { type: 'string', default: '600000' }, altered: { type: 'string', default: '3000' } },
    });
    const given = { entries: Number(values.entries), altered: Number(values.altered) };
    if (!(given.altered >= 1 && given.entries >= given.altered)) throw new Error('numbers');
    return given;
  } catch {
    console.error(USAGE);
    process.exit(2);
  }
}
