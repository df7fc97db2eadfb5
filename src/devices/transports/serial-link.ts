import { DeviceError } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import type { Bytes, SerialLine, Transport } from './transport.ts';

/** The part of a SerialPort in use. */
export type SerialDevice = Pick<
  SerialPort,
  'open' | 'close' | 'getInfo' | 'getSignals' | 'readable' | 'writable'
>;

/** Received bytes kept by the browser: replies are short, but a busy page may be late. Its default is 255. */
const BUFFER_BYTES = 16_384;
/** How often a printer that holds DSR low is looked at again, ms: a 9600 baud line carries 48 bytes meanwhile. */
const DSR_POLL_MS = 50;
/** Times a serial read may fail with a line error (parity, framing) and be taken up again before the link counts as lost. */
const LINE_ERRORS_MAX = 100;

/** About a quarter of a second of line time, within what small printers buffer: 256 bytes at 9600, 4 KB at 115200. */
export const chunkBytesAt = (baudRate: number): number =>
  Math.min(4_096, Math.max(256, Math.floor(baudRate / 9_600) * 256));

/** How long a line takes for so many bytes, ms: a start bit, the data bits, a parity bit if any, and the stop bits each. */
export function lineMs(
  bytes: number,
  { baudRate, dataBits = 8, parity = 'none', stopBits = 1 }: SerialLine,
): number {
  const bits = 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits;
  return Math.ceil((bytes * bits * 1_000) / baudRate);
}

/** An open serial line. */
export class SerialLink implements Transport {
  readonly framing = 'stream';
  readonly name = '';
  readonly chunkBytes: number;
  readonly incoming: ReadableStream<Bytes>;
  readonly lost: Promise<void>;
  readonly #port: SerialDevice;
  readonly #line: SerialLine;
  readonly #wait: (ms: number) => Promise<void>;
  #settleLost: () => void = () => undefined;
  #isLost = false;
  #tail: Promise<unknown> = Promise.resolve();
  #writer: WritableStreamDefaultWriter<Bytes> | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #lineErrors = 0;

  private constructor(port: SerialDevice, line: SerialLine, wait: (ms: number) => Promise<void>) {
    this.#port = port;
    this.#line = line;
    this.#wait = wait;
    this.chunkBytes = chunkBytesAt(line.baudRate);
    this.lost = new Promise((resolve) => {
      this.#settleLost = resolve;
    });
    this.incoming = new ReadableStream({ pull: (controller) => this.#read(controller) });
  }

  /** Rejects with `busy` (another program has the port), `no-access` or `lost`. */
  static async open(
    port: SerialDevice,
    line: SerialLine,
    wait: (ms: number) => Promise<void>,
  ): Promise<SerialLink> {
    try {
      await port.open({
        baudRate: line.baudRate,
        bufferSize: BUFFER_BYTES,
        flowControl: line.flow === 'hardware' ? 'hardware' : 'none',
        ...(line.dataBits === undefined ? {} : { dataBits: line.dataBits }),
        ...(line.parity === undefined ? {} : { parity: line.parity }),
        ...(line.stopBits === undefined ? {} : { stopBits: line.stopBits }),
      });
    } catch (cause) {
      throw deviceFailure(cause, 'opening the port', { NetworkError: 'busy', InvalidStateError: 'busy' });
    }
    return new SerialLink(port, line, wait);
  }

  write(bytes: Bytes): Promise<void> {
    const turn = this.#tail.then(() => this.#writeAll(bytes));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.unplugged();
    // The port closes only when nobody holds its streams.
    await this.#reader?.cancel().catch(() => undefined);
    this.#reader?.releaseLock();
    await this.#writer?.abort().catch(() => undefined);
    this.#writer?.releaseLock();
    await this.#port.close().catch(() => undefined);
  }

  /** The bus saw the port go. */
  unplugged(): void {
    this.#isLost = true;
    this.#settleLost();
  }

  async #writeAll(bytes: Bytes): Promise<void> {
    for (let at = 0; at < bytes.length; at += this.chunkBytes) {
      await this.#untilReady();
      const gone = this.lost.then(() => Promise.reject(new DeviceError('lost', 'the port is gone')));
      try {
        this.#writer ??= this.#port.writable?.getWriter();
        if (this.#writer === undefined) throw new DeviceError('lost', 'the port is closed');
        const chunk = bytes.subarray(at, at + this.chunkBytes);
        await Promise.race([this.#writer.write(chunk), gone]);
        if (this.#line.flow === 'paced')
          await Promise.race([this.#wait(lineMs(chunk.length, this.#line)), gone]);
      } catch (cause) {
        const failure = deviceFailure(cause, 'writing to the port', { NetworkError: 'lost' });
        if (failure.code === 'lost') this.unplugged();
        throw failure;
      }
    }
  }

  async #untilReady(): Promise<void> {
    if (this.#isLost) throw new DeviceError('lost', 'the port is gone');
    if (this.#line.flow !== 'dsr') return;
    // Not bounded by a count: the printer may be out of paper for an hour. It ends when it is ready or gone.
    while (!this.#isLost) {
      const signals = await this.#port.getSignals().catch((cause: unknown) => {
        throw deviceFailure(cause, 'reading DSR', { NetworkError: 'lost' });
      });
      if (signals.dataSetReady) return;
      await this.#wait(DSR_POLL_MS);
    }
    throw new DeviceError('lost', 'the port is gone');
  }

  async #read(controller: ReadableStreamDefaultController<Bytes>): Promise<void> {
    while (!this.#isLost && this.#lineErrors < LINE_ERRORS_MAX) {
      try {
        this.#reader ??= this.#port.readable?.getReader();
        if (this.#reader === undefined) break;
        const { value, done } = await this.#reader.read();
        if (done) break;
        if (value.length === 0) continue;
        controller.enqueue(Uint8Array.from(value));
        return;
      } catch {
        // After a parity or framing error the port hands out a fresh stream; after a lost port it hands out none.
        this.#lineErrors += 1;
        this.#reader?.releaseLock();
        this.#reader = undefined;
      }
    }
    this.unplugged();
    controller.close();
  }
}
