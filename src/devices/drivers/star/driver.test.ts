import { describe, expect, test } from 'vitest';
import { printerProfile } from '../../printer-profile.ts';
import { settle } from '../../testing/fake-timers.ts';
import { ending, jobOf, paperText, receiptPrinterConformance } from '../../testing/printer-conformance.ts';
import { starSerialRig, starUsbRig } from '../../testing/star-rigs.ts';

const line = printerProfile('star-line-gb18030-80');

receiptPrinterConformance('a StarPRNT printer on USB', () => starUsbRig());
receiptPrinterConformance('a StarPRNT printer with a Chinese font', () =>
  starUsbRig(printerProfile('star-gb18030-80'), { font: 'gb18030' }),
);
receiptPrinterConformance('a Star Line Mode printer with ETB only', () =>
  starUsbRig(line, { font: 'gb18030', answers: 'etb' }),
);
receiptPrinterConformance('a Star printer that only says its status when asked', () =>
  starUsbRig(line, { font: 'gb18030', answers: 'etb', reports: false }),
);
receiptPrinterConformance('a Star Line Mode printer on a serial line', () => starSerialRig());

describe('proof that paper came out of a Star', () => {
  test('a printer without document counter is asked with ETB, and remembered so', async () => {
    const rig = await starUsbRig(printerProfile('star-utf8-80'), { answers: 'etb' });
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual({ kind: 'confirmed' });
    expect(rig.profile()?.confirm).toBe('etb');
  });

  test.each(['status', 'none'] as const)('a printer that answers %s only is unconfirmed', async (answers) => {
    const rig = await starUsbRig(printerProfile('star-utf8-80'), { answers });
    const none = { kind: 'unconfirmed', reason: 'no-confirmation' };
    expect(await ending(rig, rig.printer.print(jobOf('单一')))).toEqual(none);
    expect(await ending(rig, rig.printer.print(jobOf('单二')))).toEqual(none);
    expect(paperText(rig.device).filter((text) => /^单/.test(text))).toEqual(['单一', '单二']);
  });

  test('a counter left from before a reload proves nothing, however often it is asked', async () => {
    const rig = await starUsbRig(line, { font: 'gb18030', answers: 'etb' });
    await ending(rig, rig.printer.print(jobOf('单一')));
    rig.device.setCover(true); // From here on nothing is worked off, the clearing of the counter neither.
    rig.unplug();
    await settle();
    rig.replug();
    await settle();
    let outcome: unknown;
    void rig.printer.print(jobOf('单二')).then((value) => {
      outcome = value;
    });
    await rig.timers.advance(120_000);
    expect(outcome).toBeUndefined();
    rig.device.setCover(false);
    await rig.timers.advance(10_000);
    expect(outcome).toEqual({ kind: 'confirmed' });
  });

  test('a slow printer that takes a few bytes at a time gets the whole slip once', async () => {
    const rig = await starUsbRig();
    rig.device.holdAfter(0);
    const outcome = rig.printer.print(jobOf('单一', 20));
    let ended: unknown;
    void outcome.then((value) => {
      ended = value;
    });
    for (let drip = 0; drip < 200 && ended === undefined; drip += 1) {
      rig.device.release();
      rig.device.holdAfter(16);
      await rig.timers.advance(700);
    }
    expect(ended).toEqual({ kind: 'confirmed' });
    expect(paperText(rig.device)).toHaveLength(21);
  });

  test('forty slips in a row are confirmed, though the counter has five bits', async () => {
    const rig = await starUsbRig(line, { font: 'gb18030', answers: 'etb' });
    for (let slip = 0; slip < 40; slip += 1) {
      expect(await ending(rig, rig.printer.print(jobOf(`单${slip}`)))).toEqual({ kind: 'confirmed' });
    }
  });
});
