import type { IDBPDatabase } from 'idb';
import type { Signer } from '../../domain/chain.ts';
import { JournalError } from '../../domain/journal.ts';
import { decodeFrame, encodeFrame } from '../framing.ts';
import type { KeySafe } from './key-safe.ts';
import { readingFrom } from './reading-from.ts';
import { VAULT } from './store-set.ts';

/** Largest JSON of all settings together. Device profiles, PIN records and a draft are a few kilobytes. */
const VAULT_BYTES_MAX = 512 * 1024;
/** How long after the start the safe is looked at, ms: nothing waits for it. */
const FILL_SAFE_MS = 5_000;
/** Key that counts changes, so that the newer of the two places is known. */
const REVISION = '\u0000revision';
const SLOTS = ['vault-a', 'vault-b'] as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Settings in OPFS, whole, in two files written by turns: a torn write costs the last change only. */
export class VaultMirror {
  readonly #slots: readonly FileSystemSyncAccessHandle[];
  revision = 0;
  values: Record<string, unknown> = {};

  private constructor(slots: readonly FileSystemSyncAccessHandle[]) {
    this.#slots = slots;
    for (const slot of slots) {
      const bytes = new Uint8Array(slot.getSize());
      slot.read(bytes, { at: 0 });
      const frame = decodeFrame(bytes, 0);
      if (frame === undefined || frame.ordinal <= this.revision) continue;
      this.revision = frame.ordinal;
      this.values = JSON.parse(decoder.decode(frame.payload)) as Record<string, unknown>;
    }
  }

  static async open(folder: string): Promise<VaultMirror> {
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle(folder, { create: true });
    const slots: FileSystemSyncAccessHandle[] = [];
    for (const slot of SLOTS) {
      const file = await directory.getFileHandle(slot, { create: true });
      slots.push(await file.createSyncAccessHandle());
    }
    return new VaultMirror(slots);
  }

  /** Throws `too-large`, or what the browser throws. */
  write(values: Record<string, unknown>, revision: number): void {
    const payload = encoder.encode(JSON.stringify(values));
    if (payload.length > VAULT_BYTES_MAX) throw new JournalError('too-large', 'too many settings');
    const slot = this.#slots[revision % SLOTS.length];
    slot?.write(encodeFrame({ kind: 'vault', ordinal: revision, position: 0, count: 0, payload }), { at: 0 });
    slot?.flush();
    this.values = values;
    this.revision = revision;
  }

  close(): void {
    for (const slot of this.#slots) slot.close();
  }
}

/**
 * Settings, drafts and device profiles by key, none of it money. Kept in IndexedDB and mirrored in OPFS as JSON; what JSON
 * cannot say, keys and bytes, is kept in the safe besides. So a till that lost IndexedDB still knows its operators and their
 * PINs. The writer alone mirrors; other tabs write IndexedDB only. Strict like every write (docs/reliability.md).
 */
export class Vault {
  #idb: IDBPDatabase | undefined;
  #mirror: VaultMirror | undefined;
  readonly #safe: KeySafe | undefined;
  #filling: ReturnType<typeof setTimeout> | undefined;

  constructor(idb: IDBPDatabase | undefined, mirror: VaultMirror | undefined, safe?: KeySafe) {
    this.#idb = idb;
    this.#mirror = mirror;
    this.#safe = safe;
  }

