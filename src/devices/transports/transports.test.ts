import { describe, expect, test } from 'vitest';
import { SimulatedSerial, SimulatedSerialPort } from '../simulators/escpos/serial.ts';
import { SimulatedUsb } from '../simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../simulators/escpos/usb-device.ts';
import { VirtualPrinter } from '../simulators/escpos/virtual-printer.ts';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { deviceFailure } from './failure.ts';
import { chunkBytesAt } from './serial-link.ts';
import type { DeviceMatch, SerialLine, Transport } from './transport.ts';
import { findPrinterInterface } from './usb-interface.ts';
import { type SerialApi, WebSerialBus } from './webserial.ts';
import { type UsbApi, WebUsbBus } from './webusb.ts';

/** Compiles only while the browser's own objects fit the parts we ask for. */
const browserObjectsFit = (usb: USB, serial: Serial): [UsbApi, SerialApi] => [usb, serial];
expect(browserObjectsFit).toBeTypeOf('function');

const PRINTERS: readonly DeviceMatch[] = [{ bus: 'usb', classCode: 7 }];

async function usbLink(options = {}) {
  const usb = new SimulatedUsb();
  const device = new SimulatedUsbPrinter(new VirtualPrinter(), options);
  usb.plug(device, true);
  const [found] = await new WebUsbBus(usb).known();
  return { usb, device, link: await found!.open() };
}

async function next(link: Transport): Promise<number[]> {
  const reader = link.incoming.getReader();
  const { value } = await reader.read();
  reader.releaseLock();
  return [...(value ?? [])];
}

