// The Node that the lockfile pins, and how to run tools on it. No imports from node_modules.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const BIN = join(ROOT, 'node_modules', '.bin');

/** The pinned runtime. `npm ci` puts it there whatever Node the machine itself has. */
export const PINNED_NODE = join(
  ROOT,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

function pathWithoutOurBin() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder && resolve(folder) !== BIN);
}

/** Environment in which `node` is the pinned one. */
export function pinnedEnv(extra = {}) {
  return { ...process.env, PATH: [BIN, ...pathWithoutOurBin()].join(delimiter), ...extra };
}

/** Environment in which `node` is the machine's own: `npm ci` must not run on the binary that it replaces. */
export function machineEnv() {
  return { ...process.env, PATH: pathWithoutOurBin().join(delimiter) };
}

/** Runs a tool of node_modules/.bin on the pinned Node and returns its exit code. */
export function runTool(name, args, options = {}) {
  const tool = join(BIN, name);
  if (!existsSync(tool)) {
    console.error(`${name} is not installed. Run: npm run setup`);
    return 1;
  }
  return exitCode(spawnSync(tool, args, { cwd: ROOT, stdio: 'inherit', env: pinnedEnv(), ...options }));
}

/** Runs a file on the pinned Node and returns its exit code. */
export function runFile(file, args = [], options = {}) {
  return exitCode(
    spawnSync(PINNED_NODE, [file, ...args], { cwd: ROOT, stdio: 'inherit', env: pinnedEnv(), ...options }),
  );
}

function exitCode(result) {
  if (result.error) console.error(result.error.message);
  return result.status ?? 1;
}
