import { randomFillSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config.ts';
import { faultFields, jsonLogger } from './log.ts';
import { type RunningServer, startServer, type World } from './start.ts';
import { StorageOpenError } from './storage/sql.ts';

// Composition root of the server: the real clock, randomness, streams and signals.

const clock = { now: () => Date.now(), mono: () => performance.now() };
const world: World = {
  clock,
  random: { bytes: (length) => randomFillSync(new Uint8Array(length)) },
  log: jsonLogger(clock, (line) => process.stderr.write(line)),
};
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Says what to open. The code is for people at this console: who can read it may set up the shop. */
function welcome({ url, setupCode }: RunningServer): string {
  const ready = `Xiaoji is ready: open ${url}`;
  if (setupCode === undefined) return ready;
  return `${ready} - the page offers to set up your shop. From another machine, use the enrolment code ${setupCode}`;
}

/** A fault in stopping or starting: one sentence when we know the reason, where it happened when we do not. */
function fail(error: unknown): never {
  if (error instanceof ConfigError || error instanceof StorageOpenError)
    process.stderr.write(`${error.message}\n`);
  else {
    world.log.error('crashed', faultFields(error));
    process.stderr.write('The server stopped because of an unexpected fault; the line above says where.\n');
  }
  process.exit(1);
}

try {
  const server = await startServer(readConfig(process.env, root), world);
  process.stdout.write(`${welcome(server)}\n${server.paymentsSentence}\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return; // Ctrl-C reaches us twice when npm passes it on as well.
    stopping = true;
    server.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
} catch (error) {
  fail(error);
}
