import { type IDBPDatabase, wrap } from 'idb';
import type { Signer } from '../../domain/chain.ts';
import { readingFrom } from './reading-from.ts';

/** What the browser calls a storage bucket: a place with databases of its own, apart from the origin's other ones. */
interface Bucket {
  readonly indexedDB: IDBFactory;
}
interface Buckets {
  open(name: string, options: typeof BUCKET): Promise<Bucket>;
}

/** `persisted` is granted where the till's other storage is. A safe that the browser emptied is filled again at a start. */
const BUCKET = { durability: 'strict', persisted: true } as const;

const STORE = 'keys';
/** Where the till's signing key is; everything else is by its name in the vault. */
const SIGNER = '\u0000signer';

/**
 * The keys of the till and of its operators a second time, in a storage bucket of their own (Chrome). All databases of an
 * origin share one log, and after a power cut in the middle of a write Chrome may throw that log away at a later start
 * (docs/reliability.md). The books come back from OPFS, but a key that cannot be read out cannot be written there. This log
 * is written some times a year, so a power cut never finds it open. Where there are no buckets it holds nothing. Opened when
 * it is first needed: an ordinary start does not wait for it.
 */
export class KeySafe {
  readonly #name: string;
  #opening: Promise<IDBPDatabase | undefined> | undefined;

  constructor(name: string) {
    this.#name = `${name}-keys`.toLowerCase();
  }

  /** Undefined when there is nothing, or no safe. */
  async get(key: string): Promise<unknown> {
    const db = await this.#open();
    return db === undefined ? undefined : readingFrom(db, STORE).get(key);
  }

  async put(key: string, value: unknown): Promise<void> {
    const tx = (await this.#open())?.transaction(STORE, 'readwrite', { durability: 'strict' });
    await Promise.all([tx?.store.put(value, key), tx?.done]);
  }

  signer(): Promise<Signer | undefined> {
    return this.get(SIGNER).catch(() => undefined) as Promise<Signer | undefined>;
  }

  /** A failure costs nothing now: the next start tries again. */
  async keepSigner(signer: Signer): Promise<void> {
    if ((await this.signer())?.key.kid === signer.key.kid) return;
    await this.put(SIGNER, signer).catch(() => undefined);
  }

  close(): void {
    void this.#opening?.then((db) => db?.close());
  }

  #open(): Promise<IDBPDatabase | undefined> {
    // Without a safe the till works as before, with one place for its keys. One that failed is asked again at its next use.
    this.#opening ??= openBucket(this.#name).catch(() => {
      this.#opening = undefined;
      return undefined;
    });
    return this.#opening;
  }
}

async function openBucket(name: string): Promise<IDBPDatabase | undefined> {
  const { storageBuckets } = navigator as { storageBuckets?: Buckets };
  const bucket = await storageBuckets?.open(name, BUCKET);
  const opening = bucket?.indexedDB.open('keys', 1);
  if (opening === undefined) return undefined;
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return wrap(opening) as Promise<IDBPDatabase>;
}
