// A check that runs while others do: what it says is kept in a file, and shown when its turn comes.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_NODE, pinnedEnv, ROOT } from './pinned.mjs';

/** Starts a file on the pinned Node. The answer waits for its end, prints what it said, and resolves to its exit code. */
export function runBeside(file, args, name) {
  const log = join(ROOT, '.cache', `${name}.log`);
  const out = openSync(log, 'w');
  const child = spawn(PINNED_NODE, [file, ...args], {
    cwd: ROOT,
    stdio: ['ignore', out, out],
    env: pinnedEnv(),
  });
  closeSync(out);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, message: error.message }));
    child.once('exit', (code) => resolve({ code: code ?? 1, message: '' }));
  });
  return async () => {
    const { code, message } = await ended;
    process.stdout.write(readFileSync(log, 'utf8'));
    if (message !== '') console.error(message);
    return code;
  };
}
