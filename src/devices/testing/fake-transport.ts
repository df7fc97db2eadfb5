import { DeviceError } from '../errors.ts';
import type { Bytes, Transport } from '../transports/transport.ts';

/** An in-memory link: `answer` gets each write and returns the chunks that the device sends back. */
export class FakeTransport implements Transport {
  readonly framing = 'stream';
  readonly name = 'fake';
  readonly chunkBytes: number;
  readonly written: Bytes[] = [];
  readonly incoming: ReadableStream<Bytes>;
  readonly lost: Promise<void>;
  isClosed = false;
  #unplug: () => void = () => undefined;
  #isLost = false;
  #out: ReadableStreamDefaultController<Bytes> | undefined;
  readonly #answer: (bytes: Bytes) => readonly Bytes[];

  constructor(answer: (bytes: Bytes) => readonly Bytes[], chunkBytes = 4_096) {
    this.#answer = answer;
    this.chunkBytes = chunkBytes;
    this.incoming = new ReadableStream({
      start: (controller) => {
        this.#out = controller;
      },
    });
    this.lost = new Promise((resolve) => {
      this.#unplug = resolve;
    });
  }

  async write(bytes: Bytes): Promise<void> {
    if (this.#isLost) throw new DeviceError('lost', 'fake link is gone');
    this.written.push(bytes);
    for (const chunk of this.#answer(bytes)) this.say(chunk);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.unplug();
  }

  say(chunk: Bytes): void {
    this.#out?.enqueue(chunk);
  }

  unplug(): void {
    this.#isLost = true;
    this.#unplug();
  }
}
