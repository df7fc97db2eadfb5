import type { MmsCommand } from '../../codecs/mms/commands.ts';
import { decodeMms, encodeMms, type MmsMessage, mmsStatus } from '../../codecs/mms/message.ts';
import { MmsReportDecoder, mmsReports } from '../../codecs/mms/reports.ts';
import { DeviceError } from '../../errors.ts';
import type { Timers } from '../../timers.ts';
import type { Report, ReportLink } from '../../transports/transport.ts';

/** How long a reader may take to take a command, ms. What it then does is told by notifications. */
export const ANSWER_MS = 3_000;
const REPORT_ID = 0;
const REFS = 256;

type Waiting = {
  readonly command: number;
  readonly ref: number;
  readonly answered: (message: MmsMessage) => void;
};

/**
 * One command at a time on one link. An answer carries the reference of its command: one that comes late, or twice, is for
 * nobody. What came in is wiped as soon as it was read.
 */
export class MmsExchange {
  readonly #link: ReportLink;
  readonly #timers: Timers;
  readonly #onNotification: (message: MmsMessage) => void;
  readonly #decoder = new MmsReportDecoder();
  #waiting: Waiting | undefined;
  #ref = 0;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(link: ReportLink, timers: Timers, onNotification: (message: MmsMessage) => void) {
    this.#link = link;
    this.#timers = timers;
    this.#onNotification = onNotification;
    void this.#pump(link.incoming.getReader());
  }

  /**
   * The answer, `done` or `running`. Rejects with DeviceError: `refused` when the reader says no, `timeout` when it says
   * nothing, `lost`.
   */
  request(command: MmsCommand): Promise<MmsMessage> {
    const turn = this.#tail.then(() => this.#exchange(command));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #exchange({ command, payload }: MmsCommand): Promise<MmsMessage> {
    this.#ref = (this.#ref + 1) % REFS;
    const ref = this.#ref;
    const lost = this.#link.lost.then(() => Promise.reject(new DeviceError('lost', 'the reader is gone')));
    let stop: () => void = () => undefined;
    const answer = new Promise<MmsMessage>((resolve, reject) => {
      this.#waiting = { command, ref, answered: resolve };
      stop = this.#timers.after(ANSWER_MS, () =>
        reject(new DeviceError('timeout', 'the reader does not answer')),
      );
    });
    try {
      const message = encodeMms({ type: 'request', ref, command, payload });
      await Promise.race([this.#write(message), answer, lost]);
      const answered = await Promise.race([answer, lost]);
      const status = mmsStatus(answered);
      if (status === 'done' || status === 'running') return answered;
      throw new DeviceError('refused', `command ${command.toString(16)}: ${status}`);
    } finally {
      stop();
      this.#waiting = undefined;
    }
  }

  async #write(message: Uint8Array): Promise<void> {
    for (const data of mmsReports(message)) await this.#link.write({ id: REPORT_ID, data });
  }

  async #pump(reader: ReadableStreamDefaultReader<Report>): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        for (const piece of this.#decoder.push(value.data)) {
          if (piece.kind !== 'message') continue;
          this.#hear(piece.bytes);
        }
        value.data.fill(0);
      }
    } catch {
      // The link says by `lost` what there is to say.
    }
  }

  #hear(bytes: Uint8Array<ArrayBuffer>): void {
    const message = decodeMms(bytes);
    if (message?.type === 'notification') {
      this.#onNotification(message);
      // A notification may be a card: nothing of it stays behind.
      bytes.fill(0);
    }
    const waiting = this.#waiting;
    if (message?.type !== 'response' || waiting === undefined) return;
    if (message.ref === waiting.ref && message.command === waiting.command) waiting.answered(message);
  }
}
