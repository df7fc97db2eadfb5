import type { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import type { StarCommand } from '../../codecs/star/command.ts';
import { encodeStar } from '../../codecs/star/encode.ts';
import { type StarReply, StarStatusDecoder } from '../../codecs/star/status.ts';
import { NOTHING_KNOWN, type PrinterFacts } from '../../printing/tongue.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** A healthy printer answers ESC ACK SOH within milliseconds; a 9600 baud line with a full chunk ahead in 300. */
const QUESTION_MS = 1_000;

export interface StarLinkOptions {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly gb18030: Gb18030;
  /** Called for every reply, after `facts` took it in. */
  readonly onReply: (reply: StarReply) => void;
}

/** Reads a Star printer from the first moment, keeps what it says, and asks it one question at a time. */
export class StarStatusLink {
  facts: PrinterFacts = NOTHING_KNOWN;
  readonly #options: StarLinkOptions;
  #asking: Promise<boolean> | undefined;
  #isUnsent = false;
  #statusCame: () => void = () => undefined;

  constructor(options: StarLinkOptions) {
    this.#options = options;
    void this.#pump();
  }

  /** Writes commands that are no part of a job. Resolves when the printer has taken them. */
  tell(...commands: readonly StarCommand[]): Promise<void> {
    const { transport, gb18030 } = this.#options;
    return transport.write(encodeStar(commands, 'gb18030', gb18030).bytes);
  }

  /**
   * Asks how it is. The manual wants one question at a time, and every status holds the whole state: so the next one
   * answers, whether it was asked for or came by itself.
   */
  look(): Promise<boolean> {
    this.#asking ??= this.#question().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #question(): Promise<boolean> {
    // The one before is still waiting behind a full buffer: another would only pile up behind it.
    if (this.#isUnsent) return false;
    this.#isUnsent = true;
    const sent = () => {
      this.#isUnsent = false;
    };
    this.tell({ op: 'ask-now' }).then(sent, sent);
    return new Promise((resolve) => {
      const cancel = this.#options.timers.after(QUESTION_MS, () => {
        this.#statusCame = () => undefined;
        resolve(false);
      });
      this.#statusCame = () => {
        this.#statusCame = () => undefined;
        cancel();
        resolve(true);
      };
    });
  }

  async #pump(): Promise<void> {
    const decoder = new StarStatusDecoder();
    const reader = this.#options.transport.incoming.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) return;
      for (const reply of decoder.push(value)) this.#take(reply);
    }
  }

  #take(reply: StarReply): void {
    if (reply.kind === 'noise') return;
    if (reply.kind === 'flow') this.#learn({ mayWrite: reply.go });
    else this.#learn({ hasAnswered: true });
    if (reply.kind === 'status') {
      // One that nobody waits for came by itself: with reports on, greeting and question bring two.
      if (this.#asking === undefined) this.#learn({ reports: true });
      this.#learn({
        paper: reply.paper,
        cover: reply.coverOpen ? 'open' : 'closed',
        drawerPin: reply.drawerPinHigh ? 'high' : 'low',
        isOffline: reply.offline,
      });
    }
    this.#options.onReply(reply);
    if (reply.kind === 'status') this.#statusCame();
  }

  #learn(news: Partial<PrinterFacts>): void {
    this.facts = { ...this.facts, ...news };
  }
}
