import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, ROOT } from './imports';

/** Where the rules of English in CONTRIBUTING hold. */
const CHECKED: readonly string[] = [
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  'app',
  'docs',
  'mocks',
  'playwright.config.ts',
  'tests',
  'vite-inline-script.ts',
  'vite.config.ts',
  'vitest.config.ts',
];

/** A piece of English that an engineer reads: a comment, a test's title, a document or the name of a type. */
export interface Passage {
  readonly kind: 'comment' | 'title' | 'document' | 'name';
  /** Counted from 1: the line on which the passage begins. */
  readonly line: number;
  readonly text: string;
}

const TITLE_CHARACTERS = 90;
const TITLE_WORDS = 12;

const UNWANTED: readonly (readonly [RegExp, string])[] = [
  [/\b(he|his|him|himself)\b/i, 'say "they", or name the person'],
  [/\bwho(so)?m?ever\b/i, 'name who it is: "a caller that", "anyone who"'],
  [/\bso that (nobody|no one|none)\b/i, 'say what happens: "refuses", "hides"'],
  [/\bwhat (somebody|someone|nobody)\b/i, 'name who acts and what they do'],
  [/\boneself\b/i, 'name the person'],
  [/\bon record\b/i, 'say "in the audit log" or "stored"'],
  [/\bsafety hold\b/i, 'say "disclosure delay"'],
];

const TYPE_NAME = /\b(Told|Asked|Found)\b/;

export const EXAMPLE = `For example
  before: // Whoever asks again has the one that he has, so that nobody takes two.
  after:  // Returns the caller's present slot when they ask twice.
  before: test('a slot that was taken by somebody else while he was still reading is told to him as gone')
  after:  test('a slot taken meanwhile is shown as gone')`;

const CODE = /\.(ts|tsx|js|mjs)$/;
const READ = /\.(ts|tsx|js|mjs|css|sql|ya?ml|md)$/;

// An applied migration is compared by its digest, so even its comments stay.
const LEFT_OUT = 'app/store/migrations/';

/** Parsing the whole repository takes seconds, so files without an unwanted word and without titles are skipped. */
const hasUnwanted = (text: string) => UNWANTED.some(([pattern]) => pattern.test(text));
const mayHaveFaults = (text: string) =>
  TYPE_NAME.test(text) || /\b(test|it|describe)\b[.\w]*\(/.test(text) || hasUnwanted(text);

/** What breaks the rules, as `path:line: what`. */
export function faultsOfEnglish(): string[] {
  return CHECKED.flatMap((name) => (READ.test(name) ? [join(ROOT, name)] : filesBelow(join(ROOT, name))))
    .map((file) => ({ file, path: file.slice(ROOT.length + 1).replaceAll('\\', '/') }))
    .filter(({ path }) => READ.test(path) && !path.startsWith(LEFT_OUT))
    .map(({ file, path }) => ({ path, text: readFileSync(file, 'utf8') }))
    .filter(({ text }) => mayHaveFaults(text))
    .flatMap(({ path, text }) =>
      passagesOf(path, text).flatMap((passage) => faultsOf(passage).map((fault) => `${path}:${fault}`)),
    );
}

/** Each fault of one passage, as `line: what`. Text between backticks is quoted code and is not looked at. */
export function faultsOf({ kind, line, text }: Passage): string[] {
  if (kind === 'name') return TYPE_NAME.test(text) ? [`${line}: a type named "${text}"; name the thing`] : [];
  const words = text.replace(/```[\s\S]*?```|`[^`]*`/g, (code) => code.replace(/[^\n]/g, ' '));
  const faults = words.split('\n').flatMap((words, index) =>
    UNWANTED.flatMap(([pattern, instead]) => {
      const found = pattern.exec(words)?.[0];
      return found ? [`${line + index}: "${found}" in a ${kind}; ${instead}`] : [];
    }),
  );
  if (kind !== 'title') return faults;
  const count = text.trim().split(/\s+/).length;
  if (count > TITLE_WORDS) faults.push(`${line}: a title of ${count} words; at most ${TITLE_WORDS}`);
  if (text.length > TITLE_CHARACTERS)
    faults.push(`${line}: a title of ${text.length} characters; at most ${TITLE_CHARACTERS}`);
  return faults;
}

export function passagesOf(path: string, text: string): Passage[] {
  if (path.endsWith('.md')) return [{ kind: 'document', line: 1, text }];
  if (CODE.test(path)) return codePassages(path, text);
  const comment = path.endsWith('.css') ? /\/\*[\s\S]*?\*\//g : path.endsWith('.sql') ? /--.*/g : /(?<=^|\s)#.*/gm;
  return [...text.matchAll(comment)].map((match) => ({
    kind: 'comment',
    line: text.slice(0, match.index).split('\n').length,
    text: match[0],
  }));
}

function codePassages(path: string, text: string): Passage[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineAt = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;
  const passages: Passage[] = [];
  // Comments are found token by token, which takes five times as long as the tree alone.
  const withComments = hasUnwanted(text);
  const visit = (node: ts.Node): void => {
    const declared = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? node.name : null;
    if (declared) passages.push({ kind: 'name', line: lineAt(declared.getStart(source)), text: declared.text });
    const title = titleOf(node);
    if (title) passages.push({ kind: 'title', line: lineAt(title.getStart(source)), text: wordsOf(title) });
    if (!withComments) {
      ts.forEachChild(node, visit);
      return;
    }
    // Docstrings are also nodes of the tree; here they count as the comments that they are.
    const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child));
    children.forEach(visit);
    if (children.length > 0) return;
    for (const { start, comment } of commentsBefore(node, source))
      passages.push({ kind: 'comment', line: lineAt(start), text: comment });
  };
  visit(source);
  return passages.sort((a, b) => a.line - b.line);
}

/** Comments stand between one token and the next, so a string that looks like one is never taken for it. */
function commentsBefore(token: ts.Node, source: ts.SourceFile): { start: number; comment: string }[] {
  const from = token.getFullStart();
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false);
  scanner.setText(source.text.slice(from, token.getStart(source)));
  const comments: { start: number; comment: string }[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan())
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia)
      comments.push({ start: from + scanner.getTokenStart(), comment: scanner.getTokenText() });
  return comments;
}

/** The title in `test('…')`, `it.each(rows)('…')`, `describe(`…`)` and the like. */
function titleOf(node: ts.Node): ts.StringLiteralLike | ts.TemplateExpression | null {
  if (!ts.isCallExpression(node)) return null;
  let called: ts.Expression = node.expression;
  while (!ts.isIdentifier(called)) {
    if (!ts.isPropertyAccessExpression(called) && !ts.isCallExpression(called)) return null;
    called = called.expression;
  }
  const first = node.arguments[0];
  if (!['test', 'it', 'describe'].includes(called.text) || !first) return null;
  return ts.isStringLiteralLike(first) || ts.isTemplateExpression(first) ? first : null;
}

/** What a template puts in counts as one word. */
function wordsOf(title: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (!ts.isTemplateExpression(title)) return title.text;
  return title.head.text + title.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
