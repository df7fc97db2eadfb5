import { encodeNeo2, Neo2Decoder, type Neo2Frame, type Neo2Piece } from '../../codecs/neo2/frame.ts';
import { Neo2ReportDecoder, neo2Reports } from '../../codecs/neo2/reports.ts';
import { DeviceError } from '../../errors.ts';
import type { Timers } from '../../timers.ts';
import type { Link } from '../../transports/transport.ts';

/** How long a reader may take to answer a question that no customer is needed for, ms. */
export const ANSWER_MS = 3_000;
const OK = 0x00;

type Waiting = { readonly command: number; readonly answered: (frame: Neo2Frame) => void };

/**
 * Frames on one link, HID or serial. An answer names its command and nothing else: one question at a time, and what nobody
 * has asked for goes to `onFrame`. What came in is wiped when it was read.
 */
export class Neo2Exchange {
  readonly #link: Link;
  readonly #timers: Timers;
  readonly #onFrame: (frame: Neo2Frame) => void;
  #waiting: Waiting | undefined;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(link: Link, timers: Timers, onFrame: (frame: Neo2Frame) => void) {
    this.#link = link;
    this.#timers = timers;
    this.#onFrame = onFrame;
    void this.#pump();
  }

  /** Asks. Rejects with DeviceError: `refused` for any status but OK, `timeout`, `lost`. */
  request(frame: Neo2Frame): Promise<Neo2Frame> {
    const turn = this.#tail.then(() => this.#exchange(frame));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  /** Sends a command whose answer a customer keeps waiting: it comes to `onFrame`. Rejects with DeviceError. */
  send(frame: Neo2Frame): Promise<void> {
    const turn = this.#tail.then(() => this.#write(frame));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #exchange(frame: Neo2Frame): Promise<Neo2Frame> {
    const lost = this.#link.lost.then(() => Promise.reject(new DeviceError('lost', 'the reader is gone')));
    let stop: () => void = () => undefined;
    const answer = new Promise<Neo2Frame>((resolve, reject) => {
      this.#waiting = { command: frame.command, answered: resolve };
      stop = this.#timers.after(ANSWER_MS, () =>
        reject(new DeviceError('timeout', 'the reader does not answer')),
      );
    });
    try {
      await Promise.race([this.#write(frame), answer, lost]);
      const answered = await Promise.race([answer, lost]);
      if (answered.code === OK) return answered;
      throw new DeviceError('refused', `command ${frame.command.toString(16)}: status ${answered.code}`);
    } finally {
      stop();
      this.#waiting = undefined;
    }
  }

  async #write(frame: Neo2Frame): Promise<void> {
    const bytes = encodeNeo2(frame);
    if (this.#link.framing !== 'report') return this.#link.write(bytes);
    for (const report of neo2Reports(bytes)) await this.#link.write(report);
  }

  async #pump(): Promise<void> {
    try {
      if (this.#link.framing === 'report') {
        const decoder = new Neo2ReportDecoder();
        for await (const report of pieces(this.#link.incoming)) {
          this.#hear(decoder.push(report));
          report.data.fill(0);
        }
      } else {
        const decoder = new Neo2Decoder();
        for await (const chunk of pieces(this.#link.incoming)) {
          this.#hear(decoder.push(chunk));
          chunk.fill(0);
        }
      }
    } catch {
      // The link says by `lost` what there is to say.
    }
  }

  #hear(heard: readonly Neo2Piece[]): void {
    for (const piece of heard) {
      // What the till itself says may come back on some serial lines: it is no answer.
      if (piece.kind !== 'frame' || piece.frame.direction === 'command') continue;
      const { frame } = piece;
      if (this.#waiting?.command === frame.command) this.#waiting.answered(frame);
      else {
        this.#onFrame(frame);
        frame.data.fill(0);
      }
    }
  }
}

/** A stream as something to loop over; browsers' streams are not everywhere. */
async function* pieces<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
