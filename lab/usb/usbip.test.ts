import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { PrinterShell } from './printer-shell.ts';
import { UsbIpServer } from './usbip.ts';

/** Reads as many bytes as are asked for, however they arrive: the kernel's side of the wire. */
class Client {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;
  isClosed = false;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (data: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, data]);
      this.#wake();
    });
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  /** Two writes, so that a reader that expects whole messages is found out. */
  async send(bytes: Buffer): Promise<void> {
    this.#socket.write(bytes.subarray(0, 5));
    await new Promise((resolve) => setImmediate(resolve));
    this.#socket.write(bytes.subarray(5));
  }

  async read(length: number): Promise<Buffer> {
    while (this.#bytes.length < length && !this.isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const read = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return read;
  }

  async closed(): Promise<void> {
    if (!this.isClosed) await once(this.#socket, 'close');
  }

  end(): void {
    this.#socket.destroy();
  }
}

interface Transfer {
  readonly sequence: number;
  readonly endpoint: number;
  readonly asks?: number;
  readonly data?: readonly number[];
  readonly setup?: readonly number[];
}

function submit({ sequence, endpoint, asks, data = [], setup = [] }: Transfer): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.writeUInt32BE(1, 0);
  bytes.writeUInt32BE(sequence, 4);
  bytes.writeUInt32BE(asks === undefined ? 0 : 1, 12);
  bytes.writeUInt32BE(endpoint, 16);
  bytes.writeUInt32BE(asks ?? data.length, 24);
  bytes.set(setup, 40);
  return Buffer.concat([bytes, Buffer.from(data)]);
}

function unlink(sequence: number, victim: number): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.writeUInt32BE(2, 0);
  bytes.writeUInt32BE(sequence, 4);
  bytes.writeUInt32BE(victim, 20);
  return bytes;
}

const importOf = (busId: string): Buffer => {
  const bytes = Buffer.alloc(40);
  bytes.set([0x01, 0x11, 0x80, 0x03]);
  bytes.write(busId, 8);
  return bytes;
};

const answer = (head: Buffer) => ({
  code: head.readUInt32BE(0),
  sequence: head.readUInt32BE(4),
  status: head.readInt32BE(20),
  length: head.readUInt32BE(24),
});

const printer = new VirtualPrinter({ answers: 'gs-h' });
const device = new PrinterShell(printer, { serialNumber: 'TEST' });
const trouble: string[] = [];
let server: UsbIpServer;
let client: Client;

beforeEach(async () => {
  server = new UsbIpServer((what) => trouble.push(what));
  await server.listen(0);
  client = new Client((server.address as AddressInfo).port);
});

afterEach(async () => {
  client.end();
  await server.close();
});

async function plugged(): Promise<void> {
  server.offer('1-1', device);
  await client.send(importOf('1-1'));
  const granted = await client.read(320);
  expect(granted.subarray(0, 8).toString('hex')).toBe('0111000300000000');
  expect(granted.readUInt16BE(308)).toBe(0x0416);
  expect(granted.readUInt16BE(310)).toBe(0x5011);
}

test('devices are listed with their numbers and interfaces', async () => {
  server.offer('1-1', device);
  await client.send(Buffer.from('0111800500000000', 'hex'));
  const list = await client.read(12 + 312 + 4);
  expect(list.readUInt32BE(8)).toBe(1);
  expect(list.subarray(12 + 256, 12 + 259).toString()).toBe('1-1');
  expect([...list.subarray(12 + 312)]).toEqual([7, 1, 2, 0]);
  await client.closed();
});

test('a device that is not there is refused', async () => {
  await client.send(importOf('1-7'));
  expect((await client.read(8)).toString('hex')).toBe('0111000300000001');
  await client.closed();
});

test('the device describes itself', async () => {
  await plugged();
  await client.send(submit({ sequence: 1, endpoint: 0, asks: 255, setup: [0x80, 6, 3, 3, 9, 4, 255, 0] }));
  expect(answer(await client.read(48))).toEqual({ code: 3, sequence: 1, status: 0, length: 10 });
  expect((await client.read(10)).subarray(2).toString('utf16le')).toBe('TEST');
});

test('bytes reach the printer and its answer comes back, whichever was asked for first', async () => {
  await plugged();
  await client.send(submit({ sequence: 1, endpoint: 2, asks: 64 }));
  await client.send(submit({ sequence: 2, endpoint: 1, data: [0x10, 0x04, 0x01] }));
  const heads = [await client.read(48)];
  if (answer(heads[0]!).sequence === 1) expect([...(await client.read(1))]).toEqual([0x12]);
  heads.push(await client.read(48));
  expect(heads.map((head) => answer(head).sequence).sort()).toEqual([1, 2]);
});

test('a full printer keeps a transfer waiting, and one that is given up is answered for that only', async () => {
  await plugged();
  const before = printer.received;
  printer.holdAfter(1);
  await client.send(submit({ sequence: 1, endpoint: 1, data: [0x0a, 0x0a, 0x0a] }));
  await vi.waitFor(() => expect(printer.room).toBe(0));
  await client.send(unlink(2, 1));
  expect(answer(await client.read(48))).toEqual({ code: 4, sequence: 2, status: -104, length: 0 });
  printer.release();
  await client.send(submit({ sequence: 3, endpoint: 1, data: [0x0a] }));
  expect(answer(await client.read(48))).toEqual({ code: 3, sequence: 3, status: 0, length: 1 });
  expect(printer.received - before).toBe(2);
});

test('a message longer than what was asked for comes in parts', async () => {
  await plugged();
  printer.babble(Uint8Array.of(1, 2, 3));
  await client.send(submit({ sequence: 1, endpoint: 2, asks: 2 }));
  expect(answer(await client.read(48)).length).toBe(2);
  expect([...(await client.read(2))]).toEqual([1, 2]);
  await client.send(submit({ sequence: 2, endpoint: 2, asks: 64 }));
  expect(answer(await client.read(48)).length).toBe(1);
  expect([...(await client.read(1))]).toEqual([3]);
});

test('a halted endpoint stalls until the host clears it', async () => {
  await plugged();
  device.halted.add(0x01);
  await client.send(submit({ sequence: 1, endpoint: 1, data: [0x0a] }));
  expect(answer(await client.read(48)).status).toBe(-32);
  await client.send(submit({ sequence: 2, endpoint: 0, setup: [0x02, 1, 0, 0, 1, 0, 0, 0] }));
  expect(answer(await client.read(48)).status).toBe(0);
  await client.send(submit({ sequence: 3, endpoint: 1, data: [0x0a] }));
  expect(answer(await client.read(48)).status).toBe(0);
});

test('pulling the cable ends the link, and the device can be plugged in again', async () => {
  await plugged();
  server.unplug(device);
  await client.closed();
  client = new Client((server.address as AddressInfo).port);
  await plugged();
  expect(trouble).toEqual([]);
});
