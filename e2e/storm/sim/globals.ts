import type { Time } from './time.ts';

/** What the product takes from its surroundings and no port carries. */
export interface Surroundings {
  readonly time: Time;
  readonly crypto: Crypto;
  /** `navigator.storage` of whoever asks: a folder is found by its name alone. */
  readonly root: FileSystemDirectoryHandle;
}

/** Puts the simulated clock, keys and disks in the place of the real ones while `work` runs, which must not wait for anything. */
export function inSurroundings<T>({ time, crypto, root }: Surroundings, work: () => T): T {
  const replaced: Record<string, unknown> = {
    crypto,
    setTimeout: (run: () => void, ms = 0) => time.after(ms, run),
    clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
    setImmediate: (run: () => void) => time.soon(run),
    navigator: { storage: { getDirectory: async () => root }, onLine: true },
    CompressionStream: class {
      constructor() {
        throw new Error('a body too large to be sent plain');
      }
    },
  };
  const before = Object.keys(replaced).map(
    (key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)] as const,
  );
  const { timeout } = AbortSignal;
  for (const [key, value] of Object.entries(replaced))
    Object.defineProperty(globalThis, key, { value, configurable: true, writable: true });
  AbortSignal.timeout = (ms) => {
    const controller = new AbortController();
    time.after(ms, () => controller.abort(new DOMException('late', 'TimeoutError')));
    return controller.signal;
  };
  try {
    return work();
  } finally {
    AbortSignal.timeout = timeout;
    for (const [key, descriptor] of before)
      if (descriptor !== undefined) Object.defineProperty(globalThis, key, descriptor);
  }
}