  /** Brings IndexedDB and the mirror together: the one with more changes behind it wins. */
  async agree(): Promise<void> {
    if (this.#idb === undefined || this.#mirror === undefined) return;
    const { values, revision } = await readAll(this.#idb);
    if (revision > this.#mirror.revision) this.#mirror.write(values, revision);
    else if (this.#mirror.revision > revision) {
      const said: Record<string, unknown> = {};
      for (const [key, json] of Object.entries(this.#mirror.values)) {
        said[key] = isSame(values[key], json) ? values[key] : await this.#meant(key, json);
      }
      await writeAll(this.#idb, said, this.#mirror.revision);
    }
  }

  async get(key: string): Promise<unknown> {
    if (this.#idb === undefined) return this.#meant(key, this.#mirror?.values[key]);
    return readingFrom(this.#idb, VAULT).get(key);
  }

  /** `undefined` deletes. Rejects when no place takes it. */
  async set(key: string, value: unknown): Promise<void> {
    if (this.#idb === undefined && this.#mirror === undefined)
      throw new JournalError('disk', 'no place for settings');
    // The safe is a spare: when it refuses, the value is kept all the same, and the next start tries again.
    if (isBeyondJson(value)) await this.#safe?.put(key, value).catch(() => undefined);
    const revision =
      this.#idb === undefined ? (this.#mirror?.revision ?? 0) + 1 : await put(this.#idb, key, value);
    if (this.#mirror === undefined) return;
    const { [key]: _old, ...rest } = this.#mirror.values;
    this.#mirror.write(value === undefined ? rest : { ...rest, [key]: value }, revision);
  }

  /** IndexedDB went away or came back. */
  setDatabase(idb: IDBPDatabase | undefined): void {
    this.#idb = idb;
  }

  /**
   * Puts into the safe, once the start is over, what an older version of the till or a failure has not put there: the key
   * that `signer` tells then, and every setting beyond JSON. What fails is tried again after the next start.
   */
  fillSafeLater(signer: () => Signer | undefined): void {
    this.#filling = setTimeout(() => void this.#fillSafe(signer()).catch(() => undefined), FILL_SAFE_MS);
  }

  close(): void {
    clearTimeout(this.#filling);
    this.#mirror?.close();
    this.#mirror = undefined;
    this.#safe?.close();
  }

  async #fillSafe(signer: Signer | undefined): Promise<void> {
    if (this.#safe === undefined || this.#idb === undefined) return;
    if (signer !== undefined) await this.#safe.keepSigner(signer);
    const { values } = await readAll(this.#idb);
    for (const [key, value] of Object.entries(values)) {
      if (isBeyondJson(value) && !isSame(await this.#safe.get(key), value)) await this.#safe.put(key, value);
    }
  }

  /**
   * The value that the mirror's JSON stands for. Where the safe holds the key, it is that: JSON of a key that cannot be read
   * out, or of bytes, is no PIN that anybody could enter.
   */
  async #meant(key: string, json: unknown): Promise<unknown> {
    if (json === undefined) return undefined;
    if (isBeyondJson(json)) return json; // Set in this life: the mirror remembers it whole.
    const kept = await this.#safe?.get(key).catch(() => undefined);
    return kept ?? json;
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Holds something that JSON cannot say. */
function isBeyondJson(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof CryptoKey || ArrayBuffer.isView(value) || Object.values(value).some(isBeyondJson);
}

async function put(idb: IDBPDatabase, key: string, value: unknown): Promise<number> {
  const tx = idb.transaction(VAULT, 'readwrite', { durability: 'strict' });
  tx.done.catch(() => undefined); // Told below; not told twice when the first read already fails.
  const revision = ((await tx.store.get(REVISION)) ?? 0) + 1;
  await Promise.all([
    value === undefined ? tx.store.delete(key) : tx.store.put(value, key),
    tx.store.put(revision, REVISION),
    tx.done,
  ]);
  return revision;
}

async function readAll(idb: IDBPDatabase): Promise<{ values: Record<string, unknown>; revision: number }> {
  const store = readingFrom(idb, VAULT);
  const [keys, all] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const { [REVISION]: revision, ...values } = Object.fromEntries(
    keys.map((key, at) => [String(key), all[at]]),
  );
  return { values, revision: typeof revision === 'number' ? revision : 0 };
}

async function writeAll(idb: IDBPDatabase, values: Record<string, unknown>, revision: number): Promise<void> {
  const tx = idb.transaction(VAULT, 'readwrite', { durability: 'strict' });
  const cleared = tx.store.clear(); // Asked for first: requests of a transaction run in the order in which they were made.
  const puts = Object.entries(values).map(([key, value]) => tx.store.put(value, key));
  await Promise.all([cleared, ...puts, tx.store.put(revision, REVISION), tx.done]);
}
