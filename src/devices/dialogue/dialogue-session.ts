import type { ReaderSession } from '../kept/kept-reader.ts';
import type {
  CardFinal,
  CardPresented,
  CardRequest,
  DeviceHealth,
  HostResult,
  ReaderEntry,
  ReaderPrompt,
} from '../ports.ts';
import type { Timers } from '../timers.ts';
import type { Link } from '../transports/transport.ts';
import { CardDialogue } from './card-dialogue.ts';
import { ReaderHealth } from './reader-health.ts';

/** What is known of a reader when its link opens. */
interface ReaderStart {
  readonly maker: string;
  readonly entries: readonly ReaderEntry[];
  readonly timers: Timers;
}

/**
 * A reader on one open link, whatever it speaks: its dialogue, what it tells of itself, and its end. A family says how it asks,
 * stops and answers, and tells the dialogue what happens.
 */
export abstract class DialogueSession implements ReaderSession {
  readonly lost: Promise<void>;
  protected readonly dialogue: CardDialogue;
  protected readonly known: ReaderHealth;
  readonly #link: Link;

  constructor(link: Link, { maker, entries, timers }: ReaderStart) {
    this.#link = link;
    this.known = new ReaderHealth({ maker, ...(link.name === '' ? {} : { model: link.name }) });
    this.dialogue = new CardDialogue(
      {
        entries,
        ask: (request, wanted) => this.ask(request, wanted),
        stop: () => this.stop(),
        answer: (result) => this.answer(result),
      },
      timers,
    );
    this.lost = link.lost.then(() => this.dialogue.lost());
  }

  get health(): DeviceHealth {
    return this.known.now;
  }

  subscribe(listener: () => void): () => void {
    return this.known.subscribe(listener);
  }

  async start(
    request: CardRequest,
    prompt: (prompt: ReaderPrompt) => void,
    signal: AbortSignal,
  ): Promise<CardPresented> {
    const { refused } = this.known.now;
    if (refused !== undefined) return { kind: 'failed', reason: refused };
    return this.dialogue.start(request, prompt, signal);
  }

  resume(result: HostResult, prompt: (prompt: ReaderPrompt) => void): Promise<CardFinal> {
    return this.dialogue.resume(result, prompt);
  }

  async close(): Promise<void> {
    this.dialogue.lost();
    await this.#link.close();
  }

  /** As in `ReaderCommands`. */
  protected abstract ask(request: CardRequest, entries: readonly ReaderEntry[]): Promise<void>;
  protected abstract stop(): Promise<void>;
  protected abstract answer(result: HostResult): Promise<void>;
}
