import { describe, expect, test } from 'vitest';
import { CDC_IN, CDC_OUT, cdcCore } from '../simulators/browser/cdc-core.ts';
import { type Bytes, type SerialCore, type UsbCore, usbConfiguration } from '../simulators/browser/cores.ts';
import { FakeUsb } from '../simulators/browser/fake-usb.ts';
import { settle } from '../testing/fake-timers.ts';
import { lineCoding } from './cdc-line.ts';
import type { SerialLine, Transport } from './transport.ts';
import { findCdcInterface, findPrinterInterface } from './usb-interface.ts';
import { WebUsbBus } from './webusb.ts';

/** Says back what it hears; takes no more than `room`. */
class EchoLine implements SerialCore {
  room: number | undefined;
  heard: number[] = [];
  lines: SerialOptions[] = [];
  drives: SerialOutputSignals[] = [];
  #listener: (bytes: Bytes) => void = () => undefined;
  #onRoom: () => void = () => undefined;

  receive(bytes: Bytes): void {
    this.heard.push(...bytes);
    if (this.room !== undefined) this.room -= bytes.length;
    this.#listener(bytes);
  }
  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }
  onRoom(listener: () => void): () => void {
    this.#onRoom = listener;
    return () => undefined;
  }
  opened(line: SerialOptions): void {
    this.lines.push(line);
  }
  driven(lines: SerialOutputSignals): void {
    this.drives.push(lines);
  }
  free(bytes: number): void {
    this.room = bytes;
    this.#onRoom();
  }
}

async function cdcLink(line?: SerialLine, change: (core: UsbCore) => UsbCore = (core) => core) {
  const usb = new FakeUsb();
  const echo = new EchoLine();
  const core = change(cdcCore(echo, { serialNumber: 'S7' }));
  const device = usb.plug(core, { isPermitted: true });
  const [found] = await new WebUsbBus(usb).known();
  return { usb, echo, core, device, found: found!, link: await found!.open(line) };
}

async function next(link: Transport): Promise<number[]> {
  const reader = link.incoming.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return [...(value ?? [])];
}

