import assert from 'node:assert/strict';
import { until } from '../../e2e/crash/deadline.ts';
import { type Lab, PAGE_MS } from '../machine/lab.ts';
import { untilUsbDevices } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { type Counter, type CounterCase, totalOf } from './counter.ts';
import { labPrinter } from './printer.ts';

const USBLP_FILE = '/etc/modprobe.d/xiaoji-usblp.conf';
const HIDDEN = '/run/xiaoji-usblp.conf';

/** The receipt printer through the built till: cables, a second printer, and the kernel's own driver in the way. */
export function cableCases(counter: Counter): readonly LabCase[] {
  const cases = [cable(counter), twins(counter), usblp(counter), detach(counter)];
  return cases.map((each) => counter.asCase(each));
}

const cable = (counter: Counter): CounterCase => ({
  name: 'a cable pulled in mid-slip leaves the sale paid and the slip unconfirmed; replugging needs no click',
  run: async (till, lab) => {
    const { core, device } = counter.printer;
    core.holdAfter(40);
    await till.sell('6');
    await till.slip('printing');
    await counter.untilFull();
    lab.unplug(device);
    await till.slip('unconfirmed');
    await till.by('paid').waitFor();
    core.release();
    const before = counter.paperLines;
    await lab.plug(device);
    await till.see('lamp-printer', 'data-tone', 'calm');
    assert.equal(counter.paperLines, before, 'nothing prints by itself after a replug');
    await till.by('print').click();
    await till.slip('printed');
    assert.match(counter.paperSince(before).join('\n'), /DUPLICATE/);
  },
});

const twins = (counter: Counter): CounterCase => ({
  name: 'of two printers of one model it uses its own, and does not take the other when its own is gone',
  run: async (till, lab) => {
    const twin = labPrinter('LAB-B');
    await lab.plug(twin.device);
    await untilUsbDevices(till.page, 2);
    const before = counter.paperLines;
    await till.sell('5');
    await till.slip('printed');
    assert.match(counter.paperSince(before).join('\n'), totalOf('5.00'));
    await till.next();
    lab.unplug(counter.printer.device);
    await till.see('lamp-printer', 'data-tone', 'warn');
    await till.sell('4');
    await till.slip('failed');
    await lab.plug(counter.printer.device);
    await till.see('lamp-printer', 'data-tone', 'calm');
    assert.deepEqual(twin.text(), []);
    lab.unplug(twin.device);
  },
});

/**
 * The printer on a machine that was not set up: the kernel loads its own driver for it. That takes a moment, in which a page
 * that knows the printer is faster; from the next plug on the kernel is first.
 */
async function plugIntoUnpreparedMachine(counter: Counter, lab: Lab): Promise<void> {
  const { device } = counter.printer;
  lab.unplug(device);
  await lab.sh(`if [ -f ${USBLP_FILE} ]; then mv ${USBLP_FILE} ${HIDDEN}; fi; udevadm control --reload`);
  await lab.plug(device);
  await untilInGuest(lab, 'the kernel to load its driver', 'ls /sys/bus/usb/drivers', /^usblp$/m);
  lab.unplug(device);
  await lab.plug(device);
  await untilInGuest(lab, 'the kernel to take the printer', 'ls /sys/bus/usb/drivers/usblp', /^\d+-\d+:/m);
}

/** Waits until a command in the guest says so. */
function untilInGuest(lab: Lab, what: string, command: string, answer: RegExp): Promise<true> {
  return until(PAGE_MS, what, async () => answer.test(await lab.sh(command)) || undefined);
}

/** What docs/managed-shop.md tells an installer to do. */
async function prepareMachine(counter: Counter, lab: Lab): Promise<void> {
  lab.unplug(counter.printer.device);
  await lab.sh(`mv ${HIDDEN} ${USBLP_FILE} && udevadm control --reload && modprobe --remove usblp`);
  await lab.plug(counter.printer.device);
}

const usblp = (counter: Counter): CounterCase => ({
  name: 'where the kernel took the printer it says that the printer is in use; with the file of docs/managed it is free',
  run: async (till, lab) => {
    await plugIntoUnpreparedMachine(counter, lab);
    await till.sell('3');
    await till.slip('failed');
    assert.match((await till.by('slip').textContent()) ?? '', /in use/);
    await prepareMachine(counter, lab);
    await till.see('lamp-printer', 'data-tone', 'calm');
    await till.by('print').click();
    await till.slip('printed');
  },
});

const detach = (counter: Counter): CounterCase => ({
  name: 'where the kernel took the printer, a browser with AutomaticUsbDetach takes it back',
  run: async (_, lab) => {
    await plugIntoUnpreparedMachine(counter, lab);
    await lab.restartBrowser(['--enable-features=AutomaticUsbDetach']);
    const till = await counter.reload(lab);
    await till.go('devices');
    await till.see('printer-link', 'data-link', 'connected');
    await till.sell('2');
    await till.slip('printed');
    await prepareMachine(counter, lab);
    await till.see('lamp-printer', 'data-tone', 'calm');
  },
});
