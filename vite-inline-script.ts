import { join } from 'node:path';
import { build, type Plugin, type Rollup } from 'vite';

const QUERY = '?inline-script';
const ENTRY = '\0inline-script-entry';

/**
 * Imports a module of app/enhance/ as the text of a classic script: `import code from '~/enhance/x?inline-script'`. The
 * script is one minified function that calls the module's default export. `InlineScript` puts it into a page.
 */
export function inlineScripts(): Plugin {
  return {
    name: 'inline-scripts',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(QUERY)) return null;
      const file = await this.resolve(source.slice(0, -QUERY.length), importer, { skipSelf: true });
      return file && file.id + QUERY;
    },
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const { code, files } = await bundleScript(id.slice(0, -QUERY.length));
      for (const file of files) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)}`;
    },
  };
}

/** @returns the script's text, and the files that it is made of */
export async function bundleScript(
  file: string,
): Promise<{ readonly code: string; readonly files: readonly string[] }> {
  const bundled = await build({
    configFile: false,
    envFile: false,
    logLevel: 'warn',
    resolve: { alias: { '~': join(import.meta.dirname, 'app') } },
    plugins: [
      {
        name: 'inline-script-entry',
        resolveId: (source) => (source === ENTRY ? source : null),
        load: (id) => (id === ENTRY ? `import run from ${JSON.stringify(file)};run()` : null),
      },
    ],
    build: {
      write: false,
      // They carry STOP and the end of a session, so they run in older browsers than the living parts do.
      target: 'es2018',
      rollupOptions: { input: ENTRY, output: { format: 'iife', strict: false } },
    },
  });
  const [chunk] = (bundled as Rollup.RollupOutput).output;
  const code = chunk.code.trim();
  if (/<\/script|<!--/i.test(code)) throw new Error(`${file}: the script would end its own element`);
  return { code, files: chunk.moduleIds.filter((id) => id !== ENTRY) };
}
