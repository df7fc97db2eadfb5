import assert from 'node:assert/strict';
import { TILL_PORT } from '../image/place.ts';
import { untilUsbDevices } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { type Counter, type CounterCase, SERIAL, totalOf } from './counter.ts';
import { LabTill } from './till.ts';

/** The receipt printer through the built till and its own pages: what it promises while nothing is taken away from it. */
export function printerCases(counter: Counter): readonly LabCase[] {
  return [
    setUp(counter),
    ...[backPressure(counter), paperOut(counter), stall(counter)].map((each) => counter.asCase(each)),
  ];
}

const setUp = (counter: Counter): LabCase => ({
  name: 'till: a shop is set up, its printer connected, a slip comes out and is confirmed; after a reload the printer is there without a click',
  run: async (lab) => {
    const { printer } = counter;
    const till = new LabTill(await lab.open(TILL_PORT));
    await till.setUp();
    await lab.plug(printer.device);
    await untilUsbDevices(till.page, 1);
    await till.pairUsb(SERIAL);
    await till.see('printer-link', 'data-link', 'connected');
    await till.sell('12.5');
    await till.slip('printed');
    assert.match(printer.text().join('\n'), totalOf('12.50'));
    assert.equal(printer.core.kicks.length, 1);
    const again = await counter.reload(lab);
    await again.go('devices');
    await again.see('printer-link', 'data-link', 'connected');
    counter.isTidy = true;
  },
});

const backPressure = (counter: Counter): CounterCase => ({
  name: 'a printer that takes nothing more makes the slip wait, and loses nothing of it',
  run: async (till) => {
    const before = counter.paperLines;
    counter.printer.core.holdAfter(40);
    await till.sell('8');
    await till.slip('printing');
    await counter.untilFull();
    counter.printer.core.release();
    await till.slip('printed');
    assert.match(counter.paperSince(before).join('\n'), totalOf('8.00'));
  },
});

const paperOut = (counter: Counter): CounterCase => ({
  name: 'paper out in mid-slip is said, and a new roll lets the slip go on to its end',
  run: async (till) => {
    const before = counter.paperLines;
    counter.printer.core.endPaperAfter(3);
    await till.sell('9');
    await till.see('lamp-printer', 'data-tone', 'bad');
    assert.doesNotMatch(counter.paperSince(before).join('\n'), totalOf('9.00'));
    counter.printer.core.setPaper('ok');
    await till.slip('printed');
    assert.match(counter.paperSince(before).join('\n'), totalOf('9.00'));
  },
});

/** A browser says that all of a stalled transfer was written (browser-cases.ts): what came of it is not known. */
const stall = (counter: Counter): CounterCase => ({
  name: 'a slip whose pipe stalled is never called printed unless it came out, and the next one prints',
  run: async (till) => {
    const before = counter.paperLines;
    counter.printer.device.halted.add(0x01);
    await till.sell('7');
    await till.see('slip', 'data-state', ['printed', 'unconfirmed', 'failed']);
    const said = await till.by('slip').getAttribute('data-state');
    const cameOut = counter.paperSince(before).some((line) => totalOf('7.00').test(line));
    assert.ok(
      said !== 'printed' || cameOut,
      `it says ${said}, and this came out: ${counter.paperSince(before)}`,
    );
    if (said === 'printed') return;
    await till.see('lamp-printer', 'data-tone', 'calm');
    await till.by('print').click();
    await till.slip('printed');
    assert.match(counter.paperSince(before).join('\n'), totalOf('7.00'));
  },
});
