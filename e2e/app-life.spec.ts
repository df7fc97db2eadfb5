import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { ROOT } from '../scripts/pinned.mjs';
import { test } from './fixtures.ts';
import { ServerProcess } from './server-process.ts';

test('the app can be installed: manifest, icons, screenshots, shortcuts', async ({ till }) => {
  const session = await till.page.context().newCDPSession(till.page);
  const manifest = await session.send('Page.getAppManifest');
  expect(manifest.errors).toEqual([]);
  const data = JSON.parse(manifest.data ?? '{}') as {
    icons: { purpose?: string; sizes: string; src: string }[];
    screenshots: { src: string; form_factor: string }[];
    shortcuts: { name: string; url: string }[];
  };
  expect(data.icons.map((icon) => `${icon.purpose ?? 'any'} ${icon.sizes}`)).toEqual(
    expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
  );
  expect(data.shortcuts.map((shortcut) => shortcut.name)).toEqual(expect.arrayContaining(['收款', '今日']));
  expect(new Set(data.screenshots.map((shot) => shot.form_factor))).toEqual(new Set(['wide', 'narrow']));
  for (const { src } of [...data.icons, ...data.screenshots]) {
    expect((await till.page.request.get(new URL(src, till.page.url()).href)).status(), src).toBe(200);
  }
  await till.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
});

test.describe('a new version', () => {
  const dist = mkdtempSync(join(tmpdir(), 'xiaoji-dist-'));
  test.beforeAll(() => cpSync(process.env['DIST_DIR'] ?? join(ROOT, 'dist'), dist, { recursive: true }));
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    server: async ({}, use) => {
      const server = new ServerProcess(dist);
      await server.start();
      await use(server);
      await server.stop();
    },
  });

  test('waits while a sale is open and is taken when a person says so', async ({ till }) => {
    const { page } = till;
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await till.keys('9');
    const worker = join(dist, 'sw.js');
    writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n// another version\n`);
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
    await till.go('settings');
    await expect(till.by('apply-update').first()).toBeDisabled();
    await till.go('till');
    await till.by('charge').click();
    await till.by('confirm-cash').click();
    await till.next();
    await till.go('settings');
    const reloaded = page.waitForEvent('load');
    await till.by('apply-update').first().click();
    await reloaded;
    await till.unlock();
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).waiting)).toBeNull();
  });
});

test('five wrong PINs cost a wait that a reload does not forgive', async ({ till }) => {
  await till.by('nav-lock').click();
  for (let tries = 1; tries <= 4; tries += 1) {
    await till.pin('111222');
    await expect(till.by('lock-state')).toContainText(`${tries}`);
    await expect(till.by('lock-state')).toContainText('PIN');
  }
  await till.pin('111222');
  await till.page.reload();
  await expect(till.by('lock-state')).toBeVisible();
  await expect(till.by('pin-0')).toBeDisabled();
});
