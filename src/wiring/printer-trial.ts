import { CHARSETS_OF, type PrinterProfile } from '../devices/printer-profile.ts';
import type { ReconnectingPrinter } from '../devices/reconnecting-printer.ts';
import { newJobId } from '../domain/ids.ts';
import type { PrinterChoices } from '../flow/devices/printer-wizard.ts';
import { PrinterWizardRunner, type TrialPrinter } from '../flow/devices/printer-wizard-runner.ts';
import { systemChance } from './system.ts';

/** The wizard at work on one printer. */
export interface PrinterTrial {
  readonly runner: PrinterWizardRunner;
  /** Settles when the printer has its settings again: those from before, or those that were found. Never rejects. */
  readonly ended: Promise<void>;
}

export interface PrinterTrialPorts {
  /** A drawer that nobody could close by hand: a simulated one. */
  readonly shutDrawer?: () => void;
  alarm(error: unknown): void;
}

/** What was learned of another drawer is not true of this one. */
function chosen({ drawerOpenAt: _, ...profile }: PrinterProfile, choices: PrinterChoices): PrinterProfile {
  return { ...profile, ...choices };
}

/** Begins the wizard at a printer that is connected. Nothing is kept before its end. */
export function tryPrinter(printer: ReconnectingPrinter, ports: PrinterTrialPorts): PrinterTrial {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const profile = () => printer.remembered?.profile;
  const trial: TrialPrinter = {
    charsets: CHARSETS_OF[profile()?.language ?? 'escpos'],
    apply: async (choices) => {
      const before = profile();
      if (before !== undefined) await printer.tryOut(chosen(before, choices));
    },
    print: (document) => printer.print({ jobId: newJobId(systemChance), document, kickDrawer: false }),
    kick: () => printer.kick(),
    drawerPin: async () => (await printer.look()).drawerPin,
    keep: async (choices) => {
      const before = profile();
      if (before !== undefined) await printer.settle(chosen(before, choices)).finally(end);
      else end();
    },
    restore: () => printer.tryOut(undefined).finally(end),
  };
  const runner = new PrinterWizardRunner(trial, ports.alarm);
  const watch = (): void => {
    const { at } = runner.state.value.step;
    if (at === 'ask-closed') ports.shutDrawer?.();
    // A trial slip that waits for paper would keep the printer from the next sale.
    if (at === 'stopped' && printer.status.job === 'stalled') printer.abandon();
  };
  const stops = [runner.state.subscribe(watch), printer.subscribe(watch)];
  void ended.then(() => {
    for (const stop of stops) stop();
  });
  return { runner, ended };
}
