import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Stall, type UsbDevice } from './usb-device.ts';
import {
  ANSWER,
  COMMAND,
  type Command,
  deviceList,
  HEADER_BYTES,
  IMPORT_BYTES,
  importGranted,
  importRefused,
  OPERATION_BYTES,
  REQUEST,
  readBusId,
  readCommand,
  STATUS,
  writeAnswer,
} from './usbip-wire.ts';

/** What a kernel's USB/IP client talks to in place of a cable: devices are plugged in here and pulled out again. */
export class UsbIpServer {
  readonly #devices = new Map<string, UsbDevice>();
  readonly #cables = new Map<UsbDevice, Socket>();
  readonly #server: Server;
  /** Problems of the protocol itself, for the log of a run. */
  readonly #onTrouble: (what: string) => void;

  constructor(onTrouble: (what: string) => void) {
    this.#onTrouble = onTrouble;
    this.#server = createServer((socket) => this.#greet(socket));
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
  }

  /** Where it listens. */
  get address(): AddressInfo | string | null {
    return this.#server.address();
  }

  offer(busId: string, device: UsbDevice): void {
    this.#devices.set(busId, device);
  }

  /** Pulls the cable: the kernel sees the device vanish, and what was on its way fails. */
  unplug(device: UsbDevice): void {
    for (const [busId, each] of this.#devices) if (each === device) this.#devices.delete(busId);
    this.#cables.get(device)?.destroy();
  }

  async close(): Promise<void> {
    for (const cable of this.#cables.values()) cable.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Before a device is imported: one question, then either its answer or a cable. */
  #greet(socket: Socket): void {
    let input = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    const hear = (chunk: Buffer): void => {
      input = Buffer.concat([input, chunk]);
      if (input.length < OPERATION_BYTES) return;
      const code = input.readUInt16BE(2);
      if (code === REQUEST.list) {
        socket.end(deviceList(this.#devices));
        return;
      }
      if (code !== REQUEST.import) {
        this.#onTrouble(`a USB/IP client sent ${input.toString('hex').slice(0, 16)}`);
        socket.destroy();
        return;
      }
      if (input.length < IMPORT_BYTES) return;
      socket.off('data', hear);
      this.#import(socket, readBusId(input), input.subarray(IMPORT_BYTES));
    };
    socket.on('data', hear);
  }

  #import(socket: Socket, busId: string, rest: Buffer): void {
    const device = this.#devices.get(busId);
    if (device === undefined || this.#cables.has(device)) {
      socket.end(importRefused());
      return;
    }
    this.#cables.set(device, socket);
    device.connected();
    socket.write(importGranted(busId, device));
    const cable = new Cable(socket, device, this.#onTrouble);
    socket.on('data', (chunk: Buffer) => cable.receive(chunk));
    socket.on('close', () => {
      if (this.#cables.get(device) !== socket) return;
      this.#cables.delete(device);
      cable.cut();
      device.disconnected();
    });
    cable.receive(rest);
  }
}

/** One imported device: carries the kernel's transfers to it and its answers back. */
class Cable {
  readonly #socket: Socket;
  readonly #device: UsbDevice;
  readonly #onTrouble: (what: string) => void;
  readonly #open = new Map<number, AbortController>();
  #input = Buffer.alloc(0);

  constructor(socket: Socket, device: UsbDevice, onTrouble: (what: string) => void) {
    this.#socket = socket;
    this.#device = device;
    this.#onTrouble = onTrouble;
  }

  receive(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk]);
    while (this.#input.length >= HEADER_BYTES) {
      const command = readCommand(this.#input);
      const carries = command.code === COMMAND.submit && !command.isIn ? command.length : 0;
      const size = HEADER_BYTES + carries;
      if (this.#input.length < size) return;
      // A copy: the device may keep it longer than the buffer lives.
      const data = Uint8Array.from(this.#input.subarray(HEADER_BYTES, size));
      this.#input = this.#input.subarray(size);
      if (command.code === COMMAND.unlink) this.#unlink(command);
      else void this.#submit(command, data);
    }
  }

  cut(): void {
    for (const transfer of this.#open.values()) transfer.abort();
    this.#open.clear();
  }

  /** The kernel gave up on a transfer: it is answered for the unlinking, and no more for itself. */
  #unlink({ sequence, victim }: Command): void {
    const transfer = this.#open.get(victim);
    this.#open.delete(victim);
    transfer?.abort();
    const status = transfer === undefined ? STATUS.ok : STATUS.unlinked;
    this.#write({ code: ANSWER.unlink, sequence, status, length: 0 });
  }

  async #submit(command: Command, data: Uint8Array): Promise<void> {
    const { sequence, isIn, length } = command;
    const abort = new AbortController();
    this.#open.set(sequence, abort);
    try {
      const answer = await this.#transfer(command, data, abort.signal);
      if (!this.#open.delete(sequence)) return;
      const sent = answer.subarray(0, length);
      this.#write({
        code: ANSWER.submit,
        sequence,
        status: STATUS.ok,
        length: isIn ? sent.length : length,
        ...(isIn ? { data: sent } : {}),
      });
    } catch (error) {
      if (!(error instanceof Stall)) this.#onTrouble(`a device threw ${(error as Error).stack}`);
      if (this.#open.delete(sequence))
        this.#write({ code: ANSWER.submit, sequence, status: STATUS.stalled, length: 0 });
    }
  }

  async #transfer(command: Command, data: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    if (command.endpoint === 0) return this.#device.control(command.setup, data);
    if (command.isIn) return this.#device.in(command.endpoint, command.length, signal);
    await this.#device.out(command.endpoint, data, signal);
    return new Uint8Array(0);
  }

  #write(answer: Parameters<typeof writeAnswer>[0]): void {
    if (!this.#socket.destroyed) this.#socket.write(writeAnswer(answer));
  }
}
