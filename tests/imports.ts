import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

export interface SourceFile {
  /** Relative to the project's root, with forward slashes: `app/model/case.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** As written in the import: `./case`, `~/model/case`, `zod`. */
  readonly name: string;
  /** The imported project file; null for a package. */
  readonly target: string | null;
  readonly typeOnly: boolean;
}

/** Lists the TypeScript and JavaScript files of a folder, without tests, with their imports. */
export function sourcesOf(folder: string): SourceFile[] {
  return filesBelow(join(ROOT, folder))
    .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && !/\.(test|spec)\.tsx?$|\.d\.ts$/.test(file))
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      return { path: pathOf(file), text, imports: importsOf(file, text) };
    });
}

export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Lists the lines that match a pattern, as `path:line: text`. Comments count too. */
export function linesWith(file: SourceFile, pattern: RegExp): string[] {
  return file.text
    .split('\n')
    .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1}: ${line.trim()}`] : []));
}

/** The text in a file's strings and templates, without the expressions in them. */
export function textsIn({ path, text }: SourceFile): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return texts;
}

/** Every cycle in a graph, once each, as `a > b > a`. */
export function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (node: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(node);
    if (seenAt >= 0) circles.push([...way.slice(seenAt), node].join(' > '));
    if (seenAt >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}

function importsOf(file: string, text: string): Import[] {
  const typeOnly = typeOnlyNames(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: name }) => ({
    name,
    target: targetOf(file, name),
    typeOnly: typeOnly.has(name),
  }));
}

/** The imports of a file that are only `import type` or `export type`. */
function typeOnlyNames(source: ts.SourceFile): Set<string> {
  const types = new Set<string>();
  const values = new Set<string>();
  for (const statement of source.statements) {
    const declaration = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement) ? statement : null;
    if (!declaration?.moduleSpecifier || !ts.isStringLiteral(declaration.moduleSpecifier)) continue;
    const isType = ts.isImportDeclaration(declaration)
      ? declaration.importClause?.isTypeOnly === true
      : declaration.isTypeOnly;
    (isType ? types : values).add(declaration.moduleSpecifier.text);
  }
  return new Set([...types].filter((name) => !values.has(name)));
}

function targetOf(importer: string, name: string): string | null {
  const bare = name.replace(/\?.*$/, '');
  if (!/^(\.|~\/)/.test(bare)) return null;
  const base = bare.startsWith('~/') ? join(ROOT, 'app', bare.slice(2)) : resolve(dirname(importer), bare);
  const found = ['', '.ts', '.tsx', '.mjs', '.js', '/index.ts', '/index.tsx'].map((end) => base + end);
  return pathOf(found.find((path) => existsSync(path) && statSync(path).isFile()) ?? base);
}

const pathOf = (file: string): string => relative(ROOT, file).replaceAll('\\', '/');
