import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig, type Plugin, type Rollup } from 'vite';
import tsconfigPaths from 'vite-tsconfig-paths';
import { checkCatalogues } from './app/commands/check-catalogues';
import { readCatalogues } from './app/i18n/read-catalogues';
import { forOlderBrowsers } from './app/ui/older-browsers';
import remixConfig from './remix.config.js';
import { inlineScripts } from './vite-inline-script';

/** The browsers that scripts are written for. Older ones get pages without scripts, and styles with fallbacks. */
const BROWSERS = ['chrome99', 'edge99', 'firefox97', 'safari15.4'];

export default defineConfig({
  plugins: [
    catalogues(),
    inlineScripts(),
    tsconfigPaths(),
    remix(remixConfig),
    oneFile(),
    reload(),
    serverEntry(),
    integrity(),
    precompress(),
  ],
  css: { postcss: { plugins: [forOlderBrowsers] } },
  build: {
    target: BROWSERS,
    cssTarget: BROWSERS,
    // The content security policy refuses data addresses.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      // A route without a page has an empty bundle for the browser, and packages have comments for other bundlers.
      onwarn: (warning, warn) =>
        ['EMPTY_BUNDLE', 'INVALID_ANNOTATION'].includes(warning.code ?? '') ? undefined : warn(warning),
    },
  },
  // This esbuild is newer than Vite 6 expects and no longer compiles for its default browsers.
  optimizeDeps: { esbuildOptions: { target: BROWSERS } },
  server: { warmup: { clientFiles: ['./app/entry.client.tsx'] } },
});

/** A missing text, or a wrong placeholder, in any language fails the build. */
function catalogues(): Plugin {
  return {
    name: 'catalogues',
    apply: 'build',
    buildStart() {
      const faults = checkCatalogues(readCatalogues('locales'));
      if (faults.length > 0) this.error(faults.join('\n'));
    },
  };
}

/**
 * Bundles everything that a living page loads into one file: each file costs a request and a kilobyte of headers, and
 * Rollup would also split off each module that a route imports. The routes' own files are never fetched, because the
 * server renders pages.
 */
function oneFile(): Plugin {
  const ofTheEntry = new Set<string>();
  const manualChunks: Rollup.GetManualChunk = (id, { getModuleIds, getModuleInfo }) => {
    if (ofTheEntry.size === 0) {
      const wanted = [...getModuleIds()].filter((module) => module.endsWith('/app/entry.client.tsx'));
      for (const module of wanted) {
        ofTheEntry.add(module);
        wanted.push(...(getModuleInfo(module)?.importedIds ?? []).filter((imported) => !ofTheEntry.has(imported)));
      }
    }
    return ofTheEntry.has(id) ? 'living' : undefined;
  };
  return {
    name: 'one-file',
    config: (_config, { command, isSsrBuild }) =>
      command === 'build' && !isSsrBuild ? { build: { rollupOptions: { output: { manualChunks } } } } : undefined,
  };
}

/**
 * Reloads the page on every change in development: the server renders most of it, together with its living part's
 * props.
 */
function reload(): Plugin {
  return {
    name: 'reload',
    apply: 'serve',
    hotUpdate({ modules, server }) {
      if (modules.length > 0) server.environments.client.hot.send({ type: 'full-reload' });
      return this.environment.name === 'client' ? [] : modules;
    },
  };
}

/** What an operator runs on a machine without the packages for development. */
const OPERATOR_COMMANDS = [
  'migrate',
  'audit-verify',
  'audit-patterns',
  'session-end',
  'mandate-state',
  'restore-fence',
  'backend-record',
  'journey',
  'statistics-collect',
  'notifications-subscribe',
];

/**
 * Makes our own server the entry of the server build, with Remix's build inside it. One bundle means one connection
 * pool and one session store. Stands after Remix's plugin, whose entry it replaces.
 */
function serverEntry(): Plugin {
  return {
    name: 'server-entry',
    config: (_config, { command, isSsrBuild }) =>
      command === 'build' && isSsrBuild
        ? {
            // Looking up some hundred files of packages would take more than half of the time that a start takes.
            ssr: { noExternal: true },
            build: {
              target: 'node24',
              // For the place of an error in the log; without the sources themselves.
              sourcemap: 'hidden',
              rollupOptions: {
                input: {
                  index: 'app/server/main.ts',
                  'training-thread': 'app/estimate/training-thread.ts',
                  ...Object.fromEntries(OPERATOR_COMMANDS.map((name) => [name, `app/commands/${name}.ts`])),
                },
                // All in one folder: code that starts the training thread looks for it beside itself.
                output: {
                  entryFileNames: '[name].js',
                  chunkFileNames: '[name]-[hash].js',
                  sourcemapExcludeSources: true,
                },
              },
            },
          }
        : undefined,
  };
}

/**
 * Tells the server build the hash of each script file of the client build, which is finished by then. Pages name them, so
 * browsers refuse a file that was changed after the build.
 */
function integrity(): Plugin {
  const folder = 'build/client/assets';
  return {
    name: 'integrity',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && Boolean(isSsrBuild),
    async config() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
      const hashes = await Promise.all(
        names.map(async (name) => {
          const hash = createHash('sha384').update(await readFile(join(folder, name)));
          return [`/assets/${name}`, `sha384-${hash.digest('base64')}`] as const;
        }),
      );
      return { define: { SCRIPT_INTEGRITY: JSON.stringify(Object.fromEntries(hashes)) } };
    },
  };
}

/**
 * Writes a .br and a .gz beside every text file of the client build, at the best compression. Runs at the end of the
 * server build, which still moves files to the client's.
 */
function precompress(): Plugin {
  const folder = 'build/client';
  return {
    name: 'precompress',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && Boolean(isSsrBuild),
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter(
        (entry) => entry.isFile() && /\.(js|css|json|svg|txt|webmanifest)$/.test(entry.name),
      );
      await Promise.all(files.map((file) => compressFile(join(file.parentPath, file.name))));
    },
  };
}

async function compressFile(path: string): Promise<void> {
  const content = await readFile(path);
  if (content.length < 512) return;
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, best));
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
