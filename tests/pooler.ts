import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../mocks/processes';

/** The program of Debian's package `pgbouncer`; null where it is not installed. */
export function poolerProgram(): string | null {
  const found = ['pgbouncer', '/usr/sbin/pgbouncer'].find((program) => spawnSync(program, ['-V']).status === 0);
  return found ?? null;
}

/**
 * Starts pgbouncer in transaction mode before a database, with fewer connections than the portal opens, so that
 * transactions meet connections of others.
 */
export async function startPooler(program: string, databaseUrl: string) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = mkdtempSync(join(tmpdir(), 'zicht-pooler-'));
  const own = await freePort();
  const name = pathname.slice(1);
  const login = [
    `user=${decodeURIComponent(username)}`,
    ...(password ? [`password=${decodeURIComponent(password)}`] : []),
  ];
  const lines = [
    '[databases]',
    `${name} = host=${hostname} port=${port} dbname=${name} ${login.join(' ')}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 3',
    'max_client_conn = 50',
  ];
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, `${lines.join('\n')}\n`);
  // pgbouncer refuses to run as root, so another user must be able to read the file.
  chmodSync(folder, 0o755);
  chmodSync(file, 0o644);
  const isRoot = process.getuid?.() === 0;
  const child = spawn(program, [...(isRoot ? ['-u', 'nobody'] : []), file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (text: Buffer) => {
    output += text;
  });
  await untilOpen(own, child, () => output);
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = `${own}`;
  return {
    url: url.href,
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilOpen(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) throw new Error(`pgbouncer ended: ${output()}`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    await delay(50);
  }
  throw new Error(`pgbouncer does not listen: ${output()}`);
}
