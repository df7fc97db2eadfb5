import { type ChainFault, checkEntry, checkPlace, headOf, importPublicKey } from '../domain/chain.ts';
import type { Head, PublicKey, SignedEntry } from '../domain/entry.ts';

export type KeyRing = (kid: string) => CryptoKey | undefined;

/** Imports public keys once, for checking many entries. */
export async function keyRing(keys: readonly PublicKey[]): Promise<KeyRing> {
  const imported = new Map<string, CryptoKey>();
  for (const key of keys) imported.set(key.kid, await importPublicKey(key));
  return (kid) => imported.get(kid);
}

/**
 * Whether `signed` may stand after `head`. A repair that found the server ahead continues from the server's head, which
 * this journal does not hold; it says so in its body. `unknown`: what stood before is not kept here any more.
 */
export function placeFault(signed: SignedEntry, head: Head | undefined | 'unknown'): ChainFault | undefined {
  if (head === 'unknown') return undefined;
  const { entry } = signed;
  if (entry.type === 'head.repaired' && entry.body.newEpoch && entry.seq === 1) {
    const base = entry.body.server;
    if (base !== undefined && base.hash === entry.prev) return undefined;
  }
  return checkPlace(signed, head);
}

export interface RunCheck {
  /** How many entries from the start are whole, signed, and in their place. */
  readonly valid: number;
  readonly head: Head | undefined;
  readonly fault?: ChainFault;
}

/** Entries checked at once: WebCrypto answers from a thread pool, so one at a time would mostly wait. */
const CHECKED_AT_ONCE = 32;

/** Checks hashes, signatures and places of a run. Stops at the first entry that is not what it says. */
export async function checkRun(
  run: readonly SignedEntry[],
  after: Head | undefined | 'unknown',
  keys: KeyRing,
): Promise<RunCheck> {
  let head = after;
  let valid = 0;
  const done = (fault?: ChainFault): RunCheck => ({
    valid,
    head: head === 'unknown' ? undefined : head,
    ...(fault === undefined ? {} : { fault }),
  });
  for (let at = 0; at < run.length; at += CHECKED_AT_ONCE) {
    const part = run.slice(at, at + CHECKED_AT_ONCE);
    const faults = await Promise.all(
      part.map((signed) => checkEntry(signed, keys).catch(() => 'hash-mismatch' as const)),
    );
    for (const [index, signed] of part.entries()) {
      const fault = faults[index] ?? placeFault(signed, head);
      if (fault !== undefined) return done(fault);
      head = headOf(signed);
      valid += 1;
    }
  }
  return done();
}
