// npm run bench -- NAME ARGS…: runs bench/NAME.ts. An unknown name lists what there is.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ROOT, runFile } from './pinned.mjs';
import { ensureChromium, installPackages } from './setup.mjs';

const [name = '', ...args] = process.argv.slice(2);
const folder = join(ROOT, 'bench');
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.slice(0, -3));

if (!names.includes(name)) {
  console.error(
    `${name ? `There is no bench "${name}".` : 'Which bench?'} Benches: ${names.join(', ') || 'none yet'}`,
  );
  process.exit(1);
}
installPackages();
ensureChromium();
ensureBuilt();
process.exit(runFile(join('bench', `${name}.ts`), args));
