import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** language → namespace → what its JSON file holds. */
export type Catalogues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Reads all catalogues below a folder laid out as `<language>/<namespace>.json`, unchecked. For the build and for
 * tests; the running portal has them in its bundle.
 * @throws Error that names a file that is no JSON
 */
export function readCatalogues(folder: string): Catalogues {
  return Object.fromEntries(foldersIn(folder).map((language) => [language, readLanguage(join(folder, language))]));
}

function readLanguage(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(files.sort().map((name) => [name.slice(0, -'.json'.length), readJson(join(folder, name))]));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is no JSON`, { cause });
  }
}

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
