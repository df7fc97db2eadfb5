import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from './chromium.mjs';

describe('finding a Chromium', () => {
  let folder: string;
  const NO_PLACES: readonly string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function put(...parts: string[]): string {
    const file = join(folder, ...parts);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    return file;
  }

  test('CHROMIUM_PATH wins over everything else', () => {
    const chosen = put('my-chromium');
    const system = put('system', 'chromium');
    expect(chromiumPath({ CHROMIUM_PATH: chosen, PATH: dirname(system) }, [system])).toBe(chosen);
  });

  test('a CHROMIUM_PATH that leads nowhere finds nothing rather than some other browser', () => {
    const system = put('system', 'chromium');
    expect(chromiumPath({ CHROMIUM_PATH: join(folder, 'nowhere') }, [system])).toBeUndefined();
  });

  test('the system comes before the search path, which comes before the cache of Playwright', () => {
    const system = put('system', 'chromium');
    const onPath = put('bin', 'google-chrome');
    const cached = put('cache', 'chromium-1200', 'chrome-linux', 'chrome');
    const env = { PATH: dirname(onPath), PLAYWRIGHT_BROWSERS_PATH: join(folder, 'cache') };
    expect(chromiumPath(env, [system])).toBe(system);
    expect(chromiumPath(env, NO_PLACES)).toBe(onPath);
    expect(chromiumPath({ ...env, PATH: '' }, NO_PLACES)).toBe(cached);
  });

  test('the newest Chromium in the cache of Playwright is taken, by number and not by spelling', () => {
    put('cache', 'chromium-999', 'chrome-linux', 'chrome');
    const newest = put('cache', 'chromium-1200', 'chrome-linux', 'chrome');
    const env = { PATH: '', PLAYWRIGHT_BROWSERS_PATH: join(folder, 'cache') };
    expect(chromiumPath(env, NO_PLACES)).toBe(newest);
  });
});
