import { DeviceError } from '../errors.ts';
import { deviceFailure } from './failure.ts';
import type { Bytes, Transport } from './transport.ts';
import type { PrinterInterface, UsbDevice } from './usb-interface.ts';

/** Bytes per transfer: small enough that a stop is seen within a second of paper, large enough to cost nothing. */
export const USB_CHUNK_BYTES = 4_096;
/** A pipe that stalls again after this many clearings in one write is broken. */
const STALLS_MAX = 3;
/** Reads that bring nothing before the pipe counts as broken: a device that answers 'stall' for ever would spin. */
const EMPTY_READS_MAX = 1_000;

/** An open, claimed USB printer interface. */
export class UsbLink implements Transport {
  readonly framing = 'packet';
  readonly chunkBytes = USB_CHUNK_BYTES;
  readonly name: string;
  readonly incoming: ReadableStream<Bytes>;
  readonly lost: Promise<void>;
  readonly #device: UsbDevice;
  readonly #pipes: PrinterInterface;
  #settleLost: () => void = () => undefined;
  #isLost = false;
  #tail: Promise<unknown> = Promise.resolve();

  private constructor(device: UsbDevice, pipes: PrinterInterface) {
    this.#device = device;
    this.#pipes = pipes;
    this.name = [device.manufacturerName, device.productName].filter(Boolean).join(' ').trim();
    this.lost = new Promise((resolve) => {
      this.#settleLost = resolve;
    });
    this.incoming = new ReadableStream({ pull: (controller) => this.#read(controller) });
  }

  /** Opens and claims. Rejects with `busy` (another tab or program), `no-access` (the system's driver) or `lost`. */
  static async open(device: UsbDevice, pipes: PrinterInterface): Promise<UsbLink> {
    try {
      if (!device.opened) await device.open();
      if (device.configuration?.configurationValue !== pipes.configurationValue) {
        await device.selectConfiguration(pipes.configurationValue);
      }
      await device.claimInterface(pipes.interfaceNumber);
      if (pipes.alternateSetting !== 0) {
        await device.selectAlternateInterface(pipes.interfaceNumber, pipes.alternateSetting);
      }
    } catch (cause) {
      await device.close().catch(() => undefined);
      throw deviceFailure(cause, 'opening the printer', { NetworkError: 'busy', InvalidStateError: 'busy' });
    }
    return new UsbLink(device, pipes);
  }

  write(bytes: Bytes): Promise<void> {
    const turn = this.#tail.then(() => this.#writeAll(bytes));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.unplugged();
    await this.#device.releaseInterface(this.#pipes.interfaceNumber).catch(() => undefined);
    await this.#device.close().catch(() => undefined);
  }

  /** The bus saw the device go. */
  unplugged(): void {
    this.#isLost = true;
    this.#settleLost();
  }

  async #writeAll(bytes: Bytes): Promise<void> {
    let stalls = 0;
    for (let at = 0; at < bytes.length; ) {
      const result = await this.#transfer(bytes.subarray(at, at + USB_CHUNK_BYTES));
      at += result.bytesWritten;
      if (result.status !== 'stall') continue;
      stalls += 1;
      if (stalls > STALLS_MAX) throw new DeviceError('protocol', 'the printer stalls its pipe');
      await this.#device.clearHalt('out', this.#pipes.out.endpointNumber).catch(() => undefined);
    }
    // USB 2.0 section 5.8.3: a transfer ends with a short packet; a full last packet leaves some printers waiting.
    const isFull = bytes.length > 0 && bytes.length % this.#pipes.out.packetSize === 0;
    if (isFull) await this.#transfer(new Uint8Array(0));
  }

  async #transfer(bytes: Bytes): Promise<{ bytesWritten: number; status?: string | undefined }> {
    if (this.#isLost) throw new DeviceError('lost', 'the printer is gone');
    const gone = this.lost.then(() => Promise.reject(new DeviceError('lost', 'the printer is gone')));
    try {
      return await Promise.race([this.#device.transferOut(this.#pipes.out.endpointNumber, bytes), gone]);
    } catch (cause) {
      const failure = deviceFailure(cause, 'writing to the printer', { NetworkError: 'lost' });
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
