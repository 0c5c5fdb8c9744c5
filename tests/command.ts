import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error together. */
  readonly out: string;
}

/**
 * Runs one of the project's commands on a database, as an operator would.
 * @param file of the command, such as `app/commands/audit-verify.ts`
 * @param input for its standard input
 * @param settings the environment beside the database's address
 */
export function runCommand(
  file: string,
  url: string,
  args: readonly string[],
  input = '',
  settings: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const env = { ...settings, DATABASE_URL: url };
  const running = spawn(process.execPath, ['--import', 'tsx', file, ...args], { cwd: ROOT, env });
  let out = '';
  for (const stream of [running.stdout, running.stderr])
    stream.on('data', (chunk) => {
      out += chunk;
    });
  running.stdin.end(input);
  return new Promise((resolve) => running.on('close', (code) => resolve({ code, out })));
}
