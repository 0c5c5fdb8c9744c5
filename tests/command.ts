import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/** Command → its file in JavaScript. Compiling it anew for each run would take five times the run itself. */
const bundles = new Map<string, Promise<string>>();
let folder: string | undefined;

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
export async function runCommand(
  file: string,
  url: string,
  args: readonly string[],
  input = '',
  settings: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const bundle = bundles.get(file) ?? bundled(file);
  bundles.set(file, bundle);
  const env = { ...settings, DATABASE_URL: url };
  const running = spawn(process.execPath, [await bundle, ...args], { cwd: ROOT, env });
  let out = '';
  for (const stream of [running.stdout, running.stderr])
    stream.on('data', (chunk) => {
      out += chunk;
    });
  running.stdin.end(input);
  return new Promise((resolve) => running.on('close', (code) => resolve({ code, out })));
}

async function bundled(file: string): Promise<string> {
  folder ??= temporaryFolder();
  const outfile = join(folder, basename(file).replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(ROOT, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
}

function temporaryFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zicht-commands-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
