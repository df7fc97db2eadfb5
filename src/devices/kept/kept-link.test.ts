import { describe, expect, test } from 'vitest';
import type { DeviceSession, DriverEntry } from '../driver.ts';
import { DeviceError, type DeviceErrorCode } from '../errors.ts';
import { FakeTimers, settle } from '../testing/fake-timers.ts';
import { FakeTransport } from '../testing/fake-transport.ts';
import type { Bus, DeviceIdentity, Found, Link } from '../transports/transport.ts';
import { KeptLink, type RememberedDevice, type TakenDevices } from './kept-link.ts';

const IDENTITY: DeviceIdentity = { bus: 'serial', vendorId: 1, productId: 2, name: 'terminal' };

interface Session extends DeviceSession {
  readonly link: Link;
}

/** A port with a device that can be pulled out, put back and held by another program. */
class OneDevice implements Bus<Link> {
  readonly kind = 'serial';
  isThere = true;
  trouble: DeviceErrorCode | undefined;
  opened = 0;
  link: FakeTransport | undefined;
  identity = IDENTITY;
  readonly device = {};
  readonly #listeners = new Set<(found: Found<Link>) => void>();

  async choose(): Promise<Found<Link>> {
    if (!this.isThere) throw new DeviceError('not-chosen', 'nothing there');
    return this.#found();
  }

