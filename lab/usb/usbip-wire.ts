import type { Setup, UsbDevice } from './usb-device.ts';

/**
 * The bytes of USB/IP 1.1.1 (Linux, Documentation/usb/usbip_protocol.rst). All numbers are big-endian but those of the
 * setup packet, which is carried as it is on the cable.
 */

const VERSION = 0x0111;
const REPLY = { list: 0x0005, import: 0x0003 } as const;
const FULL_SPEED = 2;

export const REQUEST = { list: 0x8005, import: 0x8003 } as const;
/** Header of a request before an import: version, code, status. */
export const OPERATION_BYTES = 8;
const BUS_ID_BYTES = 32;
export const IMPORT_BYTES = OPERATION_BYTES + BUS_ID_BYTES;

/** Every command and answer of an imported device has a header of this many bytes. */
export const HEADER_BYTES = 48;
export const COMMAND = { submit: 1, unlink: 2 } as const;
export const ANSWER = { submit: 3, unlink: 4 } as const;
/** Linux error numbers. */
export const STATUS = { ok: 0, stalled: -32, unlinked: -104 } as const;

export interface Command {
  readonly code: number;
  readonly sequence: number;
  readonly isIn: boolean;
  readonly endpoint: number;
  /** Submit: bytes to carry, or asked for. */
  readonly length: number;
  /** Unlink: sequence number of the transfer to give up. */
  readonly victim: number;
  readonly setup: Setup;
}

export function readCommand(bytes: Buffer): Command {
  const setup = bytes.subarray(40, 48);
  return {
    code: bytes.readUInt32BE(0),
    sequence: bytes.readUInt32BE(4),
    isIn: bytes.readUInt32BE(12) === 1,
    endpoint: bytes.readUInt32BE(16),
    length: bytes.readUInt32BE(24),
    victim: bytes.readUInt32BE(20),
    setup: {
      type: setup.readUInt8(0),
      request: setup.readUInt8(1),
      value: setup.readUInt16LE(2),
      index: setup.readUInt16LE(4),
      length: setup.readUInt16LE(6),
    },
  };
}

export interface Answer {
  readonly code: number;
  readonly sequence: number;
  readonly status: number;
  /** Bytes that were carried, either way. */
  readonly length: number;
  readonly data?: Uint8Array;
}

export function writeAnswer({ code, sequence, status, length, data }: Answer): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.writeUInt32BE(code, 0);
  head.writeUInt32BE(sequence, 4);
  head.writeInt32BE(status, 20);
  head.writeUInt32BE(length, 24);
  return data === undefined ? head : Buffer.concat([head, data]);
}

const operation = (code: number, status: number): Buffer => {
  const bytes = Buffer.alloc(OPERATION_BYTES);
  bytes.writeUInt16BE(VERSION, 0);
  bytes.writeUInt16BE(code, 2);
  bytes.writeUInt32BE(status, 4);
  return bytes;
};

export const readBusId = (bytes: Buffer): string =>
  bytes.subarray(OPERATION_BYTES, IMPORT_BYTES).toString('latin1').replace(/\0.*$/, '');

export const importRefused = (): Buffer => operation(REPLY.import, 1);

export const importGranted = (busId: string, device: UsbDevice): Buffer =>
  Buffer.concat([operation(REPLY.import, 0), describe(busId, device)]);

export function deviceList(devices: ReadonlyMap<string, UsbDevice>): Buffer {
  const count = Buffer.alloc(4);
  count.writeUInt32BE(devices.size, 0);
  const each = [...devices].map(([busId, device]) =>
    Buffer.concat([
      describe(busId, device),
      ...device.interfaceClasses.map((classes) => Buffer.from([...classes, 0])),
    ]),
  );
  return Buffer.concat([operation(REPLY.list, 0), count, ...each]);
}

/** `busId` is BUS-PORT, as in `/sys/bus/usb/devices`. */
function describe(busId: string, device: UsbDevice): Buffer {
  const bytes = Buffer.alloc(312);
  const [bus = 0, port = 0] = busId.split('-').map(Number);
  const descriptor = Buffer.from(device.descriptor);
  bytes.write(`/lab/${busId}`, 0);
  bytes.write(busId, 256);
  bytes.writeUInt32BE(bus, 288);
  bytes.writeUInt32BE(port, 292);
  bytes.writeUInt32BE(FULL_SPEED, 296);
  for (const [at, from] of [
    [300, 8],
    [302, 10],
    [304, 12],
  ] as const) {
    bytes.writeUInt16BE(descriptor.readUInt16LE(from), at);
  }
  descriptor.copy(bytes, 306, 4, 7);
  bytes.set([1, 1, device.configuration[4] ?? 0], 309);
  return bytes;
}
