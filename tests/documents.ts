import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow, ROOT } from './imports';

const ARCHITECTURE = 'docs/ARCHITECTURE.md';
const GUIDE = 'docs/operate.md';
const HOW_TO = 'docs/how-to.md';
const INVARIANTS = 24;

const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const namesIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, ...names]) => names.find(Boolean) ?? '');

/** Lists differences between the documents and the repository, as `document: what`. */
export function faultsOfDocuments(): string[] {
  const documents = [
    ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
    ...filesBelow(join(ROOT, 'docs')).map((file) => file.slice(ROOT.length + 1).replaceAll('\\', '/')),
  ];
  return [
    ...documents.flatMap((path) => [...deadLinks(path), ...goneFiles(path), ...unknownCommands(path)]),
    ...missing('docs/commands.md', 'the command', Object.keys(scripts()), documents.flatMap(commandsIn)),
    ...missing(ARCHITECTURE, 'the room', roomsThere(), roomsShown()),
    ...missing(`app/, as ${ARCHITECTURE} shows it`, 'the room', roomsShown(), roomsThere()),
    ...missing(GUIDE, 'the setting', settings(), namesIn(textOf(GUIDE), /`([A-Z][A-Z_]+)`/g)),
    ...invariantsWithoutTest(),
  ];
}

function missing(document: string, what: string, wanted: readonly string[], has: readonly string[]): string[] {
  return wanted.filter((name) => !has.includes(name)).map((name) => `${document}: lacks ${what} ${name}`);
}

function deadLinks(path: string): string[] {
  const links = namesIn(textOf(path), /\]\(([^)]+)\)|\ssrc="([^"]+)"/g).filter((to) => !/^https?:/.test(to));
  return links
    .filter((to) => {
      const [file, anchor] = to.split('#');
      const target = file ? join(dirname(path), file) : path;
      return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    })
    .map((to) => `${path}: the link ${to} leads nowhere`);
}

/** The anchors of a document's headings, as GitHub makes them. */
export const anchorsOf = (path: string): string[] =>
  namesIn(textOf(path), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

function goneFiles(path: string): string[] {
  // The how-to creates these files, and a folder for a language.
  const made = ['locales/pl/', ...namesIn(textOf(HOW_TO), /^\/\/ (\S+)$/gm)];
  return namesIn(textOf(path), /`((?:app|docs|locales|mocks|tests)\/[\w./-]+)`/g)
    .filter((name) => !existsSync(join(ROOT, name)) && !made.includes(name))
    .map((name) => `${path}: names ${name}, which is not there`);
}

const scripts = (): Record<string, string> => JSON.parse(textOf('package.json')).scripts;
const commandsIn = (path: string) => namesIn(textOf(path), /\bnpm (?:run (?:--silent )?([\w:]+)|(start|test)\b)/g);
const unknownCommands = (path: string) =>
  missing(`package.json, as ${path} names it`, 'the script', commandsIn(path), Object.keys(scripts()));

/** The rooms in the picture of the house. Each line begins with a room's name. */
function roomsShown(): string[] {
  const [, picture = ''] = textOf(ARCHITECTURE).split('```');
  return namesIn(picture.split('\n\nlocales/')[0] ?? '', /^ {2}(\w+)\/ /gm);
}

const roomsThere = (): string[] =>
  readdirSync(join(ROOT, 'app'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const settings = () =>
  ['config', 'operation'].flatMap((name) => namesIn(textOf(`app/config/${name}.server.ts`), /^ {2}([A-Z][A-Z_]+):/gm));

function invariantsWithoutTest(): string[] {
  const items = textOf(ARCHITECTURE).split(/^(?=\d+\. \*\*I\d)/m);
  return Array.from({ length: INVARIANTS }, (_, index) => `I${index + 1}`)
    .filter((name) => !items.some((item) => item.includes(`**${name} `) && /`[\w./-]+\.(test|spec)\.ts`/.test(item)))
    .map((name) => `${ARCHITECTURE}: names no test for ${name}`);
}
