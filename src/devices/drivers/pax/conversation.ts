import { type PaxReply, takePaxReply } from '../../codecs/pax/message.ts';
import type { Sent } from '../../codecs/stx-link/acked-link.ts';
import { encodeStx, StxDecoder } from '../../codecs/stx-link/frame.ts';
import { Inbox } from '../../inbox.ts';
import { AckedLine } from '../../terminals/acked-line.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** Wait for an acknowledgement, ms. A terminal that is not at rest gives none. */
const ACK_MS = 3_000;
/** Longer than any pause within a reply at 9600 baud, ms. */
const PAUSE_MS = 500;
/** Without an acknowledgement the reply is waited for a little, and doubted for ever, ms. */
const DOUBT_MS = 10_000;

export interface PaxAsk {
  /** From `encodePax` and its relatives: nothing else may be sent. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** The command that answers: T01 for T00. */
  readonly reply: string;
  readonly ms: number;
  /** It moves money: said once, unless the terminal refuses the frame itself. */
  readonly movesMoney: boolean;
  /** True for a reply that is surely to this question; false for one that is surely not. Absent: any of the right command. */
  readonly isMine?: (reply: PaxReply) => boolean | undefined;
  readonly onTaken?: () => void;
  readonly signal?: AbortSignal;
}

/** `unsent`: the terminal has refused every try, so it was surely not taken. */
export type PaxEnd = PaxReply | 'unsent' | 'silent' | 'timeout' | 'lost' | 'stopped';

/** One question and its reply at a time. Late replies to earlier questions are acknowledged and left aside. */
export class PaxConversation {
  readonly #line: AckedLine;
  readonly #inbox: Inbox<PaxReply>;

  constructor(transport: Transport, timers: Timers) {
    this.#inbox = new Inbox(timers);
    void transport.lost.then(() => this.#inbox.close());
    this.#line = new AckedLine({
      transport,
      timers,
      decoder: new StxDecoder(),
      ackMs: ACK_MS,
      pauseMs: PAUSE_MS,
      onFrame: (body) => {
        const reply = takePaxReply(body);
        if (reply !== undefined) this.#inbox.put(reply);
      },
    });
  }

  /** Never rejects. */
  async ask(asked: PaxAsk): Promise<PaxEnd> {
    this.#inbox.clear();
    const isMine = asked.isMine ?? (() => undefined);
    const sent = await this.#line.send(encodeStx(asked.body), !asked.movesMoney, (how) => {
      // What came before the acknowledgement was said before the question was read, unless it names it.
      if (how === 'acknowledged') this.#inbox.clear((reply) => isMine(reply) === true);
    });
    if (sent === 'refused') return 'unsent';
    if (sent === 'lost') return 'lost';
    if (sent === 'acknowledged') asked.onTaken?.();
    const fits = (reply: PaxReply): boolean => reply.command === asked.reply && isMine(reply) !== false;
    const end = await this.#inbox.next(sent === 'silent' ? DOUBT_MS : asked.ms, fits, asked.signal);
    return end === 'timeout' && sent === 'silent' ? 'silent' : end;
  }

  /** The reply to a question that was put before and is still awaited. */
  async more(asked: PaxAsk, ms: number): Promise<PaxEnd> {
    return this.#inbox.next(ms, (reply) => reply.command === asked.reply && asked.isMine?.(reply) !== false);
  }

  /** Says something that has no reply. */
  tell(body: Uint8Array<ArrayBuffer>): Promise<Sent | 'lost'> {
    return this.#line.send(encodeStx(body), true);
  }
}
