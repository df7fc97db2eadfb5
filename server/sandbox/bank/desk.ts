import { timingSafeEqual } from 'node:crypto';
import { ZERO } from '../../../src/domain/money.ts';
import type { Operation } from '../behaviour.ts';
import type { Books } from '../books.ts';
import type { Rules } from '../rules.ts';
import type { SandboxWorld } from '../world.ts';
import { FormatError, type Message, unpack } from './codec.ts';
import { type MacAlgorithm, messageMac } from './crypto.ts';
import { type Call, type Line, Replies } from './replies.ts';
import { Terminal, timeFields } from './terminal.ts';
import { TradeDesk } from './trade-desk.ts';

/** TPDU 5 + header 6. */
const ENVELOPE = 11;
const MAC_BYTES = 8;

export interface TerminalSetup {
  readonly terminal: string;
  readonly merchant: string;
  /** 16 bytes. */
  readonly masterKey: Uint8Array;
}

export interface BankParts {
  readonly books: Books;
  readonly rules: Rules;
  readonly world: SandboxWorld;
  readonly terminals: readonly TerminalSetup[];
  readonly mac: MacAlgorithm;
  readonly issuerKey: Uint8Array;
}

type Field = readonly [number, string];

/** Reads messages, knows terminals and checks MACs; the trade desk does the rest. */
export class BankDesk {
  readonly #parts: BankParts;
  readonly #terminals = new Map<string, Terminal>();
  readonly #replies: Replies;
  readonly #trades: TradeDesk;

  constructor(parts: BankParts) {
    this.#parts = parts;
    for (const { terminal, merchant, masterKey } of parts.terminals) {
      this.#terminals.set(terminal, new Terminal(terminal, merchant, masterKey));
    }
    this.#replies = new Replies(parts.world, parts.mac);
    this.#trades = new TradeDesk({ ...parts, replies: this.#replies, terminals: this.#terminals });
  }

  /** One frame without its length. */
  receive(frame: Uint8Array, line: Line): void {
    const envelope = frame.subarray(0, ENVELOPE);
    const body = frame.subarray(ENVELOPE);
    const message = this.#read(body, envelope, line);
    if (message === undefined) return;
    const terminal = this.#terminals.get(message.fields.get(41) ?? '');
    const call: Call = { line, envelope, message, terminal };
    if (terminal === undefined) return this.#unsigned(call, '97');
    if (terminal.merchant !== message.fields.get(42)) return this.#unsigned(call, '03');
    switch (message.mti) {
      case '0800':
      case '0820':
        return this.#manage(call, terminal);
      case '0500':
      case '0320':
        return this.#settle(call, terminal);
      case '0100':
      case '0200':
      case '0220':
      case '0400':
        if (!this.#macIsRight(call, terminal, body)) return this.#unsigned(call, 'A0');
        if (message.mti === '0400') this.#trades.reverse(call, terminal);
        else this.#trades.trade(call, terminal);
        return;
      default:
        line.cut();
    }
  }

  #read(body: Uint8Array, envelope: Uint8Array, line: Line): Message | undefined {
    try {
      return unpack(body);
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      // Without MTI and trace nobody could match an answer.
      if (!/^0[1-8][02]0$/.test(error.mti) || !error.fields.has(11)) line.cut();
      else this.#unsigned({ line, envelope, message: error, terminal: undefined }, '30');
      return undefined;
    }
  }

  #macIsRight({ message }: Call, terminal: Terminal, body: Uint8Array): boolean {
    const mac = message.fields.get(64);
    const key = terminal.keys?.mac;
    if (mac === undefined || key === undefined) return false;
    const expected = messageMac(this.#parts.mac, key, body.subarray(0, body.length - MAC_BYTES));
    return timingSafeEqual(expected, Buffer.from(mac, 'hex'));
  }

  #unsigned(call: Call, code: string): void {
    this.#replies.send(call, () => [...timeFields(this.#parts.world), [39, code]], undefined, false);
  }

  #manage(call: Call, terminal: Terminal): void {
    const private60 = call.message.fields.get(60) ?? '';
    const network = private60.slice(8, 11);
    this.#perform(call, terminal, 'sign-in', () => {
      if (call.message.mti === '0800' && network === '004') {
        const keys = terminal.signIn(this.#parts.world, this.#parts.mac);
        return [
          [39, '00'],
          [60, `00${terminal.batch}${network}`],
          [62, keys],
        ];
      }
      if (call.message.mti === '0820' && network === '002') terminal.keys = undefined;
      else if (call.message.mti !== '0820' || network !== '301') return [[39, '40']];
      return [[39, '00']];
    });
  }

  #settle(call: Call, terminal: Terminal): void {
    const private60 = call.message.fields.get(60) ?? '';
    const claimed = call.message.fields.get(48) ?? '';
    this.#perform(call, terminal, 'settle', () => {
      if (terminal.keys === undefined) return [[39, 'A0']];
      if (private60.slice(2, 8) !== terminal.batch) return [[39, '77']];
      if (call.message.mti === '0500') {
        if (private60.slice(8) !== '201' || !/^\d{62}$/.test(claimed)) return [[39, '30']];
        return [
          [39, '00'],
          [48, terminal.settle(claimed)],
        ];
      }
      if (terminal.open) return [[39, '12']];
      if (private60.slice(8) !== '201') return [[39, /^20[27]$/.test(private60.slice(8)) ? '00' : '30']];
      const rows = Number(claimed.slice(0, 2));
      const right = rows >= 1 && rows <= 8 && claimed.length === 2 + rows * 40;
      if (right) terminal.uploadedRows += rows;
      return [
        [39, right ? '00' : '30'],
        [48, String(terminal.uploadedRows).padStart(4, '0')],
      ];
    });
  }

  /** Management requests obey rules, too; they carry no MAC. */
  #perform(call: Call, terminal: Terminal, operation: Operation, act: () => Field[]): void {
    const behaviour = this.#parts.rules.decide({ host: 'bank', operation, amount: ZERO, order: terminal.id });
    const ignored = behaviour.booking === 'never' && behaviour.decline === '';
    const fields: Field[] =
      behaviour.decline !== '' ? [[39, behaviour.decline]] : ignored ? [[39, '96']] : act();
    const shown: Field[] = behaviour.answer === 'system-error' ? [[39, '96']] : fields;
    this.#replies.send(call, () => [...timeFields(this.#parts.world), [32, '48020000'], ...shown], {
      how: behaviour.answer,
      delayMs: behaviour.delayMs,
    });
  }
}
