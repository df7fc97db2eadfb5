import { defineConfig } from 'vitest/config';
import { PARTS } from './scripts/mutation/parts.ts';

const part = PARTS.find(({ name }) => name === process.env['MUTATION_PART']);

/** The unit tests of one part of the mutation run, without page and database (stryker.config.mjs). */
export default defineConfig({
  test: {
    environment: 'node',
    include: [...(part?.tests ?? ['src/**/*.test.ts'])],
    exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
