import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const api = `http://127.0.0.1:${process.env['API_PORT'] ?? '8081'}`;

/** The lock screen, and the chunk behind it (docs/adr/0019). */
const MAIN = 'main';
const TILL = 'till';

/**
 * Names it, and what it imports beside the first chunk, in index.html. The links do nothing until `main.ts` turns them into
 * preloads, when the lock screen is there.
 */
const nameTill: Plugin = {
  name: 'name-till',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle }) {
      const chunks = Object.values(bundle ?? {}).filter((each) => each.type === 'chunk');
      const till = chunks.find(({ name }) => name === TILL);
      if (till === undefined) return [];
      const isFirst = (file: string): boolean =>
        chunks.some(({ fileName, name }) => fileName === file && name === MAIN);
      return [till.fileName, ...till.imports.filter((file) => !isFirst(file))].map((file) => {
        const attrs = { rel: TILL, crossorigin: true, href: `/${file}` };
        return { tag: 'link', attrs, injectTo: 'head' as const };
      });
    },
  },
};

/** One file each: every file more is another trip to the service worker before there is something to see. */
const oneFile = (name: string, module: RegExp, priority: number) => ({
  name,
  test: module,
  priority,
  includeDependenciesRecursively: true,
});

/** The page is served under `script-src 'self'; style-src 'self'`: nothing may be inlined. */
export default defineConfig({
  build: {
    target: 'es2022',
    sourcemap: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            oneFile(MAIN, /[/]src[/]main[.]ts$/, 2),
            oneFile(TILL, /[/]src[/]wiring[/]open-till[.]ts$/, 1),
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    host: '127.0.0.1',
    // The lab keeps a guest's whole file system there (lab/README.md): ten thousands of files that are none of the page's.
    watch: { ignored: ['**/.cache/**'] },
    proxy: { '/api': api, '/r/': api, '/office': api, '/health': api, '/metrics': api },
  },
  plugins: [
    nameTill,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false,
      manifest: false,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,webmanifest,woff2}'],
        // Store screenshots are for the install dialog only; a till must not download them. The reader of camera pictures is
        // kept from its first use on (src/sw.ts).
        globIgnores: ['**/screenshots/**', '**/code-reader-worker-*.js'],
        maximumFileSizeToCacheInBytes: 5 * 1024 * 1024,
      },
    }),
  ],
});
