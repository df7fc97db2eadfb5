import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Rng } from './rng.ts';

/** What a simulated key is made of. Never leaves the process. */
interface Key {
  readonly alg: 'Ed25519' | 'ECDSA';
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly extractable: boolean;
  /** Real keys only. */
  readonly object?: KeyObject;
  readonly privateObject?: KeyObject;
}

/** DER before 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const RAW_BYTES = { Ed25519: 32, ECDSA: 65 } as const;

const bytesOf = (data: ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
const sha256 = (data: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(hash('sha256', data, 'buffer'));
const keyed = (raw: Uint8Array, data: Uint8Array): Uint8Array<ArrayBuffer> =>
  sha256(Buffer.concat([raw, data]));

/**
 * WebCrypto as the product calls it, answering at once. SHA-256 is real. `isReal`: Ed25519 is too, with keys from the seed;
 * otherwise a signature is the hash of public key and message: whoever changes a byte is caught, and nobody here forges.
 */
export function simulatedCrypto(rng: Rng, isReal: boolean): Crypto {
  const isEd = (alg: string | { readonly name: string }) =>
    (typeof alg === 'string' ? alg : alg.name) === 'Ed25519';
  const make = (isEd25519: boolean, extractable: boolean): Key => {
    const alg = isEd25519 ? 'Ed25519' : 'ECDSA';
    if (!isEd25519 || !isReal) return { alg, raw: rng.bytes(RAW_BYTES[alg]), extractable };
    const der = Buffer.concat([PKCS8, rng.bytes(32)]);
    const privateObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const object = createPublicKey(privateObject);
    const raw = new Uint8Array(object.export({ format: 'der', type: 'spki' }).subarray(-32));
    return { alg, raw, extractable, object, privateObject };
  };
  const subtle = {
    digest: async (_: string, data: Uint8Array) => sha256(bytesOf(data)),
    generateKey: async (alg: { name: string }, extractable: boolean) => {
      const key = make(isEd(alg), extractable);
      return { privateKey: key, publicKey: key };
    },
    exportKey: async (format: string, key: Key) =>
      format === 'raw' ? key.raw.slice() : { kty: 'sim', k: Buffer.from(key.raw).toString('base64url') },
    importKey: async (
      format: string,
      data: Uint8Array | { k?: string },
      alg: { name: string },
    ): Promise<Key> => {
      const raw = new Uint8Array(
        'k' in data ? Buffer.from(data.k ?? '', 'base64url') : bytesOf(data as Uint8Array),
      );
      const name = isEd(alg) ? 'Ed25519' : 'ECDSA';
      if (format === 'raw' && raw.length !== RAW_BYTES[name]) throw new DOMException('no key', 'DataError');
      if (name === 'ECDSA' || !isReal) return { alg: name, raw, extractable: true };
      const der = Buffer.concat([SPKI, raw]);
      return {
        alg: name,
        raw,
        extractable: true,
        object: createPublicKey({ key: der, format: 'der', type: 'spki' }),
      };
    },
    sign: async (_: unknown, key: Key, data: Uint8Array) =>
      key.privateObject === undefined
        ? keyed(key.raw, bytesOf(data))
        : sign(null, bytesOf(data), key.privateObject),
    verify: async (_: unknown, key: Key, sig: Uint8Array, data: Uint8Array) =>
      key.object === undefined
        ? Buffer.compare(keyed(key.raw, bytesOf(data)), bytesOf(sig)) === 0
        : verify(null, bytesOf(data), key.object, bytesOf(sig)),
  };
  const getRandomValues = <T extends ArrayBufferView>(into: T): T => {
    bytesOf(into).set(rng.bytes(into.byteLength));
    return into;
  };
  return { subtle, getRandomValues } as unknown as Crypto;
}
