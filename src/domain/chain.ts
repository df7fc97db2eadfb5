import { fromBase64url, fromHex, toBase64url } from './bytes.ts';
import { canonicalBytes } from './canonical.ts';
import type { Entry, Head, PublicKey, SignatureAlgorithm, SignedEntry } from './entry.ts';
import { hex } from './ids.ts';

/** Why a run of entries is not what the journal says it should be. Each has its own answer at the server. */
export type ChainFault =
  | 'hash-mismatch'
  | 'signature-invalid'
  | 'unknown-key'
  | 'broken-chain'
  | 'sequence-gap';

const PARAMETERS = {
  Ed25519: { key: { name: 'Ed25519' }, use: { name: 'Ed25519' } },
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, use: { name: 'ECDSA', hash: 'SHA-256' } },
} as const;

/** A private key that can sign and never be read out, with the public half in the form the wire carries. */
export interface Signer {
  readonly key: PublicKey;
  readonly pair: CryptoKeyPair;
}

/** SHA-256 of the canonical bytes, lower-case hex: what `prev`, heads and signatures speak about. */
export async function hashOf(value: unknown): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', canonicalBytes(value))));
}

/** The key id of a raw public key. */
export async function keyId(rawPublicKey: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', rawPublicKey))).slice(0, 16);
}

/** A new non-extractable signing key: Ed25519, or ES256 where the browser lacks it (Chrome before 137). */
export const newSigner = (): Promise<Signer> =>
  newPair('Ed25519', false).catch(() => newPair('ES256', false));

async function newPair(alg: SignatureAlgorithm, readable: boolean): Promise<Signer> {
  // Both algorithms have two keys; the type of a choice between them does not say so.
  const pair = (await crypto.subtle.generateKey(PARAMETERS[alg].key, readable, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { pair, key: { alg, kid: await keyId(raw), publicKey: toBase64url(raw) } };
}

/** A signer whose private half can be written down. Only for a till that lost the one place that keeps keys unreadable. */
export async function newPortableSigner(): Promise<{ readonly signer: Signer; readonly kept: KeptSigner }> {
  const { pair, key } = await newPair('ES256', true);
  const kept = { key, jwk: await crypto.subtle.exportKey('jwk', pair.privateKey) };
  return { signer: await signerOf(kept), kept };
}

/** A portable signer as it is written down: plain JSON. */
export interface KeptSigner {
  readonly key: PublicKey;
  readonly jwk: JsonWebKey;
}

/** The signer of a kept one; in memory it cannot be read out again. Throws what WebCrypto throws for a damaged key. */
export async function signerOf({ key, jwk }: KeptSigner): Promise<Signer> {
  const privateKey = await crypto.subtle.importKey('jwk', jwk, PARAMETERS[key.alg].key, false, ['sign']);
  return { key, pair: { privateKey, publicKey: await importPublicKey(key) } };
}

/** Signs arbitrary bytes with the till's key: entries' hashes, and the server's challenges. */
export async function signBytes(signer: Signer, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const signature = await crypto.subtle.sign(PARAMETERS[signer.key.alg].use, signer.pair.privateKey, bytes);
  return toBase64url(new Uint8Array(signature));
}

export async function importPublicKey(key: PublicKey): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64url(key.publicKey), PARAMETERS[key.alg].key, true, [
    'verify',
  ]);
}

export async function verifyBytes(
  alg: SignatureAlgorithm,
  publicKey: CryptoKey,
  sig: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    return await crypto.subtle.verify(PARAMETERS[alg].use, publicKey, fromBase64url(sig), bytes);
  } catch {
    return false; // Wrong length or not base64url: not a signature of these bytes, whatever else it is.
  }
}

/** Hashes and signs one entry. */
export async function seal(entry: Entry, signer: Signer): Promise<SignedEntry> {
  const hash = await hashOf(entry);
  const sig = await signBytes(signer, fromHex(hash));
  return { entry, hash, alg: signer.key.alg, kid: signer.key.kid, sig };
}

/** Whether `signed` is untouched and by a known key. Says nothing of its place in the chain. */
export async function checkEntry(
  signed: SignedEntry,
  keyFor: (kid: string) => CryptoKey | undefined,
): Promise<ChainFault | undefined> {
  if ((await hashOf(signed.entry)) !== signed.hash) return 'hash-mismatch';
  const key = keyFor(signed.kid);
  if (key === undefined) return 'unknown-key';
  return (await verifyBytes(signed.alg, key, signed.sig, fromHex(signed.hash)))
    ? undefined
    : 'signature-invalid';
}

/**
 * Whether `signed` directly follows `head`. In a new epoch the number starts at 1 again while `prev` still names
 * the last entry known before it, so a chain never has two beginnings.
 */
export function checkPlace(signed: SignedEntry, head: Head | undefined): ChainFault | undefined {
  const { epoch, seq, prev } = signed.entry;
  if (head === undefined || epoch !== head.epoch) {
    if (seq !== 1) return 'sequence-gap';
    return head === undefined || prev === head.hash ? undefined : 'broken-chain';
  }
  if (seq !== head.seq + 1) return 'sequence-gap';
  return prev === head.hash ? undefined : 'broken-chain';
}

export const headOf = (signed: SignedEntry): Head => ({
  epoch: signed.entry.epoch,
  seq: signed.entry.seq,
  hash: signed.hash,
});
