import { describe, expect, test } from 'vitest';
import { type Bytes, type HidCore, hidCollection } from '../simulators/browser/cores.ts';
import { FakeHid } from '../simulators/browser/fake-hid.ts';
import { settle } from '../testing/fake-timers.ts';
import { QUEUED_REPORTS_MAX } from './hid-link.ts';
import { type DeviceMatch, isSameDevice, type Report, type ReportLink } from './transport.ts';
import { type HidApi, WebHidBus } from './webhid.ts';

/** Compiles only while the browser's own object fits the part we ask for. */
const browserObjectFits = (hid: HID): HidApi => hid;
expect(browserObjectFits).toBeTypeOf('function');

const SCANNERS: readonly DeviceMatch[] = [{ bus: 'hid', usagePage: 0x8c, usage: 2 }];

/** Answers an output report with the same bytes backwards; keeps one feature report; refuses what begins with ff. */
class EchoCore implements HidCore {
  readonly vendorId = 0x0c2e;
  readonly productId: number = 0x0b61;
  readonly productName = ' Echo ';
  readonly collections;
  readonly physicalId?: string;
  feature = new Map<number, Bytes>();
  #listeners = new Set<(id: number, bytes: Bytes) => void>();

  constructor(usagePage = 0x8c, physicalId?: string) {
    this.collections = [
      hidCollection({ usagePage, usage: 2, input: [[2, 4]], output: [[4, 4]], feature: [[7, 3]] }),
    ];
    if (physicalId !== undefined) this.physicalId = physicalId;
  }

  receiveReport(id: number, bytes: Bytes): void {
    if (bytes[0] === 0xff) throw new Error('no');
    this.say(id, bytes.slice().reverse());
  }

  receiveFeature(id: number, bytes: Bytes): void {
    if (bytes[0] === 0xff) throw new Error('no');
    this.feature.set(id, bytes);
  }

  readFeature(id: number): Bytes {
    const bytes = this.feature.get(id);
    if (bytes === undefined) throw new Error('no such report');
    return bytes;
  }

