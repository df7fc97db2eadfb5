import { describe, expect, test } from 'vitest';
import type { PrinterSettings } from '../../driver.ts';
import { printerProfile } from '../../printer-profile.ts';
import { blockRasteriser } from '../../testing/block-raster.ts';
import { serialRig, usbRig } from '../../testing/escpos-rigs.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { ending, jobOf, paperText, receiptPrinterConformance } from '../../testing/printer-conformance.ts';
import type { Bytes } from '../../transports/transport.ts';
import { escPosDriver } from './driver.ts';

receiptPrinterConformance('a USB printer that answers GS ( H', () => usbRig());
receiptPrinterConformance('a USB printer that answers GS r only', () =>
  usbRig(printerProfile('generic-80'), { answers: 'gs-r' }),
);
receiptPrinterConformance('a serial printer at 9600 with DSR', () =>
  serialRig({ baudRate: 9_600, flow: 'dsr' }),
);
receiptPrinterConformance('a serial printer at 115200', () =>
  serialRig({ baudRate: 115_200, flow: 'hardware' }),
);

describe('who a printer is', () => {
  test('one that speaks as Epson does tells its firmware and serial number; the name of its plug stays', async () => {
    const rig = await usbRig();
    expect(rig.printer.status.health).toEqual({
      firmware: '1.02 ESC/POS',
      serial: 'XJ80A00017',
      maker: 'Xiaoji',
    });
    expect(rig.printer.status.name).toBe('Xiaoji 80 mm Training Printer');
    expect(paperText(rig.device)).toEqual([]);
  });

  test('one that may not know the question is not asked, and one that leaves it open is not asked on', async () => {
    const unasked = await usbRig(printerProfile('generic-80'));
    expect(unasked.printer.status.health).toBeUndefined();
    const rig = await usbRig(printerProfile('epson-80'), { answers: 'gs-r' });
    const before = rig.device.received;
    await rig.timers.advance(10_000);
    expect(rig.device.received).toBe(before);
    expect(rig.printer.status.health).toBeUndefined();
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual({ kind: 'confirmed' });
  });

  test('is asked between slips, never inside one', async () => {
    const transport = new FakeTransport((bytes) => {
      const text = String.fromCharCode(...bytes);
      if (text.startsWith('\x1dI')) return [Uint8Array.of(0x5f, 0x41, 0)];
      const at = text.indexOf('\x1d(H');
      return at < 0 ? [] : [Uint8Array.of(0x37, 0x22, ...bytes.slice(at + 7, at + 11), 0)];
    }, 16);
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    const printed = session.print(jobOf('单一'));
    await timers.advance(10_000);
    expect(await printed).toEqual({ kind: 'confirmed' });
    const writes = transport.written.map((bytes) => String.fromCharCode(...bytes));
    const questions = writes.flatMap((text, at) => (text.startsWith('\x1dI') ? [at] : []));
    const slip = [
      writes.findIndex((text) => text.startsWith('\x1b@')),
      writes.findIndex((text) => text.includes('\x1d(H')),
    ];
    expect(questions.map((at) => writes[at])).toEqual(['\x1dIA', '\x1dID', '\x1dIB']);
    expect(questions.filter((at) => at > (slip[0] ?? 0) && at < (slip[1] ?? 0))).toEqual([]);
    expect(questions.at(-1)).toBeGreaterThan(slip[1] ?? 0);
    expect(session.status.health).toEqual({ firmware: 'A', serial: 'A', maker: 'A' });
  });
});

