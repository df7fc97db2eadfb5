import type { Refusal } from '../../../src/contract/api.ts';
import { canonicalBytes } from '../../../src/domain/canonical.ts';
import { checkEntry, importPublicKey } from '../../../src/domain/chain.ts';
import { ENTRY_BYTES_MAX, type SignedEntry, SignedEntrySchema } from '../../../src/domain/entry.ts';
import type { TillPlace } from '../storage/journal.ts';
import type { TillKey } from '../storage/merchants.ts';

export type Verified =
  | { readonly ok: true; readonly entries: readonly SignedEntry[] }
  | {
      readonly ok: false;
      readonly code: Refusal;
      readonly at: number;
      /** Whether the sender has shown a key of this till: an entry before the bad one, or the bad one itself, is signed well. */
      readonly proved: boolean;
    };

/**
 * Checks each entry by itself and tells of the first that fails: shape, till, size, hash, key, signature, training.
 * Says nothing of the chain. Stores nothing, so an unproved batch leaves no trace.
 */
export async function verifyBatch(
  place: TillPlace,
  entries: readonly unknown[],
  keys: readonly TillKey[],
): Promise<Verified> {
  // An imported key is of its own algorithm: an envelope that names another one fails, whoever signed it.
  const imported = new Map<string, CryptoKey>();
  for (const key of keys) imported.set(key.kid, await importPublicKey(key));
  const shaped = entries.map((value) => shapeOf(value, place));
  // All at once: WebCrypto spreads them over its threads.
  const faults = await Promise.all(shaped.map((signed) => faultOf(signed, imported)));
  const at = faults.findIndex((fault) => fault !== undefined);
  const code = faults[at];
  if (code !== undefined) return { ok: false, code, at, proved: at > 0 || code === 'training-entry' };
  return { ok: true, entries: shaped.filter((signed) => signed !== undefined) };
}

function shapeOf(value: unknown, place: TillPlace): SignedEntry | undefined {
  const shape = SignedEntrySchema.safeParse(value);
  if (!shape.success || shape.data.entry.till !== place.till) return undefined;
  return canonicalBytes(shape.data.entry).length > ENTRY_BYTES_MAX ? undefined : shape.data;
}

async function faultOf(
  signed: SignedEntry | undefined,
  keys: ReadonlyMap<string, CryptoKey>,
): Promise<Refusal | undefined> {
  if (signed === undefined) return 'entry-invalid';
  const fault = await checkEntry(signed, (kid) => keys.get(kid));
  return fault ?? (signed.entry.training ? 'training-entry' : undefined);
}
