import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fromBase64url } from './bytes.ts';
import { canonicalBytes } from './canonical.ts';
import {
  checkEntry,
  checkPlace,
  hashOf,
  headOf,
  importPublicKey,
  keyId,
  newPortableSigner,
  newSigner,
  type Signer,
  seal,
  signerOf,
  verifyBytes,
} from './chain.ts';
import { type Entry, EntrySchema, GENESIS_HASH, type SignedEntry, SignedEntrySchema } from './entry.ts';
import type { Epoch, OperatorId, SaleId, TillId } from './ids.ts';

const entry = (seq: number, prev: string, epoch = 'AAAAAA'): Entry => ({
  v: 1,
  till: '01' as TillId,
  epoch: epoch as Epoch,
  seq,
  prev,
  at: 1_790_000_000_000,
  mono: 12,
  operator: 'owner' as OperatorId,
  training: false,
  type: 'sale.voided',
  body: { saleId: 'a'.repeat(32) as SaleId, reason: 'declined' },
});

let signer: Signer;
let keyFor: (kid: string) => CryptoKey | undefined;
let chain: SignedEntry[];

beforeEach(async () => {
  signer = await newSigner();
  const key = await importPublicKey(signer.key);
  keyFor = (kid) => (kid === signer.key.kid ? key : undefined);
  chain = [];
  for (let seq = 1; seq <= 4; seq += 1)
    chain.push(await seal(entry(seq, chain.at(-1)?.hash ?? GENESIS_HASH), signer));
});

describe('canonical bytes', () => {
  test('do not depend on the order of keys', () => {
    expect(canonicalBytes({ b: 1, a: { d: '汉', c: 2 } })).toEqual(
      canonicalBytes({ a: { c: 2, d: '汉' }, b: 1 }),
    );
  });
  test('refuse what JSON cannot carry', () => {
    expect(() => canonicalBytes(undefined)).toThrow(TypeError);
  });
});

describe('a sealed entry', () => {
  test('checks out, and passes its own schema', async () => {
    for (const signed of chain) {
      expect(await checkEntry(signed, keyFor)).toBeUndefined();
      expect(SignedEntrySchema.parse(JSON.parse(JSON.stringify(signed)))).toEqual(signed);
    }
  });
  test('shows any change of any field', async () => {
    const [first] = chain;
    if (first === undefined) throw new Error('no chain');
    for (const [field, value] of Object.entries({
      seq: 9,
      at: 0,
      operator: 'thief',
      training: true,
      till: '02',
      type: 'sale.opened',
    })) {
      const touched = { ...first, entry: { ...first.entry, [field]: value } as Entry };
      expect(await checkEntry(touched, keyFor), field).toBe('hash-mismatch');
    }
  });
  test('shows a flipped bit anywhere in its signature', async () => {
    const [first] = chain;
    if (first === undefined) throw new Error('no chain');
    for (let index = 0; index < first.sig.length - 1; index += 1) {
      const other = first.sig[index] === 'A' ? 'B' : 'A';
      const sig = first.sig.slice(0, index) + other + first.sig.slice(index + 1);
      expect(await checkEntry({ ...first, sig }, keyFor)).toBe('signature-invalid');
    }
  });
  test('by a key nobody enrolled is told apart from a forged one', async () => {
    const stranger = await seal(entry(1, GENESIS_HASH), await newSigner());
    expect(await checkEntry(stranger, keyFor)).toBe('unknown-key');
  });
});