describe('proof that paper came out', () => {
  test('a printer without GS ( H is asked with GS r, and remembered so', async () => {
    const rig = await usbRig(printerProfile('epson-80'), { answers: 'gs-r' });
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual({ kind: 'confirmed' });
    expect(rig.remembered()?.profile.confirm).toBe('gs-r');
    const before = rig.device.received;
    const second = jobOf('单一');
    expect(await ending(rig, rig.printer.print(second))).toEqual({ kind: 'confirmed' });
    const fresh = await usbRig(printerProfile('generic-80'), { answers: 'gs-r' });
    const start = fresh.device.received;
    await ending(fresh, fresh.printer.print(second));
    expect(rig.device.received - before).toBe(fresh.device.received - start); // No GS ( H any more.
  });

  test('a printer that answers real-time status only is unconfirmed, quickly from the second job on', async () => {
    const rig = await usbRig(printerProfile('epson-80'), { answers: 'realtime' });
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual(none);
    const second = rig.printer.print(jobOf('单二'));
    await settle();
    expect(await second).toEqual(none);
    expect(paperText(rig.device).filter((text) => /^单/.test(text))).toEqual(['单一', '单二']);
  });

  test.each([true, false])('a write-only clone is unconfirmed (with a pipe in: %s)', async (hasIn) => {
    const rig = await usbRig(printerProfile('generic-80'), { answers: 'none' }, hasIn);
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual(none);
    expect(rig.printer.status).toMatchObject({ paper: 'unknown', cover: 'unknown', link: 'connected' });
  });

  test('a late answer is not taken for the next job', async () => {
    let late: Bytes | undefined;
    const transport = new FakeTransport((bytes) => {
      const text = String.fromCharCode(...bytes);
      if (text.startsWith('\x10\x04')) return [Uint8Array.of(0x12)];
      const at = text.indexOf('\x1d(H');
      if (at >= 0) late ??= Uint8Array.of(0x37, 0x22, ...bytes.slice(at + 7, at + 11), 0);
      return [];
    });
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    const first = session.print(jobOf('单一'));
    await timers.advance(60_000);
    expect(await first).toEqual(none);
    transport.say(late!);
    const second = session.print(jobOf('单二'));
    await settle();
    expect(session.status.job).toBe('printing'); // It waits for its own answer …
    transport.say(late!);
    await timers.advance(60_000);
    expect(await second).toEqual(none); // … and does not take that of the job before.
  });

  test('answers to GS r that nobody asked for, or that belong to an earlier job, prove nothing', async () => {
    const transport = new FakeTransport(() => []);
    const timers = new FakeTimers();
    const generic = { ...settings(timers), profile: printerProfile('generic-80') };
    const session = escPosDriver().connect(transport, generic);
    transport.say(Uint8Array.of(0x00, 0x00)); // Nobody asked.
    const outcomes = [session.print(jobOf('单一')), session.print(jobOf('单二'))];
    await timers.advance(12_000);
    expect(await outcomes[0]).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
    transport.say(Uint8Array.of(0x00)); // The first job's.
    await timers.advance(60_000);
    expect(await outcomes[1]).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
  });

  test('a printer switched off after the last byte is a timeout, not a success', async () => {
    let isOn = true;
    const transport = new FakeTransport((bytes) => {
      const text = String.fromCharCode(...bytes);
      if (!isOn) return [];
      return text.includes('\x1da') ? [Uint8Array.of(0x10, 0, 0, 0x0f)] : [];
    });
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    await settle();
    isOn = false;
    const outcome = session.print(jobOf('单一'));
    await timers.advance(60_000);
    expect(await outcome).toEqual({ kind: 'unconfirmed', reason: 'timeout' });
  });
});

describe('a serial printer that says XOFF', () => {
  test('is given nothing until it says XON', async () => {
    const transport = new FakeTransport(() => []);
    const timers = new FakeTimers();
    const session = escPosDriver().connect(transport, settings(timers));
    await timers.advance(10_000);
    transport.say(Uint8Array.of(0x13));
    await settle();
    const before = transport.written.length;
    const outcome = session.print(jobOf('单一'));
    await timers.advance(60_000);
    expect(transport.written.length).toBe(before);
    expect(session.status.job).toBe('stalled');
    transport.say(Uint8Array.of(0x11));
    await settle();
    expect(transport.written.length).toBeGreaterThan(before);
    await timers.advance(60_000);
    expect((await outcome).kind).toBe('unconfirmed');
  });
});

function settings(timers: FakeTimers): PrinterSettings {
  return { profile: printerProfile('epson-80'), raster: blockRasteriser, timers, onLearned: () => undefined };
}
