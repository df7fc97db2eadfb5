import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64url } from '../../../src/domain/bytes.ts';
import type { Clock, Random } from '../../../src/domain/clock.ts';
import { isSameText, sha256Hex } from './secrets.ts';

/** How long the link printed at the console can be used, ms: time to walk to a browser. */
export const CONSOLE_TICKET_MS = 10 * 60_000;
const FILE = 'office-ticket.json';

/**
 * The way into the office for whoever may write the data directory: a shop whose only till lost its key has no other.
 * The running server reads the ticket's hash from the directory; no port, no signal and no password is needed.
 */
export function writeConsoleTicket(dataDir: string, clock: Clock, random: Random): string {
  const ticket = toBase64url(random.bytes(32));
  const kept = { hash: sha256Hex(ticket), until: clock.now() + CONSOLE_TICKET_MS };
  writeFileSync(join(dataDir, FILE), JSON.stringify(kept), { mode: 0o600 });
  return ticket;
}

/** Whether the ticket is the one written last; it is spent by asking, right or wrong. */
export function takeConsoleTicket(dataDir: string, clock: Clock, ticket: string): boolean {
  const file = join(dataDir, FILE);
  let kept: { readonly hash?: unknown; readonly until?: unknown };
  try {
    kept = JSON.parse(readFileSync(file, 'utf8')) as typeof kept;
  } catch {
    return false; // Nobody asked for one.
  }
  rmSync(file, { force: true });
  const { hash, until } = kept;
  return (
    typeof hash === 'string' &&
    typeof until === 'number' &&
    clock.now() < until &&
    isSameText(hash, sha256Hex(ticket))
  );
}