test('a hash is SHA-256 of the canonical bytes, in lower-case hex', async () => {
  // sha256sum of {"a":1}
  expect(await hashOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
});

describe('a signer', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const kindOf = async (alg: string, make: () => Promise<Signer>): Promise<void> => {
    const made = await make();
    expect(made.key.alg).toBe(alg);
    expect(made.key.kid).toMatch(/^[0-9a-f]{16}$/);
    expect(made.key.kid).toBe(await keyId(fromBase64url(made.key.publicKey)));
    const publicKey = await importPublicKey(made.key);
    expect(await checkEntry(await seal(entry(1, GENESIS_HASH), made), () => publicKey)).toBeUndefined();
    // The public half is public: the server stores it as it came.
    expect(await crypto.subtle.exportKey('raw', publicKey)).toEqual(fromBase64url(made.key.publicKey).buffer);
    // The private half can sign and never be read out.
    expect(made.pair.privateKey.extractable).toBe(false);
    expect(made.pair.privateKey.usages).toEqual(['sign']);
  };

  test('is Ed25519 where the browser has it', () => kindOf('Ed25519', newSigner));

  test('is ECDSA on P-256 where the browser lacks Ed25519', () => {
    const make = crypto.subtle.generateKey.bind(crypto.subtle) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(crypto.subtle, 'generateKey').mockImplementation((async (
      alg: { name: string },
      ...more: unknown[]
    ) =>
      alg.name === 'Ed25519'
        ? Promise.reject(new DOMException('no such algorithm', 'NotSupportedError'))
        : make(alg, ...more)) as never);
    return kindOf('ES256', newSigner);
  });

  test('that is written down is the same signer when it is read again, and cannot be read out of memory', async () => {
    const { signer: first, kept } = await newPortableSigner();
    await kindOf('ES256', async () => first);
    const again = await signerOf(JSON.parse(JSON.stringify(kept)));
    expect(again.key).toEqual(first.key);
    await kindOf('ES256', async () => again);
  });
});

test('a signature that is no base64url is no signature, and no surprise', async () => {
  const [first] = chain;
  if (first === undefined) throw new Error('no chain');
  for (const sig of ['', '*', 'AAAA'])
    expect(await checkEntry({ ...first, sig }, keyFor), sig).toBe('signature-invalid');
  const key = await importPublicKey(signer.key);
  expect(await verifyBytes(signer.key.alg, key, '*', new Uint8Array(1))).toBe(false);
});

describe('a place in the chain', () => {
  test('is only directly after the head', () => {
    const [first, second, third] = chain;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no chain');
    expect(checkPlace(first, undefined)).toBeUndefined();
    expect(checkPlace(second, headOf(first))).toBeUndefined();
    expect(checkPlace(third, headOf(first))).toBe('sequence-gap');
    expect(checkPlace(first, headOf(second))).toBe('sequence-gap');
    expect(checkPlace(second, undefined)).toBe('sequence-gap');
    expect(checkPlace(second, { ...headOf(first), hash: third.hash })).toBe('broken-chain');
    expect(headOf(first)).toEqual({ epoch: 'AAAAAA', seq: 1, hash: first.hash });
  });
  test('a new epoch begins at one and still names what came before', async () => {
    const last = chain.at(-1);
    if (last === undefined) throw new Error('no chain');
    const renewed = await seal(entry(1, last.hash, 'BBBBBB'), signer);
    expect(checkPlace(renewed, headOf(last))).toBeUndefined();
    expect(checkPlace(await seal(entry(1, GENESIS_HASH, 'BBBBBB'), signer), headOf(last))).toBe(
      'broken-chain',
    );
    expect(checkPlace(await seal(entry(5, last.hash, 'BBBBBB'), signer), headOf(last))).toBe('sequence-gap');
  });
});

test('an entry with an unknown type, a foreign field or a body of another type is no entry', () => {
  const good = entry(1, GENESIS_HASH);
  expect(EntrySchema.safeParse(good).success).toBe(true);
  for (const bad of [
    { ...good, type: 'sale.deleted' },
    { ...good, pan: '4111111111111111' },
    { ...good, body: { ...good.body, cvv: '123' } },
    { ...good, type: 'sale.opened' },
    { ...good, seq: 0 },
    { ...good, at: 1.5 },
  ]) {
    expect(EntrySchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
});
