// npm run dev: the API server (restarts on change) and Vite with hot reload in front of it, both on 127.0.0.1.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PINNED_NODE, pinnedEnv, ROOT } from './pinned.mjs';
import { installPackages } from './setup.mjs';

installPackages();

const apiPort = process.env.API_PORT || '8081';
const start = (args, env) => spawn(PINNED_NODE, args, { cwd: ROOT, stdio: 'inherit', env: pinnedEnv(env) });
const children = [
  start(['--watch', 'server/src/main.ts'], { PORT: apiPort, DATA_DIR: process.env.DATA_DIR || 'data' }),
  start([join('node_modules', 'vite', 'bin', 'vite.js'), ...process.argv.slice(2)], { API_PORT: apiPort }),
];

let stopping = false;

function stopAll(code) {
  if (stopping) return;
  stopping = true;
  for (const child of children) child.kill('SIGTERM');
  process.exitCode = code;
}
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopAll(0));
for (const child of children) child.on('exit', (code) => stopAll(code ?? 0));