describe('CDC-ACM over WebUSB', () => {
  test('sets the line, raises DTR and RTS, and moves bytes both ways', async () => {
    const { echo, link, found } = await cdcLink({
      baudRate: 115_200,
      flow: 'none',
      parity: 'even',
      dataBits: 7,
      stopBits: 2,
    });
    expect(found.agrees({ bus: 'usb', classCode: 0x02 })).toBe(true);
    expect(echo.lines).toEqual([{ baudRate: 115_200, parity: 'even', dataBits: 7, stopBits: 2 }]);
    expect(echo.drives).toEqual([{ dataTerminalReady: true, requestToSend: true }]);
    expect(link.framing).toBe('stream');
    await link.write(Uint8Array.of(1, 2, 3));
    expect(await next(link)).toEqual([1, 2, 3]);
  });

  test('the bytes of a line coding are those of the class', () => {
    // 115200 is 0x0001c200, little endian first.
    expect([...lineCoding({ baudRate: 115_200, flow: 'none' })]).toEqual([0, 0xc2, 1, 0, 0, 0, 8]);
    expect([
      ...lineCoding({ baudRate: 9_600, flow: 'none', parity: 'odd', stopBits: 2, dataBits: 7 }),
    ]).toEqual([0x80, 0x25, 0, 0, 2, 1, 7]);
  });

  test('a device that stalls the line settings is used all the same', async () => {
    const { link, echo } = await cdcLink(undefined, (core) => ({
      ...core,
      controlOut: () => false,
    }));
    await link.write(Uint8Array.of(9));
    expect(echo.heard).toEqual([9]);
  });

  test('a full last packet is not followed by an empty one', async () => {
    const { device, link } = await cdcLink();
    await link.write(new Uint8Array(128));
    expect(device.transfers).toEqual([128]);
  });

  test('a stalled pipe is cleared in both directions, and what was on its way out is not sent again', async () => {
    const { device, echo, link } = await cdcLink();
    device.stallNext(1);
    await expect(link.write(Uint8Array.of(5))).rejects.toMatchObject({ code: 'protocol' });
    device.stallNext(1, 'in');
    await link.write(Uint8Array.of(6));
    expect(await next(link)).toEqual([6]);
    expect(echo.heard).toEqual([6]);
    expect(device.cleared).toEqual([`out ${CDC_OUT}`, `in ${CDC_IN}`]);
  });

  test('a write waits while the device takes nothing, and ends when it does', async () => {
    const { echo, link } = await cdcLink();
    echo.room = 2;
    let isDone = false;
    const write = link.write(Uint8Array.of(1, 2, 3)).then(() => {
      isDone = true;
    });
    await settle();
    expect([isDone, echo.heard]).toEqual([false, [1, 2]]);
    echo.free(10);
    await write;
    expect(echo.heard).toEqual([1, 2, 3]);
  });

  test('a cable cut in the middle of a write is lost', async () => {
    const { device, echo, link } = await cdcLink();
    device.cutAfter(2);
    await expect(link.write(Uint8Array.of(1, 2, 3, 4))).rejects.toMatchObject({ code: 'lost' });
    await link.lost;
    expect(echo.heard).toEqual([1, 2]);
  });

  test('closing lowers the lines, and it can be opened again', async () => {
    const { echo, found, link, device } = await cdcLink();
    await link.close();
    expect(echo.drives.at(-1)).toEqual({ dataTerminalReady: false, requestToSend: false });
    expect(device.opened).toBe(false);
    const again = await found.open();
    await again.write(Uint8Array.of(1));
    expect(echo.heard).toEqual([1]);
  });

  test('a port that another program holds is busy', async () => {
    const usb = new FakeUsb();
    usb.plug(cdcCore(new EchoLine()), { isPermitted: true, isBusy: true });
    const [found] = await new WebUsbBus(usb).known();
    await expect(found!.open()).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('what a USB device is opened as', () => {
  const bulk = (at: number): USBEndpoint[] => [
    { endpointNumber: at, direction: 'out', type: 'bulk', packetSize: 64 },
    { endpointNumber: at, direction: 'in', type: 'bulk', packetSize: 64 },
  ];
  const printer = { classCode: 7, subclass: 1, protocol: 2, endpoints: bulk(1) };
  const vendor = { classCode: 0xff, endpoints: bulk(2) };
  const cdc = [
    { classCode: 2, endpoints: [] },
    { classCode: 0x0a, endpoints: bulk(3) },
  ];
  const line: SerialLine = { baudRate: 9_600, flow: 'none' };

  test.each([
    ['a printer with a virtual port', [printer, ...cdc], undefined, 'packet'],
    ['the same for a driver that names a line', [printer, ...cdc], line, 'stream'],
    ['a line with a maker’s own interface', [vendor, ...cdc], undefined, 'stream'],
    ['a maker’s own interface', [vendor], undefined, 'packet'],
    ['a maker’s own interface for a driver that names a line', [vendor], line, 'packet'],
  ])('%s', async (_name, interfaces, named, framing) => {
    const usb = new FakeUsb();
    const core: UsbCore = {
      vendorId: 1,
      productId: 2,
      configurations: [usbConfiguration(interfaces)],
      receive: () => undefined,
      onBytes: () => () => undefined,
    };
    usb.plug(core, { isPermitted: true });
    const [found] = await new WebUsbBus(usb).known();
    expect((await found!.open(named)).framing).toBe(framing);
  });

  test('a device with nothing to speak through is unsupported', async () => {
    const usb = new FakeUsb();
    const core: UsbCore = {
      vendorId: 1,
      productId: 2,
      configurations: [usbConfiguration([{ classCode: 3, endpoints: bulk(1) }, cdc[1]!])],
      receive: () => undefined,
      onBytes: () => () => undefined,
    };
    const device = usb.plug(core, { isPermitted: true });
    expect([findCdcInterface(device), findPrinterInterface(device)]).toEqual([undefined, undefined]);
    const [found] = await new WebUsbBus(usb).known();
    await expect(found!.open()).rejects.toMatchObject({ code: 'unsupported' });
  });
});
