// Where a PostgreSQL is, and how the tests start one of their own. No imports from node_modules: setup uses this file too.
import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export const NO_POSTGRES =
  'No PostgreSQL was found, so the server is not tested on it: install PostgreSQL, or set POSTGRES_BIN to the folder of initdb.';

/** Debian's folders have the release in the middle; these have none. */
const SYSTEM_PLACES = ['/usr/local/pgsql/bin', '/opt/homebrew/opt/postgresql/bin'];
const DEBIAN = '/usr/lib/postgresql';

const INITDB_MS = 60_000;
const START_MS = 30_000;
const STOP_MS = 10_000;
/** What is kept of the server's own words, to show when it does not start, characters. */
const WORDS_MAX = 4_000;

function debianPlaces() {
  if (!existsSync(DEBIAN)) return [];
  const releases = readdirSync(DEBIAN).filter((name) => /^\d+$/.test(name));
  return releases.sort((a, b) => Number(b) - Number(a)).map((release) => join(DEBIAN, release, 'bin'));
}

/**
 * The folder of initdb and postgres: POSTGRES_BIN, then the search path, then the system's. `undefined` when there is none,
 * and on Windows, where a server without a network port cannot be had.
 */
export function postgresFolder(env = process.env, places = [...debianPlaces(), ...SYSTEM_PLACES]) {
  if (process.platform === 'win32') return undefined;
  const holds = (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'));
  if (env.POSTGRES_BIN) return holds(env.POSTGRES_BIN) ? env.POSTGRES_BIN : undefined;
  return [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...places].find(holds);
}

/** PostgreSQL refuses to run as root: then it runs as one of these users, who own nothing else. */
function lesserUser() {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const found = users.find(([name]) => name === wanted);
    if (found) return { uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
}

/** Runs a command to its end within a bound; its exit code and what it said. */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: INITDB_MS });
    let words = '';
    const hear = (chunk) => {
      words = (words + chunk).slice(-WORDS_MAX);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, words }));
  });
}

/** A locale that does not order by bytes shows whether our tables do; one without ICU is the second choice. */
const LOCALES = [['--locale-provider=icu', '--icu-locale=zh', '--locale=C.UTF-8'], ['--locale=C']];

async function makeCluster(bin, folder, as) {
  let last;
  for (const locale of LOCALES) {
    rmSync(join(folder, 'data'), { recursive: true, force: true });
    const args = ['-D', join(folder, 'data'), '-U', 'xiaoji', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
    last = await run(join(bin, 'initdb'), [...args, ...locale], as);
    if (last.code === 0) return;
  }
  throw new Error(`initdb failed: ${last.words}`);
}

/**
 * The shell stops the server when its own input ends: at `stop`, and as well when the process that started it is killed.
 * The input of the server itself is closed; its words are ours.
 */
const KEEPER = '"$0" "$@" </dev/null & pid=$!; cat >/dev/null 2>&1; kill -INT "$pid"; wait "$pid"';

const SETTINGS = [
  'listen_addresses=', // A socket in a folder of our own only: no port to clash, no other user to let in.
  'fsync=off', // These data are thrown away.
  'full_page_writes=off',
  'autovacuum=off',
  'lc_messages=C', // The word waited for below.
  'log_min_messages=log', // Below errors, which the tests provoke.
];

function startServer(bin, folder, as) {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const args = [join(bin, 'postgres'), '-D', join(folder, 'data'), '-k', folder, ...settings];
  const stdio = ['pipe', 'ignore', 'pipe'];
  // A process group of its own: Ctrl-C reaches the test runner, which stops the server when its tests have let go.
  const keeper = spawn('/bin/sh', ['-c', KEEPER, ...args], { ...as, stdio, detached: true });
  keeper.stdin.on('error', () => {}); // It may be gone already when it is told to go.
  return keeper;
}

function whenReady(keeper) {
  return new Promise((resolve, reject) => {
    let words = '';
    const late = setTimeout(() => fail(), START_MS);
    const fail = () => {
      clearTimeout(late);
      reject(new Error(`PostgreSQL did not start: ${words}`));
    };
    keeper.on('error', fail);
    keeper.on('exit', fail);
    keeper.stderr.on('data', (chunk) => {
      words = (words + chunk).slice(-WORDS_MAX);
      if (words.includes('FATAL')) fail();
      if (!words.includes('ready to accept connections')) return;
      clearTimeout(late);
      resolve();
    });
  });
}

async function stopServer(keeper) {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  const gone = new Promise((resolve) => keeper.once('exit', resolve));
  const late = setTimeout(() => process.kill(-keeper.pid, 'SIGKILL'), STOP_MS);
  keeper.stdin.end();
  await gone;
  clearTimeout(late);
}

/** Starts a PostgreSQL with new data in a folder of its own; `url` reaches it from this machine's same user only. */
export async function startPostgres(bin = postgresFolder()) {
  if (!bin) throw new Error(NO_POSTGRES);
  const folder = mkdtempSync(join(tmpdir(), 'xiaoji-pg-'));
  const user = lesserUser();
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const as = { ...user, cwd: folder, env: { PATH: process.env.PATH, HOME: folder } };
  let keeper;
  const stop = async () => {
    if (keeper) await stopServer(keeper);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await makeCluster(bin, folder, as);
    keeper = startServer(bin, folder, as);
    await whenReady(keeper);
    return { url: `postgres:///postgres?user=xiaoji&host=${encodeURIComponent(folder)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
