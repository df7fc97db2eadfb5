// Builds the page into dist/. Run directly it always builds; `ensureBuilt` builds when the sources changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, runTool } from './pinned.mjs';
import { installPackages } from './setup.mjs';

const SOURCES = ['index.html', 'vite.config.ts', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
const FOLDERS = ['src', 'public'];
/** Inside dist/, which every build empties: it can never outlive the build that it speaks of. */
const STAMP = join(ROOT, 'dist', '.source-hash');

function sourceFiles() {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name))),
  );
  return [...SOURCES.filter((file) => existsSync(join(ROOT, file))), ...inFolders].sort();
}

/** Hash of everything that the built page is made of. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const file of sourceFiles()) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** Builds the page and returns the exit code of the bundler. */
export function build() {
  const source = sourceHash();
  const code = runTool('vite', ['build', '--logLevel', 'warn'], { stdio: ['ignore', 2, 'inherit'] });
  if (code === 0) writeFileSync(STAMP, source);
  return code;
}

/** Builds when dist/ is missing or older than the sources. Ends the process when the build fails. */
export function ensureBuilt() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourceHash()) return;
  process.stderr.write('Building the page …\n');
  const code = build();
  if (code !== 0) process.exit(code);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  installPackages();
  process.exit(build());
}
