import type { Readable, Writable } from 'node:stream';

type Params = Readonly<Record<string, unknown>>;
type Listener = (params: Params) => void;

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly sessionId?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The browser is gone, or refused a command. */
export class CdpError extends Error {
  readonly code = 'cdp';
  constructor(message: string) {
    super(message);
    this.name = 'CdpError';
  }
}

const SEPARATOR = '\0';

/**
 * The browser's own protocol over a pair of pipes (`--remote-debugging-pipe`): no port to find or to guard, and a browser
 * whose harness died closes by itself.
 */
export class Cdp {
  readonly #input: Writable;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #lastId = 0;
  #rest = '';
  #isOver = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    output.setEncoding('utf8');
    output.on('data', (text: string) => this.#read(text));
    for (const stream of [input, output]) {
      stream.on('error', () => this.#over());
      stream.on('close', () => this.#over());
    }
  }

  send<T = unknown>(method: string, params: Params = {}, sessionId?: string): Promise<T> {
    if (this.#isOver) return Promise.reject(new CdpError(`${method}: the browser is gone`));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
      const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
      this.#input.write(JSON.stringify(message) + SEPARATOR);
    });
  }

  /** Hears an event of one session. Returns what stops the hearing. */
  on(method: string, sessionId: string, listener: Listener): () => void {
    const key = `${sessionId} ${method}`;
    const set = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, set.add(listener));
    return () => set.delete(listener);
  }

  #read(text: string): void {
    const parts = (this.#rest + text).split(SEPARATOR);
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#take(JSON.parse(part) as Answer);
  }

  #take({ id, method, params, sessionId, result, error }: Answer): void {
    if (method !== undefined) {
      for (const listener of this.#listeners.get(`${sessionId ?? ''} ${method}`) ?? [])
        listener(params ?? {});
      return;
    }
    const waiting = this.#waiting.get(id ?? 0);
    this.#waiting.delete(id ?? 0);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new CdpError(error.message));
  }

  #over(): void {
    this.#isOver = true;
    for (const { reject } of this.#waiting.values()) reject(new CdpError('the browser is gone'));
    this.#waiting.clear();
  }
}