  onReport(listener: (id: number, bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  say(id: number, bytes: Bytes): void {
    for (const listener of this.#listeners) listener(id, bytes);
  }
}

async function echoLink() {
  const hid = new FakeHid();
  const core = new EchoCore();
  const device = hid.plug(core, { isPermitted: true });
  const bus = new WebHidBus(hid);
  const [found] = await bus.known();
  return { hid, core, device, bus, found: found!, link: await found!.open() };
}

async function reports(link: ReportLink, count: number): Promise<Report[]> {
  const reader = link.incoming.getReader();
  const all: Report[] = [];
  while (all.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    all.push(value);
  }
  reader.releaseLock();
  return all;
}

describe('WebHID', () => {
  test('reports go both ways with their ids, in the order of the calls', async () => {
    const { link } = await echoLink();
    expect([link.framing, link.name]).toEqual(['report', 'Echo']);
    await Promise.all([
      link.write({ id: 4, data: Uint8Array.of(1, 2, 3, 4) }),
      link.write({ id: 0, data: Uint8Array.of(5, 6) }),
    ]);
    expect(await reports(link, 2)).toEqual([
      { id: 4, data: Uint8Array.of(4, 3, 2, 1) },
      { id: 0, data: Uint8Array.of(6, 5) },
    ]);
  });

  test.each([
    ['numbered, told with the id byte in front', 7, [1, 2, 3]],
    ['numbered, beginning like its id', 7, [7, 2, 3]],
    ['not in the descriptor', 9, [1, 2, 3, 4]],
    ['not numbered', 0, [0, 2, 3]],
  ])('a feature report comes back as it was sent: %s', async (_name, id, bytes) => {
    const { link } = await echoLink();
    await link.sendFeature({ id, data: Uint8Array.from(bytes) });
    expect([...(await link.readFeature(id))]).toEqual(bytes);
  });

  test('a browser that leaves the id byte away is understood as well', async () => {
    const { device, link } = await echoLink();
    device.receiveFeatureReport = async () => new DataView(Uint8Array.of(7, 8, 9).buffer);
    expect([...(await link.readFeature(7))]).toEqual([7, 8, 9]);
  });

  test('a refused report is told, and the link lives on', async () => {
    const { link } = await echoLink();
    await expect(link.write({ id: 0, data: Uint8Array.of(0xff) })).rejects.toMatchObject({
      code: 'protocol',
    });
    await expect(link.sendFeature({ id: 7, data: Uint8Array.of(0xff) })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(link.readFeature(200)).rejects.toMatchObject({ code: 'refused' });
    await link.write({ id: 1, data: Uint8Array.of(1) });
    expect(await reports(link, 1)).toHaveLength(1);
  });

  test('reports that nobody reads are kept up to the bound, the newest ones', async () => {
    const { core, link } = await echoLink();
    for (let n = 0; n < QUEUED_REPORTS_MAX + 100; n += 1) core.say(2, Uint8Array.of(n >> 8, n & 0xff));
    const kept = await reports(link, QUEUED_REPORTS_MAX);
    expect(kept.map(({ data }) => data[0]! * 256 + data[1]!)).toEqual(
      Array.from({ length: QUEUED_REPORTS_MAX }, (_, at) => at + 100),
    );
  });

  test('a report is a copy: the device may reuse its memory', async () => {
    const { core, link } = await echoLink();
    const memory = Uint8Array.of(1, 2);
    core.say(2, memory);
    memory.fill(0);
    expect(await reports(link, 1)).toEqual([{ id: 2, data: Uint8Array.of(1, 2) }]);
  });

  test('unplugging ends the stream after what was heard, and every later call is lost', async () => {
    const { hid, core, link } = await echoLink();
    core.say(2, Uint8Array.of(1));
    hid.unplug(core);
    await link.lost;
    expect(await reports(link, 5)).toHaveLength(1);
    await expect(link.write({ id: 0, data: Uint8Array.of(1) })).rejects.toMatchObject({ code: 'lost' });
    await expect(link.readFeature(7)).rejects.toMatchObject({ code: 'lost' });
  });

  test('a call that hangs when the cable goes is lost', async () => {
    const { hid, core, device, link } = await echoLink();
    device.sendReport = () => new Promise(() => undefined);
    const failed = expect(link.write({ id: 0, data: Uint8Array.of(1) })).rejects.toMatchObject({
      code: 'lost',
    });
    await settle();
    hid.unplug(core);
    await failed;
  });

  test('one link at a time: a second is busy; after closing it opens again', async () => {
    const { found, link } = await echoLink();
    await expect(found.open()).rejects.toMatchObject({ code: 'busy' });
    await link.close();
    const again = await found.open();
    await again.write({ id: 0, data: Uint8Array.of(1) });
    expect(await reports(again, 1)).toHaveLength(1);
    expect(await reports(link, 1)).toEqual([]);
  });

  test('a device that the system refuses is no-access', async () => {
    const hid = new FakeHid();
    hid.plug(new EchoCore(), { isPermitted: true, isRefused: true });
    const [found] = await new WebHidBus(hid).known();
    await expect(found!.open()).rejects.toMatchObject({ code: 'no-access' });
  });
});

describe('finding HID devices', () => {
  test('the chooser asks for what matches, and an empty answer is not-chosen', async () => {
    const hid = new FakeHid();
    const bus = new WebHidBus(hid);
    hid.plug(new EchoCore(0xff00));
    await expect(bus.choose(SCANNERS)).rejects.toMatchObject({ code: 'not-chosen' });
    const core = new EchoCore();
    hid.plug(core);
    const found = await bus.choose(SCANNERS);
    expect(found.identity).toEqual({
      bus: 'hid',
      vendorId: 0x0c2e,
      productId: 0x0b61,
      usages: '8c:2',
      name: 'Echo',
    });
    expect(await bus.known()).toHaveLength(1);
    hid.chooses = () => undefined;
    await expect(bus.choose(SCANNERS)).rejects.toMatchObject({ code: 'not-chosen' });
  });

  test('of the interfaces of one device the one that agrees is taken, then and after a replug', async () => {
    const hid = new FakeHid();
    const bus = new WebHidBus(hid);
    const [vendor, scanner] = [new EchoCore(0xff00, 'metal'), new EchoCore(0x8c, 'metal')];
    hid.plug(vendor);
    hid.plug(scanner);
    const found = await bus.choose([{ bus: 'hid', usagePage: 0x8c }]);
    expect(found.device).toBe(hid.deviceOf(scanner));
    const known = await bus.known();
    expect(known).toHaveLength(2);
    const same = known.filter(({ identity }) => isSameDevice(found.identity, identity));
    expect(same.map(({ device }) => device)).toEqual([hid.deviceOf(scanner)]);
  });

  test.each<[DeviceMatch, boolean]>([
    [{ bus: 'hid', vendorId: 0x0c2e }, true],
    [{ bus: 'hid', vendorId: 0x0c2e, usagePage: 0x8c, usage: 2 }, true],
    [{ bus: 'hid', usagePage: 0x8c, usage: 1 }, false],
    [{ bus: 'hid', usagePage: 0xff00 }, false],
    [{ bus: 'hid', vendorId: 1, usagePage: 0x8c }, false],
    [{ bus: 'usb', vendorId: 0x0c2e }, false],
  ])('%o agrees: %s', async (match, agrees) => {
    const { found } = await echoLink();
    expect(found.agrees(match)).toBe(agrees);
  });

  test('arrivals of allowed devices are told until nobody listens', async () => {
    const hid = new FakeHid();
    const arrived: string[] = [];
    const stop = new WebHidBus(hid).onArrival(({ identity }) => arrived.push(identity.name));
    hid.plug(new EchoCore());
    const core = new EchoCore();
    hid.plug(core, { isPermitted: true });
    hid.unplug(core);
    hid.plug(core);
    stop();
    hid.unplug(core);
    hid.plug(core);
    expect(arrived).toEqual(['Echo', 'Echo']);
  });

  test('a permission that the browser forgets at unplugging has to be asked for again', async () => {
    const hid = new FakeHid();
    const bus = new WebHidBus(hid);
    const core = new EchoCore();
    hid.plug(core, { isEphemeral: true });
    await bus.choose(SCANNERS);
    expect(await bus.known()).toHaveLength(1);
    hid.unplug(core);
    hid.plug(core, { isEphemeral: true });
    expect(await bus.known()).toHaveLength(0);
  });
});
