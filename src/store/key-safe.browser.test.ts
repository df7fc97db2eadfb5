import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newSigner } from '../domain/chain.ts';
import { wipeSafe } from './testing/damage.ts';
import { KeySafe } from './worker/key-safe.ts';
import { VAULT } from './worker/store-set.ts';
import { Vault } from './worker/vault.ts';

/** Longer than the safe is left alone after a start. */
const AFTER_START_MS = 60_000;

const pinKey = () => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

describe('the safe', () => {
  const prefix = `safe-${crypto.randomUUID()}`;
  const database = () => openDB(`${prefix}-main`, 1, { upgrade: (db) => void db.createObjectStore(VAULT) });
  const open = () => new KeySafe(`${prefix}-main`);

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(async () => {
    vi.useRealTimers();
    await wipeSafe(prefix);
  });

  test('gets, after the start, the key and the settings beyond JSON that an older till or another tab wrote', async () => {
    const signer = await newSigner();
    const db = await database();
    const safe = open();
    await safe.put('operators', [{ salt: new Uint8Array([1]) }]);
    await db.put(VAULT, [{ salt: new Uint8Array([1, 2]) }], 'operators');
    await db.put(VAULT, await pinKey(), 'pin-key');
    await db.put(VAULT, { columns: 32 }, 'printer');
    const vault = new Vault(db, undefined, safe);
    vault.fillSafeLater(() => signer);
    expect(await safe.signer()).toBeUndefined();
    vi.advanceTimersByTime(AFTER_START_MS);
    vi.useRealTimers();
    await vi.waitFor(async () => expect(await safe.get('pin-key')).toBeInstanceOf(CryptoKey));
    expect(await safe.get('operators')).toEqual([{ salt: new Uint8Array([1, 2]) }]);
    expect(await safe.get('printer')).toBeUndefined();
    expect((await safe.signer())?.key).toEqual(signer.key);
    expect((await safe.signer())?.pair.privateKey.extractable).toBe(false);
    vault.close();
    db.close();
  });

  test('that could not be opened once is asked again at its next use', async () => {
    vi.useRealTimers();
    const buckets = (navigator as unknown as { storageBuckets: { open(): Promise<unknown> } }).storageBuckets;
    const refused = vi.spyOn(buckets, 'open').mockRejectedValueOnce(new DOMException('busy', 'UnknownError'));
    const safe = open();
    expect(await safe.get('pin-key')).toBeUndefined();
    await safe.put('pin-key', 2);
    expect(await safe.get('pin-key')).toBe(2);
    safe.close();
    refused.mockRestore();
  });

  test('that the browser clears right after a read leaves nothing unhandled', async () => {
    vi.useRealTimers();
    const stray: unknown[] = [];
    const seen = (event: PromiseRejectionEvent): void => {
      event.preventDefault();
      stray.push(event.reason);
    };
    addEventListener('unhandledrejection', seen);
    for (let round = 0; round < 20; round += 1) {
      const safe = open();
      await safe.put('pin-key', round);
      const reads = Array.from({ length: 10 }, () => safe.get('pin-key').catch(() => undefined));
      await reads[0];
      await wipeSafe(prefix);
      await Promise.all(reads);
    }
    removeEventListener('unhandledrejection', seen);
    expect(stray).toEqual([]);
  });

  test('that refuses costs no setting', async () => {
    const db = await database();
    const safe = open();
    await safe.put('pin-key', await pinKey());
    safe.close();
    await vi.waitFor(() => expect(safe.get('pin-key')).rejects.toThrow());
    const vault = new Vault(db, undefined, safe);
    await vault.set('operators', [{ salt: new Uint8Array([3]) }]);
    expect(await vault.get('operators')).toEqual([{ salt: new Uint8Array([3]) }]);
    vault.close();
    db.close();
  });
});
