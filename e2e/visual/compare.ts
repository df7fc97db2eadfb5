import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from '../../scripts/pinned.mjs';
import { smallPng } from './small-png.ts';

// npm run visual: compares the pictures of the gallery with the baseline. `-- --update` draws the baseline anew.

const BASELINE = join(ROOT, 'e2e', 'visual', 'baseline');
const isUpdate = process.argv.includes('--update');

if (isUpdate) rmSync(BASELINE, { recursive: true, force: true });
const update = isUpdate ? ['--update-snapshots=all'] : [];
const options = ['--workers=1', '--retries=0', '--reporter=list'];
const code = runTool('playwright', ['test', join('e2e', 'visual'), ...options, ...update]);
if (isUpdate) {
  let bytes = 0;
  const pictures = readdirSync(BASELINE).filter((file) => file.endsWith('.png'));
  for (const name of pictures) {
    const small = smallPng(readFileSync(join(BASELINE, name)));
    writeFileSync(join(BASELINE, name), small);
    bytes += small.length;
  }
  console.log(
    `${pictures.length} pictures, ${Math.round(bytes / 1_000)} kB: look at them before they are committed.`,
  );
}
process.exit(code);
