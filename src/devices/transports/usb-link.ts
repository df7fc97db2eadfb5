import { DeviceError } from '../errors.ts';
import { dropLine, raiseLine } from './cdc-line.ts';
import { deviceFailure } from './failure.ts';
import type { Bytes, SerialLine, Transport } from './transport.ts';
import type { BulkPipes, CdcPipes, UsbDevice } from './usb-interface.ts';

/** Bytes per transfer: small enough that a stop is seen within a second of paper, large enough to cost nothing. */
export const USB_CHUNK_BYTES = 4_096;
/** Reads that bring nothing before the pipe counts as broken: a device that answers 'stall' for ever would spin. */
const EMPTY_READS_MAX = 1_000;

/** Open, claimed bulk pipes of a USB device: a printer, or a serial line by CDC-ACM. */
export class UsbLink implements Transport {
  readonly framing: 'packet' | 'stream';
  readonly chunkBytes = USB_CHUNK_BYTES;
  readonly name: string;
  readonly incoming: ReadableStream<Bytes>;
  readonly lost: Promise<void>;
  readonly #device: UsbDevice;
  readonly #pipes: BulkPipes;
  readonly #cdc: CdcPipes | undefined;
  #settleLost: () => void = () => undefined;
  #isLost = false;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(device: UsbDevice, pipes: BulkPipes, cdc?: CdcPipes) {
    this.#device = device;
    this.#pipes = pipes;
    this.#cdc = cdc;
    this.framing = cdc === undefined ? 'packet' : 'stream';
    this.name = [device.manufacturerName, device.productName].filter(Boolean).join(' ').trim();
    this.lost = new Promise((resolve) => {
      this.#settleLost = resolve;
    });
    this.incoming = new ReadableStream({ pull: (controller) => this.#read(controller) });
  }

  /** Opens and claims. Rejects with `busy` (another tab or program), `no-access` (the system's driver) or `lost`. */
  static async open(device: UsbDevice, pipes: BulkPipes): Promise<UsbLink> {
    await claim(device, pipes, [pipes.interfaceNumber]);
    return new UsbLink(device, pipes);
  }

  /** Opens a CDC-ACM line, with both of its interfaces claimed. Rejects like `open`. */
  static async openLine(device: UsbDevice, pipes: CdcPipes, line: SerialLine): Promise<UsbLink> {
    await claim(device, pipes, [pipes.controlInterface, pipes.interfaceNumber]);
    try {
      await raiseLine(device, pipes, line);
    } catch (cause) {
      await device.close().catch(() => undefined);
      throw cause;
    }
    return new UsbLink(device, pipes, pipes);
  }

  write(bytes: Bytes): Promise<void> {
    const turn = this.#tail.then(() => this.#writeAll(bytes));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.unplugged();
    if (this.#cdc !== undefined) {
      await dropLine(this.#device, this.#cdc);
      await this.#device.releaseInterface(this.#cdc.controlInterface).catch(() => undefined);
    }
    await this.#device.releaseInterface(this.#pipes.interfaceNumber).catch(() => undefined);
    await this.#device.close().catch(() => undefined);
  }

  /** The bus saw the device go. */
  unplugged(): void {
    this.#isLost = true;
    this.#settleLost();
  }

  async #writeAll(bytes: Bytes): Promise<void> {
    for (let at = 0; at < bytes.length; at += USB_CHUNK_BYTES) {
      const result = await this.#transfer(bytes.subarray(at, at + USB_CHUNK_BYTES));
      if (result.status !== 'stall') continue;
      // Chromium calls all of a stalled transfer written (`npm run lab`). What was taken of it is not known, so nothing is said
      // again: an order could be taken twice. The pipe is cleared for whatever comes next.
      await this.#device.clearHalt('out', this.#pipes.out.endpointNumber).catch(() => undefined);
      throw new DeviceError('protocol', 'the device stalled its pipe');
    }
    // USB 2.0 section 5.8.3: a transfer ends with a short packet; a full last packet leaves some printers waiting. A serial line
    // has no ends to be seen: no system sends empty packets to it, and small firmware takes one for a fault.
    const isFull = bytes.length > 0 && bytes.length % this.#pipes.out.packetSize === 0;
    if (isFull && this.#cdc === undefined) await this.#transfer(new Uint8Array(0));
  }

  async #transfer(bytes: Bytes): Promise<{ bytesWritten: number; status?: string | undefined }> {
    if (this.#isLost) throw new DeviceError('lost', 'the device is gone');
    const gone = this.lost.then(() => Promise.reject(new DeviceError('lost', 'the device is gone')));
    try {
      return await Promise.race([this.#device.transferOut(this.#pipes.out.endpointNumber, bytes), gone]);
    } catch (cause) {
      const failure = deviceFailure(cause, 'writing to the device', { NetworkError: 'lost' });
      if (failure.code === 'lost') this.unplugged();
      throw failure;
    }
  }

  async #read(controller: ReadableStreamDefaultController<Bytes>): Promise<void> {
    const pipe = this.#pipes.in;
    if (pipe === undefined) {
      await this.lost;
      controller.close();
      return;
    }
    for (let empty = 0; empty < EMPTY_READS_MAX && !this.#isLost; empty += 1) {
      try {
        const result = await this.#device.transferIn(pipe.endpointNumber, pipe.packetSize);
        if (result.status === 'stall') await this.#device.clearHalt('in', pipe.endpointNumber);
        const data = result.data;
        if (data !== undefined && data.byteLength > 0) {
          // A copy: the view may be on memory that the next transfer reuses.
          controller.enqueue(Uint8Array.from({ length: data.byteLength }, (_, at) => data.getUint8(at)));
          return;
        }
      } catch {
        break;
      }
    }
    this.unplugged();
    controller.close();
  }
}

async function claim(device: UsbDevice, pipes: BulkPipes, interfaces: readonly number[]): Promise<void> {
  try {
    if (!device.opened) await device.open();
    if (device.configuration?.configurationValue !== pipes.configurationValue) {
      await device.selectConfiguration(pipes.configurationValue);
    }
    for (const number of interfaces) await device.claimInterface(number);
    if (pipes.alternateSetting !== 0) {
      await device.selectAlternateInterface(pipes.interfaceNumber, pipes.alternateSetting);
    }
  } catch (cause) {
    await device.close().catch(() => undefined);
    throw deviceFailure(cause, 'opening the device', { NetworkError: 'busy', InvalidStateError: 'busy' });
  }
}
