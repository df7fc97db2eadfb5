import { JournalError, type JournalStatus } from '../domain/journal.ts';
import type { Calls, FromWorker, Namespace, News, Op, Readable, Request, ToWorker } from './protocol.ts';

/** Most calls that may be under way at once; beyond it something asks in a loop. */
const CALLS_MAX = 2_000;

/** Questions that change nothing and can be asked before anyone wants the answer. */
const READ_AHEAD = ['standing', 'vaultGet'] as const satisfies readonly Op[];
type ReadAhead = (typeof READ_AHEAD)[number];

const isReadAhead = (op: Op): boolean => (READ_AHEAD as readonly Op[]).includes(op);
const questionOf = (op: Op, args: unknown): string => `${op} ${JSON.stringify(args)}`;

interface Waiting {
  readonly op: Op;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Typed calls to the journal worker, and the status it tells. */
export class WorkerPort {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  readonly #ahead = new Map<string, Promise<unknown>>();
  readonly opened: Promise<void>;
  #resolveOpened: () => void = () => undefined;
  #readable: Readable | undefined;
  #next = 1;
  #status: JournalStatus = { role: 'opening', copies: 'none', unsynced: 0, parked: 0, persisted: false };

  constructor(worker: Worker, namespace: Namespace) {
    this.#worker = worker;
    this.opened = new Promise((resolve) => {
      this.#resolveOpened = resolve;
    });
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data);
    worker.onerror = () => this.#died();
    worker.onmessageerror = () => this.#died();
    this.#post({ kind: 'start', namespace });
  }

  /** Where the page may read entries itself; undefined where it must ask. */
  get readable(): Readable | undefined {
    return this.#readable;
  }

  get status(): JournalStatus {
    return this.#status;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Asks now what is known to be asked soon, so that the answer waits for whoever wants it and not they for it. The first `call`
   * with the same question takes it; any other call may change it, and makes all of them be asked again.
   */
  askAhead<O extends ReadAhead>(op: O, args: Calls[O][0]): void {
    const answer = this.#send(op, args);
    answer.catch(() => undefined); // Whoever takes it hears of it.
    this.#ahead.set(questionOf(op, args), answer);
  }

  /** Rejects with JournalError. */
  call<O extends Op>(op: O, args: Calls[O][0]): Promise<Calls[O][1]> {
    if (this.#ahead.size > 0) {
      const question = questionOf(op, args);
      const ahead = this.#ahead.get(question);
      this.#ahead.delete(question);
      if (ahead !== undefined) return ahead as Promise<Calls[O][1]>;
      if (!isReadAhead(op)) this.#ahead.clear();
    }
    return this.#send(op, args);
  }

  #send<O extends Op>(op: O, args: Calls[O][0]): Promise<Calls[O][1]> {
    if (this.#status.role === 'failed' && op !== 'close') {
      return Promise.reject(new JournalError(this.#status.trouble ?? 'disk', 'the books are not open'));
    }
    if (this.#waiting.size >= CALLS_MAX)
      return Promise.reject(new JournalError('too-large', 'too many calls wait'));
    return new Promise<Calls[O][1]>((resolve, reject) => {
      const id = this.#next;
      this.#next += 1;
      this.#waiting.set(id, { op, resolve, reject });
      try {
        this.#post({ kind: 'call', id, op, args } as Request);
      } catch (error) {
        this.#waiting.delete(id); // DataCloneError: a draft that cannot cross threads is no JSON.
        reject(new JournalError('invalid-entry', 'not plain data', false, { cause: error }));
      }
    });
  }

  terminate(): void {
    this.#worker.terminate();
    this.#refuseAll('blocked');
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'news') return this.#learn(message.news);
    if (message.news !== undefined) this.#learn(message.news);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'answer') return waiting?.resolve(message.value as never);
    const { code, message: text, maybeStored } = message.refusal;
    waiting?.reject(new JournalError(code, text, maybeStored));
  }

  #learn({ status, readable }: News): void {
    this.#readable = readable;
    this.#show(status);
  }

  #show(status: JournalStatus): void {
    this.#status = status;
    if (status.role !== 'opening') this.#resolveOpened();
    for (const listener of [...this.#listeners]) listener();
  }

  /** The worker could not start, or broke down: what was under way may or may not be on disk. */
  #died(): void {
    this.#worker.terminate(); // Frees the lock, so that another tab or a reload can go on.
    this.#refuseAll('unsupported');
    this.#show({ ...this.#status, role: 'failed', copies: 'none', trouble: 'unsupported' });
  }

  #refuseAll(code: JournalError['code']): void {
    for (const waiting of this.#waiting.values()) {
      waiting.reject(new JournalError(code, 'the journal worker is gone', waiting.op === 'append'));
    }
    this.#waiting.clear();
  }
}
