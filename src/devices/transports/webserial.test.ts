import { describe, expect, test } from 'vitest';
import type { Bytes, SerialCore } from '../simulators/browser/cores.ts';
import { FakeSerial, type SerialPlugOptions } from '../simulators/browser/fake-serial.ts';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { lineMs } from './serial-link.ts';
import { isSameDevice, type SerialLine } from './transport.ts';
import { WebSerialBus } from './webserial.ts';

const SPP = '00001101-0000-1000-8000-00805f9b34fb';
const OWN = '25e97ff7-24ce-4c4c-8951-f764a708f7b5';

class QuietCore implements SerialCore {
  heard: number[] = [];
  say: (bytes: Bytes) => void = () => undefined;

  receive(bytes: Bytes): void {
    this.heard.push(...bytes);
  }
  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.say = listener;
    return () => undefined;
  }
}

function counter() {
  const timers = new FakeTimers();
  const serial = new FakeSerial();
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  return { timers, serial, bus: new WebSerialBus(serial, wait) };
}

async function linkOf(line: SerialLine, options: SerialPlugOptions = {}) {
  const { timers, serial, bus } = counter();
  const core = new QuietCore();
  const port = serial.plug(core, { isPermitted: true, ...options });
  const [found] = await bus.known();
  return { timers, serial, core, port, found: found!, link: await found!.open(line) };
}

describe('finding serial ports', () => {
  test('an arrival is told although ports were never listed before', async () => {
    const { serial, bus } = counter();
    const arrived: object[] = [];
    bus.onArrival(({ device }) => arrived.push(device));
    await settle();
    const port = serial.plug(new QuietCore(), { isPermitted: true });
    await settle();
    expect(arrived).toEqual([port]);
  });

  test('a Bluetooth port is known by its service, short or long', async () => {
    const { serial, bus } = counter();
    serial.plug(new QuietCore(), { isPermitted: true, info: { bluetoothServiceClassId: 0x1101 } });
    serial.plug(new QuietCore(), { isPermitted: true, info: { bluetoothServiceClassId: OWN.toUpperCase() } });
    const known = await bus.known();
    expect(known.map(({ identity }) => identity)).toEqual([
      { bus: 'serial', bluetoothService: SPP, name: '' },
      { bus: 'serial', bluetoothService: OWN, name: '' },
    ]);
    expect(known.map((found) => found.agrees({ bus: 'serial', bluetoothService: OWN }))).toEqual([
      false,
      true,
    ]);
    expect(isSameDevice(known[0]!.identity, known[1]!.identity)).toBe(false);
  });

  test('the chooser names a maker’s own Bluetooth services, and nothing when there are none', async () => {
    const { serial, bus } = counter();
    serial.plug(new QuietCore());
    await bus.choose([{ bus: 'serial' }, { bus: 'serial', bluetoothService: OWN }]);
    expect(serial.asked).toEqual({ allowedBluetoothServiceClassIds: [OWN] });
    await bus.choose([{ bus: 'serial' }]);
    expect(serial.asked).toEqual({});
    serial.chooses = () => undefined;
    await expect(bus.choose([])).rejects.toMatchObject({ code: 'not-chosen' });
  });
});

describe('a serial line', () => {
  test('is opened as the driver says', async () => {
    const { port } = await linkOf({
      baudRate: 2_400,
      flow: 'none',
      dataBits: 7,
      parity: 'even',
      stopBits: 2,
    });
    expect(port.opening).toMatchObject({ baudRate: 2_400, dataBits: 7, parity: 'even', stopBits: 2 });
  });

  test.each<[SerialLine, number]>([
    [{ baudRate: 9_600, flow: 'paced' }, 267],
    [{ baudRate: 115_200, flow: 'paced' }, 23],
    [{ baudRate: 9_600, flow: 'paced', parity: 'even', stopBits: 2 }, 320],
    [{ baudRate: 9_600, flow: 'paced', dataBits: 7 }, 240],
  ])('256 bytes at %o take %i ms', (line, ms) => {
    expect(lineMs(256, line)).toBe(ms);
  });

  test.each<[string, SerialLine, SerialPlugOptions]>([
    ['paced line', { baudRate: 9_600, flow: 'paced' }, {}],
    [
      'Bluetooth line, whatever flow was asked for',
      { baudRate: 9_600, flow: 'hardware' },
      { info: { bluetoothServiceClassId: SPP } },
    ],
  ])('a %s gives the device the time that the bytes take', async (_name, line, options) => {
    const { core, port, link, timers } = await linkOf(line, options);
    let isDone = false;
    const write = link.write(new Uint8Array(600)).then(() => {
      isDone = true;
    });
    await timers.advance(266);
    expect(core.heard).toHaveLength(256);
    await timers.advance(1);
    expect(core.heard).toHaveLength(512);
    await timers.advance(266 + 90);
    expect([core.heard.length, isDone]).toEqual([600, false]);
    await timers.advance(10);
    await write;
    expect(port.opening).toMatchObject({ flowControl: 'none' });
  });

  test('unplugged in the middle of a paced write is lost at once', async () => {
    const { serial, core, link, timers } = await linkOf({ baudRate: 9_600, flow: 'paced' });
    const failed = expect(link.write(new Uint8Array(600))).rejects.toMatchObject({ code: 'lost' });
    await timers.advance(10);
    serial.unplug(core);
    await failed;
    expect(core.heard).toHaveLength(256);
  });

  test('a parity error costs what was garbled, not the link', async () => {
    const { core, port, link } = await linkOf({ baudRate: 9_600, flow: 'none', parity: 'even' });
    const reader = link.incoming.getReader();
    core.say(Uint8Array.of(1));
    expect((await reader.read()).value).toEqual(Uint8Array.of(1));
    const reading = reader.read();
    port.garble();
    await settle();
    core.say(Uint8Array.of(2));
    expect((await reading).value).toEqual(Uint8Array.of(2));
  });

  test('a line that only garbles is given up', async () => {
    const { port, link } = await linkOf({ baudRate: 9_600, flow: 'none' });
    const reader = link.incoming.getReader();
    const reading = reader.read();
    for (let n = 0; n < 101; n += 1) {
      port.garble();
      await settle();
    }
    expect((await reading).done).toBe(true);
    await link.lost;
  });
});
