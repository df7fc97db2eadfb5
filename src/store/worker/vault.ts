import type { IDBPDatabase } from 'idb';
import { JournalError } from '../../domain/journal.ts';
import { decodeFrame, encodeFrame } from '../framing.ts';
import { VAULT } from './store-set.ts';

/** Largest JSON of all settings together. Device profiles, PIN records and a draft are a few kilobytes. */
const VAULT_BYTES_MAX = 512 * 1024;
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
 * Settings, drafts and device profiles: JSON by key, none of it money. Kept in IndexedDB (strict like every write:
 * docs/reliability.md) and mirrored in OPFS, so that a till that lost IndexedDB still knows its operators. The writer alone mirrors; other tabs write IndexedDB only.
 */
export class Vault {
  #idb: IDBPDatabase | undefined;
  #mirror: VaultMirror | undefined;

  constructor(idb: IDBPDatabase | undefined, mirror: VaultMirror | undefined) {
    this.#idb = idb;
    this.#mirror = mirror;
  }

  /** Brings the two places together: the one with more changes behind it wins. */
  async agree(): Promise<void> {
    if (this.#idb === undefined || this.#mirror === undefined) return;
    const { values, revision } = await readAll(this.#idb);
    if (revision > this.#mirror.revision) this.#mirror.write(values, revision);
    else if (this.#mirror.revision > revision) {
      await writeAll(this.#idb, unlessSame(values, this.#mirror.values), this.#mirror.revision);
    }
  }

  async get(key: string): Promise<unknown> {
    if (this.#idb === undefined) return this.#mirror?.values[key];
    return this.#idb.get(VAULT, key);
  }

  /** `undefined` deletes. Rejects when no place takes it. */
  async set(key: string, value: unknown): Promise<void> {
    if (this.#idb === undefined && this.#mirror === undefined)
      throw new JournalError('disk', 'no place for settings');
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

  close(): void {
    this.#mirror?.close();
    this.#mirror = undefined;
  }
}

/**
 * What the mirror says, with every value that did not change left as IndexedDB has it: a key that cannot be read out and
 * bytes are more than JSON can say, and the mirror's word for them would lock everybody out.
 */
function unlessSame(kept: Record<string, unknown>, said: Record<string, unknown>): Record<string, unknown> {
  const isSame = (key: string) => key in kept && JSON.stringify(kept[key]) === JSON.stringify(said[key]);
  return Object.fromEntries(Object.keys(said).map((key) => [key, isSame(key) ? kept[key] : said[key]]));
}

async function put(idb: IDBPDatabase, key: string, value: unknown): Promise<number> {
  const tx = idb.transaction(VAULT, 'readwrite', { durability: 'strict' });
  const revision = ((await tx.store.get(REVISION)) ?? 0) + 1;
  await Promise.all([
    value === undefined ? tx.store.delete(key) : tx.store.put(value, key),
    tx.store.put(revision, REVISION),
    tx.done,
  ]);
  return revision;
}

async function readAll(idb: IDBPDatabase): Promise<{ values: Record<string, unknown>; revision: number }> {
  const store = idb.transaction(VAULT).store;
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
