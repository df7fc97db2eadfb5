import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './scripts/chromium.mjs';

const executablePath = chromiumPath();

/** End to end over the built app. Each worker's fixture starts a server of its own, so there is no global one. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  timeout: 150_000,
  // Two busy cores share a server, a browser and a disk: what must happen may take a while, what must not is not waited for.
  expect: {
    timeout: 15_000,
    // Two dots in a thousand: what a browser draws a little differently from run to run, and no letter.
    toHaveScreenshot: {
      pathTemplate: 'e2e/visual/baseline/{arg}{ext}',
      maxDiffPixelRatio: 0.002,
      threshold: 0.1,
    },
  },
  // On a shared machine a browser is now and then starved; a second failure is ours. Flaky runs are shown as such.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  reporter: [['line'], ['json', { outputFile: '.cache/e2e.json' }]],
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Writing down every test costs a fifth of a run: where there is a second try, only that one is.
    trace: process.env['CI'] ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: { args: [...chromiumArgs], ...(executablePath ? { executablePath } : {}) },
  },
});
