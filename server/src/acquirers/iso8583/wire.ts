import { asksForSignIn, type Heard } from './answers.ts';
import { Iso8583Codec, type IsoFields, type IsoMessage } from './codec.ts';
import { UNIONPAY_FIELDS } from './fields.ts';
import { type Frame, writeFrame } from './frame.ts';
import { Iso8583Error } from './iso8583-error.ts';
import type { TerminalKeys } from './keys/terminal-keys.ts';
import type { HostLink } from './link.ts';

const MAC_FIELD = 64;
const MAC_BYTES = 8;
const EMPTY_MAC = '00'.repeat(MAC_BYTES);
/** The eighth digit of the header of an answer: what the host wants the terminal to do. */
const REQUEST_DIGIT = 7;
const SIGN_IN_AGAIN = '3';

export interface WireParts {
  readonly link: HostLink;
  readonly keys: TerminalKeys;
  readonly tpdu: string;
  readonly header: string;
  readonly connectMs: number;
  readonly answerMs: number;
}

export interface Request {
  readonly mti: string;
  readonly fields: IsoFields;
  /** Financial messages and reversals carry a MAC; sign-in and settlement do not. */
  readonly sealed: boolean;
}

/** Turns messages into frames and answers into what was heard. Knows MACs and matching, not what a message means. */
export class Wire {
  readonly #parts: WireParts;
  readonly #codec = new Iso8583Codec(UNIONPAY_FIELDS);
  /** The host has asked for a sign-in, or cannot be trusted with the keys there are. */
  needsSignIn = false;

  constructor(parts: WireParts) {
    this.#parts = parts;
  }

  /** Makes the bytes of a request. Throws Iso8583Error and KeyError: then nothing was sent. */
  frame(request: Request): Buffer {
    const { tpdu, header, keys } = this.#parts;
    const fields = request.sealed ? { ...request.fields, [MAC_FIELD]: EMPTY_MAC } : request.fields;
    const message = this.#codec.pack({ mti: request.mti, fields });
    if (request.sealed) message.set(keys.mac(message.subarray(0, -MAC_BYTES)), message.length - MAC_BYTES);
    return writeFrame({ tpdu, header, message });
  }

  /** Whether there is a connection now; makes one if not. */
  open(signal: AbortSignal): Promise<boolean> {
    return this.#parts.link.open(this.#parts.connectMs, signal);
  }

  /** Sends what `frame` made and waits for its answer: message type + 10, same trace, same terminal. */
  async send(bytes: Uint8Array, request: Request, signal: AbortSignal): Promise<Heard> {
    const { link, answerMs } = this.#parts;
    const frame = await link.exchange(bytes, (each) => this.#answers(each, request), {
      ms: answerMs,
      signal,
    });
    if (frame === undefined) return { kind: 'silence', reason: 'no-answer' };
    const heard = this.read(frame, request.sealed);
    const isAsked = heard.kind === 'answer' && asksForSignIn(heard.message, heard.authentic);
    const isForged = heard.kind === 'silence' && heard.reason === 'bad-mac';
    if (isAsked || isForged || frame.header.charAt(REQUEST_DIGIT) === SIGN_IN_AGAIN) this.needsSignIn = true;
    return heard;
  }

  /** What a frame says. An answer without a MAC is not authentic; one with a wrong MAC is no answer at all. */
  read(frame: Frame, isSealed: boolean): Heard {
    const message = this.#unpacked(frame);
    if (message === undefined) return { kind: 'silence', reason: 'malformed-answer' };
    if (!isSealed) return { kind: 'answer', message, authentic: true };
    const mac = message.fields[MAC_FIELD];
    if (mac === undefined) return { kind: 'answer', message, authentic: false };
    const covered = frame.message.subarray(0, -MAC_BYTES);
    return this.#parts.keys.verifies(covered, Buffer.from(mac, 'hex'))
      ? { kind: 'answer', message, authentic: true }
      : { kind: 'silence', reason: 'bad-mac' };
  }

  /** A frame that cannot be read counts as the answer: nothing else of ours is under way on this line. */
  #answers(frame: Frame, request: Request): boolean {
    const message = this.#unpacked(frame);
    if (message === undefined) return true;
    const { fields } = request;
    return (
      message.mti === answerType(request.mti) &&
      message.fields[11] === fields[11] &&
      message.fields[41] === fields[41]
    );
  }

  #unpacked(frame: Frame): IsoMessage | undefined {
    try {
      return this.#codec.unpack(frame.message);
    } catch (error) {
      if (error instanceof Iso8583Error) return undefined;
      throw error;
    }
  }
}

/** 0210 for 0200. */
export const answerType = (mti: string): string => String(Number(mti) + 10).padStart(4, '0');
