import type { EscPosCommand, IdentityField, RealtimeSubject } from '../../codecs/escpos/command.ts';
import { encodeEscPos } from '../../codecs/escpos/encode.ts';
import {
  type PrinterReply,
  readOfflineByte,
  readPaperByte,
  readPrinterByte,
  StatusDecoder,
} from '../../codecs/escpos/status.ts';
import type { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import { NOTHING_KNOWN, type PrinterFacts } from '../../printing/tongue.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** A healthy printer answers a real-time question within milliseconds; a 9600 baud line with a full chunk ahead in 300. */
const QUESTION_MS = 1_000;

export interface StatusLinkOptions {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly gb18030: Gb18030;
  /** Called for every reply, after `facts` took it in. */
  readonly onReply: (reply: PrinterReply) => void;
}

/** Reads the printer from the first moment, keeps what it says, and asks it questions one at a time. */
export class StatusLink {
  facts: PrinterFacts = NOTHING_KNOWN;
  readonly #options: StatusLinkOptions;
  /** Questions whose answer has not come in time. A late answer must not be read as the answer to a newer question. */
  #owed = 0;
  #received: number[] | undefined;
  #wake: () => void = () => undefined;
  #asking: Promise<unknown> = Promise.resolve();
  #unsent = 0;
  #introduced: (text: string) => void = () => undefined;

  constructor(options: StatusLinkOptions) {
    this.#options = options;
    void this.#pump();
  }

  /** Writes a command that is no part of a job. Resolves when the printer has taken it. */
  tell(command: EscPosCommand): Promise<void> {
    const { bytes } = encodeEscPos([command], 'gb18030', this.#options.gb18030);
    return this.#options.transport.write(bytes);
  }

  /**
   * Asks one thing of who it is, in the moment that `turn` gives. The answer does not say to what, so the next question waits for
   * it. Resolves to false when none came in time. Never rejects.
   */
  async identify(
    what: Exclude<IdentityField, 'font'>,
    turn: (write: () => Promise<void>) => Promise<void>,
  ): Promise<boolean> {
    const text = new Promise<string>((resolve) => {
      this.#introduced = resolve;
    });
    try {
      await turn(() => this.tell({ op: 'identify', what }));
    } catch {
      return false;
    }
    let cancel = (): void => undefined;
    const late = new Promise<undefined>((resolve) => {
      cancel = this.#options.timers.after(QUESTION_MS, () => resolve(undefined));
    });
    const told = await Promise.race([text, late]);
    cancel();
    this.#introduced = () => undefined;
    if (told === undefined) return false;
    if (what === 'model') this.#learn({ model: told });
    else this.#learn({ health: { ...this.facts.health, [what]: told } });
    return true;
  }

  /** Asks why nothing moves: DLE EOT 1, 2, 4. Resolves to true when at least one question was answered. */
  async look(): Promise<boolean> {
    const printer = await this.#ask('printer');
    if (printer !== undefined) {
      const { drawerPinHigh, offline } = readPrinterByte(printer);
      this.#learn({ drawerPin: drawerPinHigh ? 'high' : 'low', isOffline: offline });
    }
    const cause = await this.#ask('offline');
    if (cause !== undefined) {
      const { coverOpen, paperEnd } = readOfflineByte(cause);
      this.#learn({ cover: coverOpen ? 'open' : 'closed', ...(paperEnd ? { paper: 'end' as const } : {}) });
    }
    const paper = await this.#ask('paper');
    if (paper !== undefined) this.#learn({ paper: readPaperByte(paper) });
    return printer !== undefined || cause !== undefined || paper !== undefined;
  }

  #ask(about: RealtimeSubject): Promise<number | undefined> {
    const turn = this.#asking.then(() => this.#question(about));
    this.#asking = turn.catch(() => undefined);
    return turn;
  }

  async #question(about: RealtimeSubject): Promise<number | undefined> {
    // The one before is still waiting behind a full buffer: another would only pile up behind it.
    if (this.#unsent > 0) return undefined;
    const wanted = this.#owed + 1;
    const received: number[] = [];
    this.#received = received;
    this.#unsent += 1;
    const sent = () => {
      this.#unsent -= 1;
    };
    this.tell({ op: 'ask-now', about }).then(sent, sent);
    await new Promise<void>((resolve) => {
      const cancel = this.#options.timers.after(QUESTION_MS, resolve);
      this.#wake = () => {
        if (received.length < wanted) return;
        cancel();
        resolve();
      };
    });
    this.#received = undefined;
    this.#owed = Math.max(0, wanted - received.length);
    return this.#owed === 0 ? received.at(-1) : undefined;
  }

  async #pump(): Promise<void> {
    const decoder = new StatusDecoder();
    const reader = this.#options.transport.incoming.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }));
      if (done || value === undefined) return;
      for (const reply of decoder.push(value)) this.#take(reply);
    }
  }

  #take(reply: PrinterReply): void {
    if (reply.kind === 'noise') return;
    if (reply.kind === 'flow') this.#learn({ mayWrite: reply.go });
    else this.#learn({ hasAnswered: true });
    if (reply.kind === 'identity') this.#introduced(reply.text.trim());
    if (reply.kind === 'status') {
      this.#learn({
        reports: true,
        paper: reply.paper,
        cover: reply.coverOpen ? 'open' : 'closed',
        drawerPin: reply.drawerPinHigh ? 'high' : 'low',
        isOffline: reply.offline,
      });
    }
    if (reply.kind === 'realtime') {
      if (this.#received === undefined) this.#owed = Math.max(0, this.#owed - 1);
      else this.#received.push(reply.byte);
      this.#wake();
    }
    this.#options.onReply(reply);
  }

  #learn(news: Partial<PrinterFacts>): void {
    this.facts = { ...this.facts, ...news };
  }
}
