import { decodeApdu, encodeApdu, type ZvtApdu } from '../../codecs/zvt/apdu.ts';
import { encodeZvtFrame, ZvtDecoder } from '../../codecs/zvt/frame.ts';
import {
  abortCode,
  takeStatus,
  ZVT,
  ZVT_OK,
  ZVT_RESULTS,
  ZVT_UNSUPPORTED,
  type ZvtStatus,
} from '../../codecs/zvt/message.ts';
import { Inbox } from '../../inbox.ts';
import { AckedLine } from '../../terminals/acked-line.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** T3: wait for an acknowledgement, ms (facts: devices 3.5). */
const ACK_MS = 5_000;
/** T1 is 200 ms between two bytes; a busy page may see them later, ms. */
const PAUSE_MS = 500;
/** The reply to a command comes at once; the terminal may first repeat a frame of its own, ms. */
const REPLY_MS = 10_000;
/** Reports of one command: a long receipt line by line, and a customer who takes his time. */
const REPORTS_MAX = 2_000;
/** What the terminal says while nobody asked it: receipts of an end of day at night. It is acknowledged and forgotten. */
const REPORTS: readonly number[] = [
  ZVT.intermediate,
  ZVT.status,
  ZVT.printLine,
  ZVT.printText,
  ZVT.completed,
  ZVT.aborted,
];

/** How a command ended. `taken`: the terminal had said that it works on it. `status`: what 04 0F said on the way. */
export type ZvtEnd =
  | { readonly kind: 'completed'; readonly status?: ZvtStatus; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'aborted'; readonly code: number; readonly status?: ZvtStatus }
  /** It said no at once: nothing began. */
  | { readonly kind: 'refused'; readonly code: number }
  /** Surely not taken. */
  | { readonly kind: 'unsent' }
  | {
      readonly kind: 'unknown';
      readonly why: 'silent' | 'timeout' | 'lost';
      readonly taken: boolean;
      readonly status?: ZvtStatus;
    };

export interface ZvtAsk {
  readonly command: ZvtApdu;
  /** It moves money: said once, unless the terminal refuses the frame itself. */
  readonly movesMoney: boolean;
  /** Longest pause between two signs of life, ms. */
  readonly quietMs: number;
  /** Called once when the terminal says that it works on it. */
  readonly onTaken?: () => void;
  /** Sends an abort (06 B0) when it fires, and gives the terminal `stopMs` to come to an end. */
  readonly signal?: AbortSignal;
  readonly stopMs?: number;
}

/** One command at a time: reply, reports on the way, completion or abort; each report is answered. */
export class ZvtConversation {
  readonly #line: AckedLine;
  readonly #inbox: Inbox<ZvtHeard>;
  #isAsking = false;

  constructor(transport: Transport, timers: Timers) {
    this.#inbox = new Inbox(timers);
    void transport.lost.then(() => this.#inbox.close());
    this.#line = new AckedLine({
      transport,
      timers,
      decoder: new ZvtDecoder(),
      ackMs: ACK_MS,
      pauseMs: PAUSE_MS,
      onFrame: (body) => this.#heard(body),
    });
  }

  /** Never rejects. The next call waits for nothing: the caller asks one thing at a time. */
  async ask(asked: ZvtAsk): Promise<ZvtEnd> {
    this.#isAsking = true;
    this.#inbox.clear();
    try {
      const sent = await this.#line.send(frameOf(asked.command), !asked.movesMoney);
      if (sent === 'refused') return { kind: 'unsent' };
      if (sent === 'lost') return { kind: 'unknown', why: 'lost', taken: false };
      return await this.#course(asked, sent === 'silent');
    } finally {
      this.#isAsking = false;
    }
  }

  async #course(asked: ZvtAsk, isDoubtful: boolean): Promise<ZvtEnd> {
    let taken = false;
    let status: ZvtStatus | undefined;
    let isStopping = false;
    const so = () => (status === undefined ? {} : { status });
    for (let reports = 0; reports < REPORTS_MAX; reports += 1) {
      const ms = isStopping ? (asked.stopMs ?? asked.quietMs) : taken ? asked.quietMs : REPLY_MS;
      const heard = await this.#inbox.next(ms, undefined, isStopping ? undefined : asked.signal);
      if (heard === 'stopped') {
        isStopping = true;
        // Not waited for: the end of the payment says more than the answer to the abort.
        void this.#line.send(frameOf({ command: ZVT.abort, data: new Uint8Array() }), true);
        continue;
      }
      if (heard === 'lost') return { kind: 'unknown', why: 'lost', taken, ...so() };
      if (heard === 'timeout')
        return { kind: 'unknown', why: isDoubtful && !taken ? 'silent' : 'timeout', taken, ...so() };
      if (!taken) {
        // A report before the reply belongs to an earlier command: it is not taken for this one's.
        if (heard.kind !== 'reply') continue;
        // "Please wait" may be a refusal or the beginning of a payment: where money moves it settles nothing.
        if (heard.code === ZVT_RESULTS.pleaseWait && asked.movesMoney) continue;
        if (!heard.isGood) return { kind: 'refused', code: heard.code };
        taken = true;
        asked.onTaken?.();
        continue;
      }
      if (heard.kind === 'status') status = heard.status;
      if (heard.kind === 'completed') return { kind: 'completed', data: heard.data, ...so() };
      if (heard.kind === 'aborted') return { kind: 'aborted', code: heard.code, ...so() };
    }
    return { kind: 'unknown', why: 'timeout', taken, ...so() };
  }

  #heard(body: Uint8Array<ArrayBuffer>): void {
    const apdu = decodeApdu(body);
    body.fill(0); // It may have held card data, and `apdu` has its own copy.
    if (apdu === undefined) return;
    const heard = heardOf(apdu);
    const isReply = heard?.kind === 'reply';
    if (!isReply) this.#reply(REPORTS.includes(apdu.command) ? ZVT_OK : ZVT_UNSUPPORTED);
    // A late report of an earlier command is answered, and read by nobody: an inquiry finds out.
    if (heard !== undefined && this.#isAsking) this.#inbox.put(heard);
  }

  #reply(apdu: ZvtApdu): void {
    void this.#line.send(frameOf(apdu), true);
  }
}

type ZvtHeard =
  | { readonly kind: 'reply'; readonly isGood: boolean; readonly code: number }
  | { readonly kind: 'status'; readonly status: ZvtStatus }
  | { readonly kind: 'progress' }
  | { readonly kind: 'completed'; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'aborted'; readonly code: number };

/** Undefined for what a till does not know. */
function heardOf({ command, data }: ZvtApdu): ZvtHeard | undefined {
  const code = command & 0xff;
  if (command >> 8 === 0x80) return { kind: 'reply', isGood: true, code };
  if (command >> 8 === 0x84) return { kind: 'reply', isGood: code === ZVT_RESULTS.ok, code };
  switch (command) {
    case ZVT.status:
      return { kind: 'status', status: takeStatus(data) };
    case ZVT.completed:
      return { kind: 'completed', data };
    case ZVT.aborted:
      return { kind: 'aborted', code: abortCode(data) };
    case ZVT.intermediate:
    case ZVT.printLine:
    case ZVT.printText:
      return { kind: 'progress' };
    default:
      return undefined;
  }
}

const frameOf = (apdu: ZvtApdu): Uint8Array<ArrayBuffer> => encodeZvtFrame(encodeApdu(apdu));
