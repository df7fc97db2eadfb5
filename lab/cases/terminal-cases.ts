import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { within } from '../../e2e/crash/deadline.ts';
import { cdcCore } from '../../src/devices/simulators/browser/cdc-core.ts';
import type { SerialCore } from '../../src/devices/simulators/browser/cores.ts';
import { EcrHubTerminal } from '../../src/devices/simulators/ecrhub/ecrhub-terminal.ts';
import { PaxTerminal } from '../../src/devices/simulators/pax/pax-terminal.ts';
import { ZvtTerminal } from '../../src/devices/simulators/zvt/zvt-terminal.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import { PAGE_MS } from '../machine/lab.ts';
import type { UsbDevice } from '../usb/usb-device.ts';
import { UsbShell } from '../usb/usb-shell.ts';
import { askUntil, benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { serialDevice } from './serial-device.ts';

/** Milliseconds from the amount on the terminal's screen to its answer: short, because the guest is slow enough. */
const CUSTOMER_MS = 400;

/** An attempt's id, as the till makes them. */
const newReference = (): string => randomBytes(16).toString('hex');

const timing = { timers: systemTimers, now: () => Date.now(), customerMs: CUSTOMER_MS };

type TerminalCore = SerialCore & { onAuthorising: () => void };

interface Family {
  readonly name: string;
  readonly driver: string;
  readonly bus: 'serial' | 'usb';
  make(): TerminalCore;
  plug(core: TerminalCore, name: string): UsbDevice;
}

/** No kernel driver takes it: what a page sees of a serial device where the system leaves it alone, as on Android. */
const onPlainUsb = (core: TerminalCore, productName: string): UsbDevice =>
  new UsbShell(cdcCore(core, { vendorId: 0x0483, productId: 0x5740, productName, serialNumber: 'LAB-USB' }));

const ecrhub = (): TerminalCore => new EcrHubTerminal(timing);
const pax = (): TerminalCore => new PaxTerminal(timing);
const zvt = (): TerminalCore => new ZvtTerminal(timing);

const FAMILIES: readonly Family[] = [
  { name: 'ecrhub', driver: 'ecrhub', bus: 'serial', make: ecrhub, plug: serialDevice },
  { name: 'ecrhub over WebUSB', driver: 'ecrhub', bus: 'usb', make: ecrhub, plug: onPlainUsb },
  { name: 'pax', driver: 'pax', bus: 'serial', make: pax, plug: serialDevice },
  { name: 'zvt', driver: 'zvt', bus: 'serial', make: zvt, plug: serialDevice },
];

/** Payment terminals on the port of a real kernel: paid, and cut off in the middle of a payment. */
export function terminalCases(): readonly LabCase[] {
  return FAMILIES.flatMap(({ name, driver, bus, make, plug }) => {
    const core = make();
    const device = plug(core, name);
    const keep = (page: Page): Promise<void> =>
      page.evaluate(([id, ids]) => bench.keepTerminal(id, ids), [driver, idsOf(bus, device)] as const);
    return [
      {
        name: `${name}: a terminal is taken up when it is plugged in, and a payment is approved, found again and undone`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await keep(page);
          await lab.plug(device);
          await untilLink(page, 'connected');
          const answers = await page.evaluate(async (reference) => {
            const paid = await bench.pay(reference, 1_250);
            const found = await bench.inquire(reference);
            return { paid, found, undone: await bench.reverse(reference) };
          }, newReference());
          assert.equal(answers.paid.kind, 'approved', JSON.stringify(answers));
          assert.equal(answers.found.kind, 'approved', JSON.stringify(answers));
          assert.equal(answers.undone.kind, 'reversed', JSON.stringify(answers));
        },
      },
      {
        name: `${name}: the cable is pulled while the bank is asked; after a replug, without a click, the terminal says how it ended`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await keep(page);
          await lab.plug(device);
          await untilLink(page, 'connected');
          const cut = new Promise<void>((resolve) => {
            core.onAuthorising = () => {
              lab.unplug(device);
              resolve();
            };
          });
          const reference = newReference();
          const paying = page.evaluate((it) => bench.pay(it, 800), reference);
          await within(PAGE_MS, 'the card to be read', cut);
          core.onAuthorising = () => undefined;
          assert.equal((await paying).kind, 'no-answer');
          await lab.plug(device);
          await untilLink(page, 'connected');
          // The terminal may still be at it: then it is asked again.
          const found = await askUntil(
            page,
            async (it: string) => {
              const answer = await bench.inquire(it);
              return answer.kind === 'no-answer' ? undefined : answer;
            },
            reference,
          );
          assert.equal(found.kind, 'approved', JSON.stringify(found));
          assert.deepEqual(
            await page.evaluate((api) => bench.events.filter((each) => each.startsWith(api)), bus),
            [`${bus} connect`, `${bus} disconnect`, `${bus} connect`],
          );
        },
      },
    ] satisfies readonly LabCase[];
  });
}
