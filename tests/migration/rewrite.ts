/** The version of React Router to try: all its packages have the same one. */
export const REACT_ROUTER = '7.18.4';

/** Where Remix read its options, and where React Router reads them. */
export const OLD_OPTIONS = 'remix.config.js';
export const NEW_OPTIONS = 'react-router.config.ts';

/** Options of React Router that are the same as today's. Its flags are the `v3_*` flags that Remix has switched on. */
export const OPTIONS = `import type { Config } from '@react-router/dev/config';

export default { ssr: true } satisfies Config;
`;

/** What the build for tests must have besides, and what it no longer has. */
const BUILD_FIELDS = `ssr: true,
  prerender: [],
  routeDiscovery: { mode: 'lazy', manifestPath: '/__manifest' },
  future: { v8_middleware: false, v8_passThroughRequests: false, v8_trailingSlashAwareDataRequests: false },`;

/** In this order. Each replaces a name, or a few lines that only one file has. */
export const STEPS: readonly (readonly [RegExp, string])[] = [
  [/import remixConfig .+\n/, ''],
  [/import \{ vitePlugin as remix \} from '@remix-run\/dev'/, "import { reactRouter } from '@react-router/dev/vite'"],
  [/\bremix\(remixConfig\)/, 'reactRouter()'],
  [/@remix-run\/route-config\b/g, '@react-router/dev/routes'],
  [/@remix-run\/(node|react)\b/g, 'react-router'],
  [/virtual:remix\/server-build/g, 'virtual:react-router/server-build'],
  [/\bRemixServer/g, 'ServerRouter'],
  [/remix\.config\.js/g, NEW_OPTIONS],
  [/ {2}interface Future \{\n {4}v3_singleFetch: true;\n {2}\}\n/, ''],
  [/ {2}mode: 'production',\n {2}isSpaMode/, '  isSpaMode'],
  [/future: \{\n(?: +v3_\w+: true,\n)+ {2}\},/, BUILD_FIELDS],
];

/** The text of a source file with React Router in Remix's place. */
export const rewriteSource = (text: string): string =>
  STEPS.reduce((rewritten, [pattern, replacement]) => rewritten.replace(pattern, replacement), text);

/** What still names Remix after that, as `line: text`. A comment may. */
export function leftovers(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /@remix-run\/|virtual:remix|\bv3_[a-z]/.test(line) ? [`${index + 1}: ${line.trim()}`] : [],
    );
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}

/** The package.json without the packages of Remix. */
export function withoutRemix(text: string): string {
  const manifest: Manifest = JSON.parse(text);
  const { dependencies, devDependencies, overrides } = manifest;
  return written({
    ...manifest,
    dependencies: without(dependencies),
    devDependencies: without(devDependencies),
    overrides: without(overrides),
  });
}

/** The same package.json with the packages and the command of React Router. */
export function withReactRouter(text: string): string {
  const manifest: Manifest = JSON.parse(text);
  return written({
    ...manifest,
    scripts: { ...manifest.scripts, build: 'react-router build' },
    dependencies: { ...manifest.dependencies, 'react-router': REACT_ROUTER },
    devDependencies: { ...manifest.devDependencies, '@react-router/dev': REACT_ROUTER },
  });
}

const written = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

function without<T>(packages: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(packages).filter(([name]) => !/^(@remix-run\/.+|remix|react-router|react-router-dom)$/.test(name)),
  );
}
