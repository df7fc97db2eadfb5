import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, chromiumPath } from './scripts/chromium.mjs';
import { postgresFolder } from './scripts/postgres.mjs';

const executablePath = chromiumPath();

/** Left out where there is no PostgreSQL: `npm test` says so. */
const postgres = {
  test: {
    name: 'postgres',
    environment: 'node',
    globalSetup: ['server/src/testing/postgres-global-setup.ts'],
    setupFiles: ['server/src/testing/postgres-setup.ts'],
    include: ['server/src/**/*.test.ts'],
    // These use no database, or are about SQLite.
    exclude: [
      'server/src/{access,acquirers}/**',
      'server/src/journal/group-commit.test.ts',
      'server/src/storage/!(postgres).test.ts',
      '**/node_modules/**',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

/**
 * `unit` runs on Node; `browser` runs what needs a page (IndexedDB, OPFS, workers, elements) in Chromium; `postgres` runs the
 * tests of the server that need a database once more, on a PostgreSQL that the run starts itself.
 */
export default defineConfig({
  // The lab keeps a guest's whole file system there, with links that go round in circles (lab/README.md).
  server: { watch: { ignored: ['**/.cache/**'] } },
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // A fresh process for each of 300 files costs two thirds of the time; nothing global is mutable that could tell them apart.
          isolate: false,
          include: ['{src,server,scripts,e2e,lab}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**', 'server/src/storage/postgres.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      ...(postgresFolder() === undefined ? [] : [postgres]),
      {
        optimizeDeps: {
          include: [
            'lit',
            'lit/decorators.js',
            '@lit/context',
            'idb',
            'zod/mini',
            'canonicalize',
            'lean-qr',
            'fast-check',
            'zxing-wasm/reader',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts'],
          retry: process.env['CI'] ? 1 : 0,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { args: [...chromiumArgs], ...(executablePath ? { executablePath } : {}) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
