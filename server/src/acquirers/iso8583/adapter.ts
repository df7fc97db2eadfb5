import { PURPOSES } from '../../../../src/domain/attempt.ts';
import type { CardData } from '../../../../src/domain/card-data.ts';
import { type Currency, type Minor, minor } from '../../../../src/domain/money.ts';
import { type Acquirer, AcquirerError, type Order, type Outcome, type PayOrder } from '../acquirer.ts';
import { declined, doubt, NOT_FOUND, unknown } from '../shared/outcomes.ts';
import { hostReason } from './answers.ts';
import { DEFAULTS, type Iso8583Config, type Iso8583Deps } from './config.ts';
import { KeyError } from './keys/key-error.ts';
import { type Settlement, settleBatch } from './settlement.ts';
import { Terminal } from './terminal.ts';
import { outcomeOf } from './terminal-store.ts';
import { cardFields, entryMode, field60 } from './transactions.ts';

const CARRIES: Acquirer['carries'] = [{ tender: 'card', method: 'reader', purposes: PURPOSES }];

/** What a bank host can do beside the interface of every acquirer. */
export interface BankAcquirer extends Acquirer {
  /** 结算: compares the open batch of a till's terminal with the bank's and closes it. Never rejects. */
  settle(till: string, signal: AbortSignal): Promise<Settlement>;
}

/**
 * A bank host that speaks ISO 8583 as a UnionPay-style terminal does (facts: field 5.1, reliability 2.3). It has no inquiry:
 * `query` tells what the adapter itself has heard, late answers included, and what stays open is reversed. Throws KeyError
 * for keys of the wrong size.
 */
export function createIso8583(config: Iso8583Config, deps: Iso8583Deps): BankAcquirer {
  const bank = new Bank(config, deps);
  return {
    id: 'iso8583',
    carries: CARRIES,
    pay: (order, signal) => bank.trade(order, signal),
    query: (order) => bank.query(order),
    reverse: (order, _reason, signal) => bank.reverse(order, signal),
    refund: (order, signal) => bank.trade(order, signal),
    close: async () => doubt('not-carried'),
    statement: async () => {
      throw new AcquirerError('refused', 'this host settles by batch totals and has no statement');
    },
    balance: (card, signal) => bank.balance(card, signal),
    settle: (till, signal) => bank.settle(till, signal),
    stop: async () => bank.stop(),
  };
}

class Bank {
  readonly #config: Iso8583Config;
  readonly #deps: Iso8583Deps;
  readonly #terminals: readonly Terminal[];

  constructor(config: Iso8583Config, deps: Iso8583Deps) {
    this.#config = config;
    this.#deps = deps;
    this.#terminals = config.terminals.map((each) => new Terminal(config, each, deps));
    if (this.#terminals.length === 0) throw new KeyError('no-base-key', 'no terminal is configured');
  }

  async trade(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    if (order.currency !== 'CNY' || order.tender !== 'card') return declined('not-carried');
    const terminal = this.#terminalOf(order.till);
    return terminal === undefined ? declined('no-terminal') : guarded(() => terminal.trade(order, signal));
  }

  async query({ reference }: Order): Promise<Outcome> {
    return guarded(async () => {
      const record = await this.#deps.store.find(reference);
      return record === undefined ? NOT_FOUND : outcomeOf(record);
    });
  }

  async reverse({ reference }: Order, signal: AbortSignal): Promise<Outcome> {
    return guarded(async () => {
      const record = await this.#deps.store.find(reference);
      const [first] = this.#terminals;
      const terminal = record?.terminal
        ? this.#terminals.find((each) => each.number === record.terminal)
        : first;
      return terminal === undefined ? unknown('no-terminal') : terminal.reverse(reference, signal);
    });
  }

  async balance(
    card: CardData,
    signal: AbortSignal,
  ): Promise<{ readonly balance: Minor; readonly currency: Currency }> {
    const [terminal] = this.#terminals;
    if (terminal === undefined) throw new AcquirerError('refused', 'no terminal');
    const heard = await this.#asked(terminal, card, signal);
    if ('refused' in heard) throw new AcquirerError('unreachable', heard.refused);
    const { fields } = heard.message;
    if (fields[39] !== '00') throw new AcquirerError('refused', hostReason(fields[39]));
    const amount = /^\d{4}156([CD])(\d{12})$/.exec(fields[54] ?? '');
    if (amount === null) throw new AcquirerError('malformed', 'no balance in field 54');
    return { balance: minor(Number(amount[2]) * (amount[1] === 'D' ? -1 : 1)), currency: 'CNY' };
  }

  async #asked(terminal: Terminal, card: CardData, signal: AbortSignal) {
    try {
      return await terminal.alone(async ({ batch, seal, send }) => {
        const sealed = seal(card);
        const cardData = cardFields(sealed);
        if (cardData === undefined) return { refused: 'card-data-too-long' };
        const kind = {
          3: '310000',
          22: entryMode(card, sealed.pin !== undefined),
          25: '00',
          49: '156',
          60: field60('01', batch, '000'),
        };
        return send({ mti: '0200', fields: { ...cardData, ...kind }, sealed: true });
      }, signal);
    } catch (error) {
      if (error instanceof KeyError) return { refused: error.code };
      throw error;
    }
  }

  async settle(till: string, signal: AbortSignal): Promise<Settlement> {
    const terminal = this.#terminalOf(till);
    if (terminal === undefined) return { state: 'open', reason: 'no-terminal' };
    try {
      return await settleBatch(
        terminal,
        { store: this.#deps.store, operator: this.#config.operator ?? DEFAULTS.operator },
        signal,
      );
    } catch {
      return { state: 'open', reason: 'adapter-fault' };
    }
  }

  stop(): void {
    for (const terminal of this.#terminals) terminal.stop();
  }

  /** The terminal that names the till, or the first one that names none. */
  #terminalOf(till: string): Terminal | undefined {
    const index = this.#config.terminals.findIndex(({ tills }) => tills?.includes(till));
    const open = this.#config.terminals.findIndex(({ tills }) => tills === undefined);
    return this.#terminals[index >= 0 ? index : open];
  }
}

/** The interface never rejects: a fault here leaves the outcome open. */
async function guarded(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch {
    return unknown('adapter-fault');
  }
}
