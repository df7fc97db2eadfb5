// npm start: packages, page, then app and API on one port.
import { spawn } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { PINNED_NODE, pinnedEnv, ROOT } from './pinned.mjs';
import { installPackages } from './setup.mjs';

/** npm and the terminal may both pass on the same Ctrl-C: within this time it is one signal, not two. */
const SAME_SIGNAL_MS = 1_000;

installPackages();
ensureBuilt();

const preload = ['--import', './scripts/stop-with-parent.mjs'];
const server = spawn(PINNED_NODE, [...preload, 'server/src/main.ts', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: pinnedEnv({ PORT: process.env.PORT || '8080', DATA_DIR: process.env.DATA_DIR || 'data' }),
  // A process group of its own: only what is forwarded below reaches it, so it sees each signal once.
  detached: process.platform !== 'win32',
});

let forwardedAt = Number.NEGATIVE_INFINITY;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    const now = performance.now();
    if (now - forwardedAt < SAME_SIGNAL_MS) return;
    forwardedAt = now;
    server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
}
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on('exit', (code, signal) => {
  process.exit(code ?? (signal ? 1 : 0));
});