  async known(): Promise<readonly Found<Link>[]> {
    return this.isThere ? [this.#found()] : [];
  }

  onArrival(listener: (found: Found<Link>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  unplug(): void {
    this.isThere = false;
    this.link?.unplug();
  }

  replug(): void {
    this.isThere = true;
    for (const listener of this.#listeners) listener(this.#found());
  }

  #found(): Found<Link> {
    return {
      identity: this.identity,
      device: this.device,
      agrees: ({ vendorId }) => vendorId === undefined || vendorId === this.identity.vendorId,
      open: async () => {
        this.opened += 1;
        if (this.trouble !== undefined) throw new DeviceError(this.trouble, 'cannot');
        this.link = new FakeTransport(() => []);
        return this.link;
      },
    };
  }
}

const entry = (id: string, vendorId?: number): DriverEntry<Session, undefined> => ({
  id,
  match: [{ bus: 'serial', ...(vendorId === undefined ? {} : { vendorId }) }],
  line: { baudRate: 115_200, flow: 'none' },
  load: async () => ({
    id,
    connect: (link) => ({ link, lost: link.lost, close: () => link.close() }),
  }),
});

function bench(remembered?: RememberedDevice, bus = new OneDevice(), taken: TakenDevices = new Set()) {
  const timers = new FakeTimers();
  const kept: (RememberedDevice | undefined)[] = [];
  const link = new KeptLink<Session, undefined>({
    buses: [bus],
    drivers: [entry('other', 9), entry('mine', 1)],
    settings: undefined,
    timers,
    taken,
    ...(remembered === undefined ? {} : { remembered }),
    remember: (device) => kept.push(device),
  });
  return { bus, timers, kept, link };
}

const REMEMBERED: RememberedDevice = { driver: 'mine', identity: IDENTITY };

describe('a kept link', () => {
  test('pairs with the driver whose ids agree, and remembers how it was opened', async () => {
    const { link, kept } = bench();
    await link.start();
    expect(link.link).toBe('absent');
    await link.pair('serial');
    expect(link.link).toBe('connected');
    expect(kept).toEqual([{ ...REMEMBERED, line: { baudRate: 115_200, flow: 'none' } }]);
  });

  test('takes the remembered device up at the start and after a replug, asking nobody', async () => {
    const { bus, link } = bench(REMEMBERED);
    await link.start();
    expect(link.link).toBe('connected');
    bus.unplug();
    await settle();
    expect([link.link, link.trouble, link.session]).toEqual(['absent', 'lost', undefined]);
    bus.replug();
    await settle();
    expect([link.link, link.trouble]).toEqual(['connected', undefined]);
  });

  test('a device that another program holds is tried again with growing waits, and not for ever', async () => {
    const { bus, timers, link } = bench(REMEMBERED);
    bus.trouble = 'busy';
    await link.start();
    expect([bus.opened, link.trouble]).toEqual([1, 'busy']);
    await timers.advance(250);
    await timers.advance(1_000);
    expect(bus.opened).toBe(3);
    await timers.advance(1_999);
    expect(bus.opened).toBe(3);
    for (let minute = 0; minute < 30; minute += 1) await timers.advance(60_000);
    const tries = bus.opened;
    expect(tries).toBeLessThan(20);
    await timers.advance(3_600_000);
    expect(bus.opened).toBe(tries);
    bus.trouble = undefined;
    await link.reacquire();
    expect(link.link).toBe('connected');
  });

  test('a hiccup without an unplug is mended by itself', async () => {
    const { bus, timers, link } = bench(REMEMBERED);
    await link.start();
    bus.link?.unplug();
    await settle();
    expect(link.link).toBe('absent');
    await timers.advance(250);
    expect(link.link).toBe('connected');
  });

  test('a link that flaps is given up after a while, one that hiccups now and then never is', async () => {
    const flapping = bench(REMEMBERED);
    await flapping.link.start();
    for (let round = 0; round < 40; round += 1) {
      flapping.bus.link?.unplug();
      await flapping.timers.advance(30_000);
    }
    expect(flapping.link.link).toBe('absent');
    const steady = bench(REMEMBERED);
    await steady.link.start();
    for (let round = 0; round < 40; round += 1) {
      steady.bus.link?.unplug();
      await steady.timers.advance(120_000);
    }
    expect(steady.link.link).toBe('connected');
  });

  test('a chooser closed without a choice leaves the device in use', async () => {
    const { bus, link, kept } = bench(REMEMBERED);
    await link.start();
    bus.isThere = false;
    await expect(link.pair('serial')).rejects.toMatchObject({ code: 'not-chosen' });
    expect([link.link, kept]).toEqual(['connected', []]);
  });

  test('a chosen device that no driver is for changes nothing', async () => {
    const { bus, link, kept } = bench(REMEMBERED);
    await link.start();
    bus.identity = { ...IDENTITY, vendorId: 7 };
    await expect(link.pair('serial')).rejects.toMatchObject({ code: 'unsupported' });
    await expect(link.pair('hid')).rejects.toMatchObject({ code: 'unsupported' });
    expect([link.link, kept]).toEqual(['connected', []]);
  });

  test('a chosen device that cannot be opened is remembered with its trouble', async () => {
    const { bus, link } = bench();
    bus.trouble = 'no-access';
    await expect(link.pair('serial')).rejects.toMatchObject({ code: 'no-access' });
    expect([link.remembered?.driver, link.trouble]).toEqual(['mine', 'no-access']);
  });

  test('a driver that throws leaves the device closed, and is tried again with growing waits', async () => {
    const bus = new OneDevice();
    const timers = new FakeTimers();
    let isBroken = true;
    const broken: DriverEntry<Session, undefined> = {
      ...entry('mine', 1),
      load: async () => ({
        id: 'mine',
        connect: (link) => {
          if (isBroken) throw new TypeError('a mistake in the driver');
          return { link, lost: link.lost, close: () => Promise.reject(new Error('and another one')) };
        },
      }),
    };
    const kept = { buses: [bus], drivers: [broken], settings: undefined, timers, remembered: REMEMBERED };
    const link = new KeptLink<Session, undefined>({ ...kept, remember: () => undefined });
    await link.start();
    expect([link.trouble, link.session, bus.link?.isClosed]).toEqual(['protocol', undefined, true]);
    await timers.advance(2_000);
    expect(bus.opened).toBeGreaterThan(1);
    isBroken = false;
    await timers.advance(60_000);
    expect(link.link).toBe('connected');
    // One that cannot be closed is forgotten all the same.
    await link.forget();
    expect([link.link, link.remembered]).toEqual(['absent', undefined]);
  });

  test('another device of the same bus is let be', async () => {
    const { bus, link } = bench(REMEMBERED);
    bus.isThere = false;
    await link.start();
    bus.identity = { ...IDENTITY, productId: 3 };
    bus.replug();
    await settle();
    expect([link.link, bus.opened]).toEqual(['absent', 0]);
  });

  test('a device in use at one place is neither taken up nor chosen at another', async () => {
    const taken: TakenDevices = new Set();
    const first = bench(REMEMBERED, new OneDevice(), taken);
    const second = bench(REMEMBERED, first.bus, taken);
    await first.link.start();
    await second.link.start();
    expect([first.link.link, second.link.link, first.bus.opened]).toEqual(['connected', 'absent', 1]);
    await expect(second.link.pair('serial')).rejects.toMatchObject({ code: 'busy' });
    await first.link.forget();
    await second.link.reacquire();
    expect(second.link.link).toBe('connected');
  });

  test('forgotten or stopped, it lets the device go and takes nothing up', async () => {
    const { bus, timers, link, kept } = bench(REMEMBERED);
    await link.start();
    await link.forget();
    expect([link.link, kept, bus.link?.isClosed]).toEqual(['absent', [undefined], true]);
    bus.replug();
    await timers.advance(60_000);
    expect(link.link).toBe('absent');
    await link.stop();
    expect(bus.watchers).toBe(0);
  });
});
