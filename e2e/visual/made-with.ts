import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/pinned.mjs';

const FILE = join(ROOT, 'e2e', 'visual', 'baseline', 'made-with.json');
const TOKENS = join(ROOT, 'src', 'ui', 'styles', 'tokens.css');

/** What draws a picture and is not ours. Another major of the browser, or another font, draws other pixels. */
interface Drawer {
  readonly chromium: string;
  /** Families of the tokens that this machine has, with their versions; the first of a stack is the one that is seen. */
  readonly fonts: readonly string[];
}

function installedFonts(): readonly string[] {
  const stacks = [...readFileSync(TOKENS, 'utf8').matchAll(/--font[\w-]*:([^;]+);/g)].map(
    ([, stack = '']) => stack,
  );
  const families = stacks
    .flatMap((stack) => stack.split(','))
    .map((family) => family.trim().replaceAll('"', ''));
  return [...new Set(families)].sort().flatMap((family) => {
    const { stdout = '' } = spawnSync('fc-list', [family, 'fontversion'], { encoding: 'utf8' });
    const [, version] = /fontversion=(\d+)/.exec(stdout ?? '') ?? [];
    return version === undefined ? [] : [`${family} ${version}`];
  });
}

/** What would draw here, with a browser of this version (`156.0.7700.1`). */
export function drawerHere(version: string): Drawer {
  return { chromium: version.split('.')[0] ?? '', fonts: installedFonts() };
}

/** Why a comparison with the baseline would say nothing; undefined when it can be made. */
export function incomparable(here: Drawer): string | undefined {
  if (!existsSync(FILE)) return 'there is no baseline yet: npm run visual -- --update';
  const made = JSON.parse(readFileSync(FILE, 'utf8')) as Drawer;
  if (made.chromium !== here.chromium)
    return `the baseline was drawn by Chromium ${made.chromium}, this is ${here.chromium}`;
  const [then, now] = [made.fonts.join(', '), here.fonts.join(', ')];
  return then === now
    ? undefined
    : `the baseline was drawn with ${then || 'no font'}, here is ${now || 'no font'}`;
}

export function recordDrawer(here: Drawer): void {
  writeFileSync(FILE, `${JSON.stringify(here, undefined, 2)}\n`);
}
