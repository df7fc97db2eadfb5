import { describe, expect, test } from 'vitest';
import { CHARSETS_OF, type PrinterProfile } from '../../devices/printer-profile.ts';
import type { BufferedPrinter } from '../../devices/simulators/escpos/buffered-printer.ts';
import type { PaperLine } from '../../devices/simulators/escpos/paper.ts';
import { usbRig } from '../../devices/testing/escpos-rigs.ts';
import { settle } from '../../devices/testing/fake-timers.ts';
import { starUsbRig } from '../../devices/testing/star-rigs.ts';
import type { WizardEvent } from './printer-wizard.ts';
import { PrinterWizardRunner, type TrialPrinter } from './printer-wizard-runner.ts';
import type { PaperColumns } from './trial-slips.ts';

type Rig = Awaited<ReturnType<typeof usbRig>> | Awaited<ReturnType<typeof starUsbRig>>;

function trialPrinter({ printer }: Rig): { trial: TrialPrinter; kept: () => PrinterProfile | undefined } {
  const before = printer.remembered!.profile;
  let jobs = 0;
  let kept: PrinterProfile | undefined;
  return {
    kept: () => kept,
    trial: {
      charsets: CHARSETS_OF[before.language],
      apply: (choices) => printer.tryOut({ ...before, ...choices }),
      print: (document) => {
        jobs += 1;
        return printer.print({ jobId: `trial-${jobs}`, document, kickDrawer: false });
      },
      kick: () => printer.kick(),
      drawerPin: async () => (await printer.look()).drawerPin,
      keep: async (choices) => {
        await printer.settle({ ...before, ...choices });
        kept = printer.remembered?.profile;
      },
      restore: () => printer.tryOut(undefined),
    },
  };
}

/** A person at the counter who looks at the paper and the drawer, and answers what they see. */
function answerFor(
  device: BufferedPrinter,
  at: string,
  paper: readonly PaperLine[],
): WizardEvent | undefined {
  const texts = paper.map((line) => (line.kind === 'text' ? line.text : ''));
  const isDrawn = paper.some((line) => line.kind === 'raster');
  switch (at) {
    case 'ask-charset': {
      const isGarbled = texts.join('').includes('\ufffd');
      const isReadable = texts.includes('收银小票 ￥12.50') || (isDrawn && texts.join('') === '');
      return { type: 'looks', like: isReadable && !isGarbled ? 'readable' : 'garbled' };
    }
    case 'ask-columns': {
      const first = texts.find((text) => text.startsWith('........10'));
      const last = first?.match(/\d+/g)?.at(-1);
      return { type: 'ends-at', columns: Number(last ?? device.columns) as PaperColumns };
    }
    case 'ask-cutter':
      return { type: 'was-cut', cut: paper.some((line) => line.kind === 'cut') };
    case 'ask-drawer':
      return { type: 'has-drawer', has: true };
    case 'ask-closed':
      device.closeDrawer();
      return { type: 'is-closed' };
    case 'ask-open':
      return { type: 'has-opened', opened: device.isDrawerOpen };
    default:
      return undefined;
  }
}

async function walkThrough(rig: Rig): Promise<PrinterProfile | undefined> {
  const { trial, kept } = trialPrinter(rig);
  const runner = new PrinterWizardRunner(trial, (error) => {
    throw error;
  });
  for (let round = 0; round < 60; round += 1) {
    await rig.timers.advance(1_000);
    const { step } = runner.state.value;
    if (step.at === 'done') break;
    const answer = answerFor(rig.device, step.at, rig.device.paper);
    if (answer === undefined) continue;
    if (answer.type === 'looks' && answer.like === 'garbled') rig.device.tear();
    runner.send(answer);
  }
  await settle();
  return kept();
}

describe('the wizard, with a person who says what they see', () => {
  test.each([
    ['gb18030', 48, false],
    ['gb18030', 32, true],
    ['utf8', 42, false],
  ] as const)('finds out a printer of %s with %i columns', async (charset, columns, isDrawerInverted) => {
    const rig = await usbRig(undefined, { charset, columns, isDrawerInverted });
    expect(await walkThrough(rig)).toMatchObject({
      charset,
      columns,
      cutter: true,
      drawerPin: 2,
      drawerOpenAt: isDrawerInverted ? 'low' : 'high',
    });
    expect(rig.printer.status.drawer).toBe('open');
  });

  test('finds out an older GBK printer, because the slip has a euro sign', async () => {
    const rig = await usbRig(undefined, { charset: 'gbk', columns: 48 });
    expect(await walkThrough(rig)).toMatchObject({ charset: 'gbk', columns: 48 });
  });

  test('finds out a Star without a Chinese font', async () => {
    const rig = await starUsbRig(undefined, { font: 'latin' });
    expect(await walkThrough(rig)).toMatchObject({ charset: 'raster', qr: 'raster', language: 'star-prnt' });
  });

  test('a printer that is gone makes it wait, with the reason', async () => {
    const rig = await usbRig();
    rig.unplug();
    await settle();
    const runner = new PrinterWizardRunner(trialPrinter(rig).trial, () => undefined);
    await rig.timers.advance(1_000);
    expect(runner.state.value.step).toMatchObject({ at: 'stuck', slip: 'charset' });
    rig.replug();
    await settle();
    runner.send({ type: 'again' });
    await rig.timers.advance(10_000);
    expect(runner.state.value.step).toMatchObject({ at: 'ask-charset' });
  });

  test('stopped in the middle, the printer is as it was', async () => {
    const rig = await usbRig();
    const before = rig.printer.remembered;
    const runner = new PrinterWizardRunner(trialPrinter(rig).trial, () => undefined);
    await rig.timers.advance(10_000);
    runner.send({ type: 'stop' });
    await rig.timers.advance(10_000);
    expect(rig.printer.remembered).toEqual(before);
  });
});
