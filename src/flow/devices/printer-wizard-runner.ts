import type { PrintOutcome } from '../../devices/ports.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import { Store } from '../store.ts';
import {
  beginWizard,
  type PrinterChoices,
  type SensePin,
  stepWizard,
  type Wizard,
  type WizardEffect,
  type WizardEvent,
} from './printer-wizard.ts';
import type { Charset } from './trial-slips.ts';

/** What the wizard needs of the printer that is being set up. */
export interface TrialPrinter {
  /** Ways of text its language has; the first that is readable is kept. */
  readonly charsets: readonly Charset[];
  /** Uses these choices from now on, for a trial. */
  apply(choices: PrinterChoices): Promise<void>;
  print(document: ReceiptDocument): Promise<PrintOutcome>;
  kick(): Promise<boolean>;
  /** The level now: asked for, where the printer does not say it by itself. */
  drawerPin(): Promise<SensePin>;
  /** The choices are final. */
  keep(choices: PrinterChoices): Promise<void>;
  /** Back to what was in use when the wizard began. */
  restore(): Promise<void>;
}

/** Walks a person through the wizard: one event at a time, shown before it is acted upon. Nothing here is durable. */
export class PrinterWizardRunner {
  readonly state: Store<Wizard>;
  readonly #printer: TrialPrinter;
  readonly #alarm: (error: unknown) => void;
  #turn: Promise<void> = Promise.resolve();

  constructor(printer: TrialPrinter, alarm: (error: unknown) => void) {
    this.#printer = printer;
    this.#alarm = alarm;
    const [wizard, effects] = beginWizard(printer.charsets);
    this.state = new Store(wizard);
    this.#act(effects);
  }

  send(event: WizardEvent): void {
    const [wizard, effects] = stepWizard(this.state.value, event);
    this.state.set(wizard);
    this.#act(effects);
  }

  #act(effects: readonly WizardEffect[]): void {
    for (const effect of effects) {
      // In their order: choices that are applied late must not overtake the next ones.
      this.#turn = this.#turn.then(() => this.#perform(effect)).catch(this.#alarm);
    }
  }

  async #perform(effect: WizardEffect): Promise<void> {
    const printer = this.#printer;
    switch (effect.type) {
      case 'print':
        return this.send({ type: 'printed', trial: effect.trial, outcome: await this.#print(effect) });
      case 'read-pin':
        return this.send({ type: 'pin', trial: effect.trial, level: await printer.drawerPin() });
      case 'kick':
        await printer.apply(effect.choices);
        await printer.kick();
        return this.send({ type: 'kicked', trial: effect.trial });
      case 'keep':
        return printer.keep(effect.choices);
      case 'restore':
        return printer.restore();
      default:
        return effect satisfies never;
    }
  }

  async #print({ choices, document }: Extract<WizardEffect, { type: 'print' }>): Promise<PrintOutcome> {
    try {
      await this.#printer.apply(choices);
      return await this.#printer.print(document);
    } catch (error) {
      this.#alarm(error);
      return { kind: 'failed', reason: 'protocol' };
    }
  }
}
