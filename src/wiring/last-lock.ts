import type { LastLock } from '../flow/lock/door-session.ts';
import type { Look } from '../ui/state/door-contexts.ts';

/**
 * The lock screen as it was left: names and waits only, in localStorage, because that can be read before the first frame.
 * It is what is shown, never what is believed: the vault in the books says who may open and when.
 */
const KEY = 'xiaoji-lock';
const VERSION = 1;

export interface Seen {
  readonly lock: LastLock;
  readonly look: Look;
}

/** Undefined when there is none, or when another version wrote it. */
export function lastSeen(): Seen | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as
      | ({ readonly version?: number } & Seen)
      | null;
    return kept?.version === VERSION ? kept : undefined;
  } catch {
    return undefined; // Refused or not JSON: the books are opened first, then.
  }
}

/** `undefined` forgets it. */
export function keepSeen(seen: Seen | undefined): void {
  try {
    if (seen === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify({ version: VERSION, ...seen }));
  } catch {
    // No room or no right: the next start shows its lock screen a moment later.
  }
}
