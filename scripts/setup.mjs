// From a fresh clone to something that runs: packages, and on request a Chromium. No imports from node_modules.
// All talk goes to stderr, so that a command whose last stdout line is JSON may call it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromiumPath } from './chromium.mjs';
import { machineEnv, PINNED_NODE, ROOT, runTool } from './pinned.mjs';
import { postgresFolder } from './postgres.mjs';

const OLDEST_NODE = [20, 19];
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-cjk'];
const NO_CHROMIUM =
  'No Chromium was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to one.';

const TALK = ['ignore', 2, 'inherit'];

function say(text) {
  process.stderr.write(`${text}\n`);
}

function giveUp(text) {
  say(text);
  process.exit(1);
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantMajor, wantMinor] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return;
  giveUp(`Node ${wantMajor}.${wantMinor} or newer is needed to set up; this is ${process.versions.node}.`);
}

function packagesOf(lockfile) {
  const path = join(ROOT, lockfile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/**
 * Compares the lockfile with npm's own record of what it installed, which it writes last: an install that was cut
 * short, or a lockfile that changed, does not match. Optional packages may be missing: they are other platforms'.
 */
function packagesMatch() {
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf(join('node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    const there = installed[path];
    if (path === '' || (!there && entry.optional)) return true;
    return there?.version === entry.version && there?.integrity === entry.integrity;
  });
}

function pinnedNodeWorks() {
  const wanted = packagesOf('package-lock.json')['node_modules/node']?.version;
  const answer = spawnSync(PINNED_NODE, ['--version'], { encoding: 'utf8' });
  return answer.stdout?.trim() === `v${wanted}`;
}

/** Installs exactly the lockfile, when what is in node_modules differs from it. */
export function installPackages() {
  refuseOldNode();
  if (packagesMatch() && pinnedNodeWorks()) return;
  say('Installing packages (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = spawnSync(npm, args, { cwd: ROOT, stdio: TALK, env: machineEnv(), shell: npm === 'npm.cmd' });
  if (done.status !== 0) giveUp('npm ci failed, see above.');
  if (!pinnedNodeWorks()) {
    giveUp(
      'The pinned Node did not install. Its package needs its install script: npm ci without --ignore-scripts.',
    );
  }
}

function canUseApt() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  );
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { stdio: TALK, env }).status === 0;
}

function installChromium() {
  if (canUseApt()) {
    say(`Installing ${DEBIAN_PACKAGES.join(' and ')} (apt-get) …`);
    if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', ...DEBIAN_PACKAGES))
      return;
  }
  say('Installing Chromium (Playwright) …');
  runTool('playwright', ['install', 'chromium'], { stdio: TALK });
}

/** Finds a Chromium or installs one; returns its path. Without any there is one clear sentence and exit code 1. */
export function ensureChromium() {
  if (process.env.CHROMIUM_PATH && !chromiumPath()) {
    giveUp(`CHROMIUM_PATH is set to ${process.env.CHROMIUM_PATH}, but there is no such file.`);
  }
  if (!chromiumPath()) installChromium();
  return chromiumPath() ?? giveUp(NO_CHROMIUM);
}

/** Chinese slips are drawn with the system's fonts; their absence spoils pictures, not tests. */
export function ensureFonts() {
  if (process.platform !== 'linux') return;
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  if (list.status === 0 && list.stdout.trim() !== '') return;
  if (canUseApt() && apt('install', '-y', '-qq', '--no-install-recommends', 'fonts-noto-cjk')) return;
  say(
    'No Chinese font was found: pages and screenshots will show boxes. Install for example fonts-noto-cjk.',
  );
}

/** Finds a PostgreSQL for the tests, or installs Debian's as root. Returns its folder; `undefined` when there is none. */
export function ensurePostgres() {
  if (!process.env.POSTGRES_BIN && !postgresFolder() && canUseApt()) {
    say('Installing postgresql (apt-get) …');
    if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
  }
  return postgresFolder();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  installPackages();
  if (process.argv.includes('--chromium')) {
    say(`Chromium: ${ensureChromium()}`);
    ensureFonts();
  }
}
