import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { z } from 'zod';

/** Reads JSON files of a folder and collects every fault of all of them, each with its file and line. */
export class AgencyFiles {
  readonly faults: string[] = [];
  readonly #read = new Set<string>();

  constructor(readonly folder: string) {}

  /** The file's content by `schema`; null when it is absent or has a fault. @param required an absent file is a fault */
  read<T extends z.ZodType>(name: string, schema: T, required = false): z.output<T> | null {
    const text = this.#text(name, required);
    if (text === null) return null;
    const errors: ParseError[] = [];
    const tree = parseTree(text, errors);
    for (const { error, offset } of errors)
      this.#fault(name, lineOf(text, offset), `is no JSON: ${inWords(printParseErrorCode(error))}`);
    if (errors.length > 0 || !tree) return null;
    for (const { name: twice, offset } of twiceIn(tree))
      this.#fault(name, lineOf(text, offset), `${twice}: stands twice`);
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const { message } = issue;
      const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const at = [...issue.path, ...unknown].map((part) => (typeof part === 'symbol' ? String(part) : part));
      // A missing field has no place of its own: its parent has.
      const node = [at, at.slice(0, -1)].map((way) => findNodeAtLocation(tree, way)).find((found) => found) ?? tree;
      this.#fault(name, lineOf(text, node.offset), at.length > 0 ? `${at.join('.')}: ${message}` : message);
    }
    return null;
  }

  /** The names of the JSON files in a folder inside this one, without `.json`; none when there is no such folder. */
  namesIn(folder: string): string[] {
    try {
      const names = readdirSync(join(this.folder, folder)).filter((name) => name.endsWith('.json'));
      return names.map((name) => name.slice(0, -'.json'.length)).sort();
    } catch {
      return [];
    }
  }

  /** A fault that no schema can see, such as a key that no other file has. @param at the place in the file */
  addFault(name: string, message: string, at: Place = []): void {
    this.faults.push(`${this.placeOf(name, at) ?? name}: ${message}`);
  }

  /** `file:line` of a place; null when the file has no such place. */
  placeOf(name: string, at: Place): string | null {
    const text = at.length > 0 ? this.text(name) : null;
    const tree = text === null ? undefined : parseTree(text, []);
    const node = tree && findNodeAtLocation(tree, [...at]);
    return node ? `${name}:${lineOf(text ?? '', (node.parent ?? node).offset)}` : null;
  }

  /** JSON files that nothing reads: most likely a name with a slip. */
  addUnread(): void {
    const found = ['', ...FOLDERS].flatMap((folder) =>
      this.namesIn(folder).map((name) => join(folder, `${name}.json`)),
    );
    for (const name of found) if (!this.#read.has(name)) this.faults.push(`${name}: is no file of an agency's folder`);
  }

  /** A file's text; null when it is absent. */
  text(name: string): string | null {
    return this.#text(name, false);
  }

  #fault(name: string, line: number, message: string): void {
    this.faults.push(`${name}:${line}: ${message}`);
  }

  #text(name: string, required: boolean): string | null {
    this.#read.add(name);
    try {
      return readFileSync(join(this.folder, name), 'utf8');
    } catch (error) {
      const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (required || !isAbsent) this.faults.push(`${name}: ${isAbsent ? 'is missing' : "can't be read"}`);
      return null;
    }
  }
}

/** Keys and positions, as in `['pay', 0, 'iban']`. */
type Place = readonly (string | number)[];

const FOLDERS = ['procedures', 'texts'];

/** `CommaExpected` → "comma expected". */
const inWords = (code: string): string => code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

/** Keys that an object has twice, of which JSON would take the last. */
function twiceIn(node: Node): { readonly name: string; readonly offset: number }[] {
  const inner = node.children ?? [];
  const own = node.type === 'object' ? inner.flatMap(({ children }) => children?.[0] ?? []) : [];
  const twice = own.filter(({ value }, index) => own.findIndex((other) => other.value === value) < index);
  return [...twice.map(({ value, offset }) => ({ name: `${value}`, offset })), ...inner.flatMap(twiceIn)];
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
