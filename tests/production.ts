import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ROOT } from '../mocks/build';
import { lockedPackages } from './supply';

/**
 * Makes a folder as on a production machine: package.json, the build, and what `npm ci --omit=dev` installs, as links.
 * @param folder empty
 */
export async function installForProduction(folder: string): Promise<void> {
  await cp(join(ROOT, 'build'), join(folder, 'build'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), readFileSync(join(ROOT, 'package.json')));
  for (const { path, dev, optional } of lockedPackages()) {
    if (dev || optional || path.lastIndexOf('node_modules/') > 0) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(folder, path), 'junction');
  }
}

/** The commands that docs/commands.md lists for operators, without arguments. */
export function operatorCommands(): string[] {
  const [, section = ''] = readFileSync(join(ROOT, 'docs/commands.md'), 'utf8').split('\n## Operate\n');
  return [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `npm run ([\w:]+)/gm)].map(([, name = '']) => name);
}
