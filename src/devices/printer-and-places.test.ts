import { describe, expect, test } from 'vitest';
import { KeptLink, type TakenDevices } from './kept/kept-link.ts';
import { printerProfile } from './printer-profile.ts';
import { ReconnectingPrinter } from './reconnecting-printer.ts';
import { RECEIPT_PRINTERS, SCANNERS } from './registry.ts';
import type { RememberedPrinter } from './remembered-printer.ts';
import { SimulatedSerial, SimulatedSerialPort } from './simulators/escpos/serial.ts';
import { VirtualPrinter } from './simulators/escpos/virtual-printer.ts';
import { blockRasteriser } from './testing/block-raster.ts';
import { FakeTimers, settle } from './testing/fake-timers.ts';
import { jobOf } from './testing/printer-conformance.ts';
import { WebSerialBus } from './transports/webserial.ts';

const LINE = { baudRate: 9_600, flow: 'none' } as const;
const CONVERTER = { bus: 'serial', vendorId: 0x0403, productId: 0x6001, name: '' } as const;
const PRINTER: RememberedPrinter = {
  driver: 'escpos',
  identity: CONVERTER,
  profile: printerProfile('generic-80'),
  line: LINE,
};

/** A counter with converters of one model, which look alike, and two places that could take either. */
function counter(remembered?: RememberedPrinter) {
  const timers = new FakeTimers();
  const serial = new SimulatedSerial();
  const bus = new WebSerialBus(serial, (ms) => new Promise((resolve) => timers.after(ms, resolve)));
  const taken: TakenDevices = new Set();
  const plug = () => {
    const port = new SimulatedSerialPort(new VirtualPrinter());
    serial.plug(port, true);
    return port;
  };
  const printer = new ReconnectingPrinter({
    buses: [bus],
    drivers: RECEIPT_PRINTERS,
    raster: blockRasteriser,
    timers,
    taken,
    ...(remembered === undefined ? {} : { remembered }),
    remember: () => undefined,
  });
  const scanner = (isRemembered: boolean) =>
    new KeptLink({
      buses: [bus],
      drivers: SCANNERS,
      settings: { timers },
      timers,
      taken,
      ...(isRemembered
        ? { remembered: { driver: 'scanner-serial', identity: CONVERTER, line: LINE } }
        : undefined),
      remember: () => undefined,
    });
  return { serial, plug, printer, scanner, taken };
}

describe('a printer and a place of the counter', () => {
  test('never open the same device: what the printer has is not taken up for the scanner', async () => {
    const { plug, printer, scanner } = counter(PRINTER);
    plug();
    await printer.start();
    const place = scanner(true);
    await place.start();
    expect([printer.status.link, place.link]).toEqual(['connected', 'absent']);
    await expect(place.pair('serial')).rejects.toMatchObject({ code: 'busy' });
    expect(printer.status.link).toBe('connected');
  });

  test('what the scanner has is neither taken up nor paired as a printer', async () => {
    const { plug, printer, scanner } = counter(PRINTER);
    const port = plug();
    await scanner(true).start();
    await printer.start();
    expect(printer.status.link).toBe('absent');
    await expect(printer.pair('serial')).rejects.toMatchObject({ code: 'busy' });
    expect(await printer.print(jobOf('单一'))).toEqual({ kind: 'failed', reason: 'no-printer' });
    expect((port.printer as VirtualPrinter).received).toBe(0);
  });

  test('with two converters of one model, each place gets one of its own', async () => {
    const { plug, printer, scanner, taken } = counter(PRINTER);
    plug();
    plug();
    await printer.start();
    const place = scanner(true);
    await place.start();
    expect([printer.status.link, place.link, taken.size]).toEqual(['connected', 'connected', 2]);
  });

  test('a device that the printer lets go of, or has lost, can be taken by the other', async () => {
    const { serial, plug, printer, scanner, taken } = counter(PRINTER);
    const port = plug();
    await printer.start();
    await printer.forget();
    expect(taken.size).toBe(0);
    const place = scanner(false);
    await place.start();
    await place.pair('serial', 'scanner-serial');
    expect(place.link).toBe('connected');
    serial.unplug(port);
    await settle();
    expect(taken.size).toBe(0);
  });

  test('a printer that cannot be opened is not held', async () => {
    const { serial, plug, printer, taken } = counter(PRINTER);
    const port = plug();
    serial.unplug(port);
    await printer.start();
    expect([printer.status.link, taken.size]).toEqual(['absent', 0]);
  });

  test('the printer itself may be opened again as often as it is set up anew', async () => {
    const { plug, printer, taken } = counter(PRINTER);
    plug();
    await printer.start();
    const changing = printer.configure(printerProfile('generic-58'));
    // A slip that comes while the link is closed opens it again by itself.
    void printer.print(jobOf('单一'));
    await changing;
    await settle();
    expect([printer.status.link, taken.size]).toEqual(['connected', 1]);
    await printer.tryOut(printerProfile('gbk-58'));
    await settle();
    expect([printer.status.link, taken.size]).toEqual(['connected', 1]);
  });
});