describe('WebUSB', () => {
  test('writes in chunks and ends a full last packet with an empty one', async () => {
    const { device, link } = await usbLink();
    await link.write(new Uint8Array(10_000));
    expect(device.transfers).toEqual([4_096, 4_096, 1_808]);
    await link.write(new Uint8Array(128));
    expect(device.transfers.slice(3)).toEqual([128, 0]);
  });

  test('two writes at once go out one after the other', async () => {
    const { device, link } = await usbLink();
    await Promise.all([link.write(Uint8Array.of(0x41, 0x42)), link.write(Uint8Array.of(0x43, 0x0a))]);
    expect(device.printer.paper).toMatchObject([{ text: 'ABC' }]);
  });

  test('what was on its way into a stalled pipe is in doubt and not sent again; the pipe is cleared for the next', async () => {
    const { device, link } = await usbLink();
    device.stallNext(1);
    await expect(link.write(Uint8Array.of(0x41, 0x0a))).rejects.toMatchObject({ code: 'protocol' });
    expect(device.transfers).toHaveLength(1);
    expect(device.cleared).toEqual(['out 1']);
    await link.write(Uint8Array.of(0x42, 0x0a));
    expect(device.printer.paper).toMatchObject([{ text: 'B' }]);
  });

  test('hears the printer, and is silent for a printer without a pipe in', async () => {
    const { link } = await usbLink();
    await link.write(Uint8Array.of(0x10, 4, 1));
    expect(await next(link)).toEqual([0x12]);
    const mute = await usbLink({ hasIn: false });
    await mute.link.write(Uint8Array.of(0x10, 4, 1));
    await mute.link.close();
    expect(await next(mute.link)).toEqual([]);
  });

  test('a write under way when the cable goes is lost, and so is every later one', async () => {
    const { usb, device, link } = await usbLink();
    device.printer.holdAfter(2);
    const write = link.write(Uint8Array.of(1, 2, 3, 4));
    const failed = expect(write).rejects.toMatchObject({ code: 'lost' });
    await settle();
    usb.unplug(device);
    await failed;
    await link.lost;
    await expect(link.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
  });

  test('closing throws away what the printer has not taken', async () => {
    const { device, link } = await usbLink();
    device.printer.holdAfter(2);
    const failed = expect(link.write(Uint8Array.of(1, 2, 3, 4))).rejects.toMatchObject({ code: 'lost' });
    await settle();
    await link.close();
    await failed;
    device.printer.release();
    await settle();
    expect(device.printer.received).toBe(2);
    expect(device.opened).toBe(false);
  });

  test('the printer interface is found among others, IPP over USB is left alone', () => {
    const device = new SimulatedUsbPrinter(new VirtualPrinter());
    const [configuration] = device.configurations;
    const [printer] = configuration!.interfaces;
    const storage = { ...printer!.alternate, interfaceClass: 8 };
    const ipp = { ...printer!.alternate, interfaceProtocol: 4 };
    const all = {
      ...configuration!,
      interfaces: [
        { ...printer!, interfaceNumber: 0, alternate: storage, alternates: [storage] },
        { ...printer!, interfaceNumber: 1, alternate: ipp, alternates: [ipp] },
        { ...printer!, interfaceNumber: 2 },
      ],
    };
    Object.assign(device, { configuration: all });
    expect(findPrinterInterface(device)).toMatchObject({ interfaceNumber: 2, out: { endpointNumber: 1 } });
    Object.assign(device, { configuration: { ...all, interfaces: all.interfaces.slice(0, 2) } });
    expect(findPrinterInterface(device)).toBeUndefined();
  });

  test('the chooser offers what matches, and says not-chosen when it is closed', async () => {
    const usb = new SimulatedUsb();
    const bus = new WebUsbBus(usb);
    await expect(bus.choose(PRINTERS)).rejects.toMatchObject({ code: 'not-chosen' });
    usb.plug(new SimulatedUsbPrinter(new VirtualPrinter(), { interfaceClass: 3 }));
    await expect(bus.choose(PRINTERS)).rejects.toMatchObject({ code: 'not-chosen' });
    usb.plug(new SimulatedUsbPrinter(new VirtualPrinter(), { serialNumber: 'S1' }));
    expect((await bus.choose(PRINTERS)).identity).toEqual({
      bus: 'usb',
      vendorId: 0x0416,
      productId: 0x5011,
      serialNumber: 'S1',
      name: 'Xiaoji 80 mm Training Printer',
    });
    expect(await bus.known()).toHaveLength(1);
  });

  test.each([
    ['SecurityError', 'no-access'],
    ['NotFoundError', 'lost'],
    ['NetworkError', 'busy'],
    ['InvalidStateError', 'lost'],
    ['SomethingNew', 'lost'],
  ])('a %s at opening is %s', (name, code) => {
    const failure = deviceFailure(new DOMException('x', name), 'opening', { NetworkError: 'busy' });
    expect(failure.code).toBe(code);
    expect(failure.cause).toBeInstanceOf(DOMException);
  });
});

async function serialLink(line: SerialLine) {
  const timers = new FakeTimers();
  const serial = new SimulatedSerial();
  const port = new SimulatedSerialPort(new VirtualPrinter());
  serial.plug(port, true);
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  const [found] = await new WebSerialBus(serial, wait).known();
  return { timers, serial, port, link: await found!.open(line) };
}

describe('Web Serial', () => {
  test.each([
    [9_600, 256],
    [38_400, 1_024],
    [115_200, 3_072],
    [921_600, 4_096],
  ])('chunks at %i baud are %i bytes', (baudRate, chunk) => {
    expect(chunkBytesAt(baudRate)).toBe(chunk);
  });

  test('opens as told and writes in chunks', async () => {
    const { port, link } = await serialLink({ baudRate: 9_600, flow: 'hardware' });
    expect(port.opening).toEqual({ baudRate: 9_600, bufferSize: 16_384, flowControl: 'hardware' });
    await link.write(new Uint8Array(600));
    expect(port.chunks).toEqual([256, 256, 88]);
  });

  test('waits while DSR is low', async () => {
    const { port, link, timers } = await serialLink({ baudRate: 9_600, flow: 'dsr' });
    port.printer.holdAfter(0);
    let isDone = false;
    const write = link.write(Uint8Array.of(0x41, 0x0a)).then(() => {
      isDone = true;
    });
    await timers.advance(10_000);
    expect([isDone, port.chunks.length]).toEqual([false, 0]);
    port.printer.release();
    await timers.advance(100);
    await write;
    expect(port.printer.paper).toHaveLength(1);
  });

  test('hears the printer, and is lost when the port goes', async () => {
    const { serial, port, link } = await serialLink({ baudRate: 115_200, flow: 'none' });
    await link.write(Uint8Array.of(0x10, 4, 4));
    expect(await next(link)).toEqual([0x12]);
    serial.unplug(port);
    await link.lost;
    await expect(link.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
  });

  test('a port that another program holds is busy', async () => {
    const { serial } = await serialLink({ baudRate: 9_600, flow: 'none' });
    const [again] = await new WebSerialBus(serial, async () => undefined).known();
    await expect(again!.open()).rejects.toMatchObject({ code: 'busy' });
  });

  test('can be closed and opened again', async () => {
    const { serial, port, link } = await serialLink({ baudRate: 9_600, flow: 'none' });
    await link.write(Uint8Array.of(0x41));
    await link.close();
    const [again] = await new WebSerialBus(serial, async () => undefined).known();
    const fresh = await again!.open();
    await fresh.write(Uint8Array.of(0x42, 0x0a));
    expect(port.printer.paper).toMatchObject([{ text: 'AB' }]);
  });
});
