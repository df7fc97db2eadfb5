import { fileURLToPath } from 'node:url';
import { writeConsoleTicket } from './access/console-ticket.ts';
import { readConfig } from './config.ts';

// Prints a link that opens the office once: for the owner at the machine the server runs on.
const config = readConfig(process.env, fileURLToPath(new URL('../..', import.meta.url)));
const clock = { now: () => Date.now(), mono: () => performance.now() };
const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
const ticket = writeConsoleTicket(config.dataDir, clock, random);
process.stdout.write(
  `Open the office within 10 minutes, once: http://127.0.0.1:${config.port}/office?ticket=${ticket}\n`,
);
