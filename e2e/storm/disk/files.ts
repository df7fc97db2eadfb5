import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';

/** Younger than this the name of a new file is not on the disk yet: a power cut takes it whole (facts: reliability 1.1). */
const NAME_SETTLES_MS = 30_000;

/** Where a page may die while it writes. */
export type WritePoint = 'before-write' | 'before-flush' | 'after-flush';

/** The page that uses a disk. What a dead one asks for never happens. */
export interface User {
  readonly alive: boolean;
  /** False when the page dies here. */
  passes(point: WritePoint): boolean;
  /** True while the disk is full. */
  readonly isFull: boolean;
}

interface Unflushed {
  readonly at: number;
  readonly before: Uint8Array<ArrayBuffer>;
}

class SimFile {
  bytes = new Uint8Array(0);
  unflushed: Unflushed[] = [];
  readonly createdAt: number;

  constructor(createdAt: number) {
    this.createdAt = createdAt;
  }

  write(data: Uint8Array, at: number): void {
    const end = at + data.length;
    if (end > this.bytes.length) {
      const longer = new Uint8Array(end);
      longer.set(this.bytes);
      this.bytes = longer;
    } else this.unflushed.push({ at, before: this.bytes.slice(at, end) });
    this.bytes.set(data, at);
  }

  /** Takes back what was not flushed, the last writes first; the oldest of them may be there in part. */
  cut(rng: Rng): void {
    const kept = rng.between(0, this.unflushed.length);
    for (const { at, before } of this.unflushed.slice(kept).reverse()) this.bytes.set(before, at);
    const torn = this.unflushed[kept - 1];
    if (torn !== undefined && rng.chance(0.5)) {
      const from = rng.between(0, torn.before.length);
      this.bytes.set(torn.before.subarray(from), torn.at + from);
    }
    this.unflushed = [];
  }
}

/** The till's folder in the origin private file system, with what a power cut does to it. */
export class SimFolder {
  readonly #files = new Map<string, SimFile>();
  readonly #time: Time;
  readonly #rng: Rng;

  constructor(time: Time, rng: Rng) {
    this.#time = time;
    this.#rng = rng;
  }

  /** Files whose name would not survive a power cut now. */
  get young(): boolean {
    return [...this.#files.values()].some((file) => this.#isYoung(file));
  }

  #isYoung(file: SimFile): boolean {
    return this.#time.mono() - file.createdAt < NAME_SETTLES_MS;
  }

  /** What is not flushed is gone, and with it the young files. True: whole files are gone. */
  cut(): boolean {
    const before = this.#files.size;
    for (const [name, file] of this.#files) {
      if (this.#isYoung(file) && this.#rng.chance(0.9)) this.#files.delete(name);
      else file.cut(this.#rng);
    }
    return this.#files.size < before;
  }

  /** The files are there and the origin's storage is: only their content is at stake. One byte of a written part turns. */
  flip(): void {
    const names = [...this.#files.keys()].filter((name) => name.startsWith('segment'));
    if (names.length === 0) return;
    const file = this.#files.get(this.#rng.pick(names)) as SimFile;
    const used = file.bytes.findLastIndex((byte) => byte !== 0);
    if (used < 0) return;
    const at = this.#rng.between(0, used);
    file.bytes[at] = (file.bytes[at] as number) ^ (1 << this.#rng.between(0, 7));
  }

  wipe(): void {
    this.#files.clear();
  }

  /** The folder as a page sees it. */
  handle(user: User): FileSystemDirectoryHandle {
    const folder = this.#files;
    const use = <T>(work: () => T): Promise<T> =>
      user.alive ? new Promise((resolve) => resolve(work())) : never();
    const missing = () => new DOMException('no such file', 'NotFoundError');
    const fileOf = (name: string, create: boolean): SimFile => {
      const known = folder.get(name);
      if (known === undefined && !create) throw missing();
      if (known === undefined && user.isFull) throw new DOMException('disk full', 'QuotaExceededError');
      const file = known ?? new SimFile(this.#time.mono());
      folder.set(name, file);
      return file;
    };
    const look = (name: string, file: SimFile) => ({
      kind: 'file',
      name,
      createSyncAccessHandle: () => use(() => syncHandle(file, user)),
      getFile: () => use(() => ({ text: async () => new TextDecoder().decode(file.bytes) })),
    });
    return {
      entries: async function* () {
        if (!user.alive) await never();
        for (const [name, file] of [...folder]) yield [name, look(name, file)];
      },
      getFileHandle: (name: string, { create = false } = {}) => use(() => look(name, fileOf(name, create))),
      removeEntry: (name: string) =>
        use(() => {
          if (!folder.delete(name)) throw missing();
        }),
    } as unknown as FileSystemDirectoryHandle;
  }
}

function syncHandle(file: SimFile, user: User): FileSystemSyncAccessHandle {
  const handle = {
    getSize: () => file.bytes.length,
    read: (into: Uint8Array, { at = 0 } = {}) => {
      const part = file.bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    write: (data: Uint8Array, { at = 0 } = {}) => {
      if (!user.alive || !user.passes('before-write')) return data.length;
      if (user.isFull) return 0;
      file.write(data, at);
      return data.length;
    },
    flush: () => {
      if (!user.alive || !user.passes('before-flush')) return;
      file.unflushed = [];
      user.passes('after-flush');
    },
    truncate: (size: number) => {
      if (user.alive) file.bytes = file.bytes.slice(0, size);
    },
    close: () => undefined,
  };
  return handle as unknown as FileSystemSyncAccessHandle;
}
