// Runs the embedded PostgreSQL as a process: `mocks/database.ts [FOLDER]`. It prints one line of JSON when it is ready,
// and ends with its parent. Without a folder it deletes its data.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres';

const [, , given] = process.argv;

try {
  const folder = given ?? throwAwayFolder();
  const url = await startPostgres({ folder, durable: given !== undefined });
  console.log(JSON.stringify({ url }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

// The package stops PostgreSQL on SIGTERM. A killed parent can't send it, but its end of the pipe closes.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).resume();

function throwAwayFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zicht-database-'));
  // When started by root, PostgreSQL runs as another user.
  chmodSync(folder, 0o755);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
