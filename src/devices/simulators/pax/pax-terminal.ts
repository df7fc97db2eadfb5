import type { Timers } from '../../timers.ts';
import type { Bytes, SerialCore } from '../browser/cores.ts';
import { Customer, type CustomerOutcome, type CustomerStage } from '../customer/customer.ts';
import { PaxLine } from './line.ts';

export interface PaxTerminalOptions {
  readonly timers: Timers;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly customerMs?: number;
  /** Store and forward is on. */
  readonly storesOffline?: boolean;
}

/** A transaction in the open batch. */
export interface PaxRecord {
  readonly transaction: number;
  readonly ecrRef: string;
  /** 01, 02, 03, 04; a voided sale becomes 17. */
  type: string;
  readonly originalType: string;
  amount: number;
  readonly time: string;
  readonly entry: string;
  isOffline: boolean;
}

const FS = '\x1c';
const US = '\x1f';

const ENTRIES = { swipe: '1', contactless: '2', chip: '4' } as const;

const CODES = {
  'insufficient-funds': ['000100', 'DECLINE', '51'],
  'wrong-pin': ['000100', 'DECLINE', '55'],
  'host-offline': ['100004', 'CONNECT ERROR', ''],
  cancelled: ['100002', 'ABORTED', ''],
  timeout: ['100001', 'TIMEOUT', ''],
} as const;

/** A void's type after the type it undoes. */
const VOIDED: Readonly<Record<string, string>> = { '01': '17', '02': '18', '03': '19', '04': '20' };

/** A PAX terminal in semi-integrated mode without metal, exact to the byte, with an open batch of its own. */
export class PaxTerminal implements SerialCore {
  readonly customer: Customer;
  readonly line: PaxLine;
  readonly records: PaxRecord[] = [];
  /** Called when the card has been read: pull the cable here. */
  onAuthorising: () => void = () => undefined;
  readonly faults = {
    /** Orders never arrive. */
    deafToOrders: false,
    /** Worked off, and the answer to an order gets lost. */
    loseAnswers: false,
    /** The account is shown in clear, as a terminal in the wrong mode does. */
    showsCard: false,
    /** So much of the amount is approved at most, minor units. */
    approvesUpTo: undefined as number | undefined,
  };
  /** Everything asked so far: commands only. */
  readonly asked: string[] = [];
  readonly #options: PaxTerminalOptions;
  readonly #listeners = new Set<(bytes: Bytes) => void>();
  #isBusy = false;
  #count = 0;
  #batch = 1;

  constructor(options: PaxTerminalOptions) {
    this.#options = options;
    this.customer = new Customer(options);
    this.line = new PaxLine({
      timers: options.timers,
      emit: (bytes) => this.babble(bytes),
      isReadyFor: (body) => this.#isReadyFor(body),
      onMessage: (body) => this.#heard(body.split(FS)),
    });
  }

  get stage(): CustomerStage {
    return this.customer.stage;
  }

  /** Payments the shop has money of. */
  get charged(): number {
    return this.records.filter(({ type }) => type === '01').length;
  }

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  powered(isOn: boolean): void {
    if (!isOn) this.line.reset();
  }

  receive(bytes: Bytes): void {
    for (const byte of bytes) this.line.receive(byte);
  }

  /** Says anything at all. */
  babble(bytes: Uint8Array): void {
    for (const listener of [...this.#listeners]) listener(Uint8Array.from(bytes));
  }

  /** Back on line, what was stored is forwarded. */
  setHostOnline(on: boolean): void {
    this.customer.setHostOnline(on);
    if (on) for (const record of this.records) record.isOffline = false;
  }

  /** The terminal settles by itself, as many do at night. */
  closeBatch(): void {
    this.records.length = 0;
    this.#batch += 1;
  }

  #isReadyFor(body: string): boolean {
    const command = body.slice(0, 3);
    if (this.faults.deafToOrders && command === 'T00') return false;
    return !this.#isBusy || command === 'A14';
  }

  #heard(fields: readonly string[]): void {
    const [command = '', version = ''] = fields;
    this.asked.push(command);
    switch (command) {
      case 'A00':
        return this.#reply(['0', 'A01', version, '000000', 'OK', '53423457', 'A80', '4.2.1', '', '', '']);
      case 'A14':
        this.customer.abort();
        return;
      case 'T00':
      case 'T02':
        return this.#order(fields);
      case 'R02':
        return this.#report(version, fields[6] ?? '');
      case 'B00':
        this.closeBatch();
        return this.#reply(['0', 'B01', version, '000000', 'OK']);
      default:
        return this.#reply(['0', answerTo(command), version, '100003', 'UNSUPPORT']);
    }
  }

  #order(fields: readonly string[]): void {
    const [command = '', version = '', type = '', amounts = '', , trace = ''] = fields;
    const [ecrRef = '', , , transaction = ''] = trace.split(US);
    const amount = Number(amounts.split(US)[0]);
    const say = (code: string, message: string, rest: readonly string[] = []) => {
      if (!this.faults.loseAnswers) this.#reply(['0', answerTo(command), version, code, message, ...rest]);
    };
    if (ecrRef.length > 16) return say('100012', 'REFERENCE INVALID');
    if (type === '16') return this.#void(Number(transaction), say);
    this.#isBusy = true;
    this.customer.begin({
      stage: (stage) => {
        if (stage === 'authorising') this.onAuthorising();
      },
      done: (outcome) => {
        this.#isBusy = false;
        if (outcome.kind === 'declined') {
          const [code, message, host] = CODES[outcome.reason];
          return say(code, message, [host === '' ? '' : [host, message].join(US), type, '', '', '']);
        }
        const record = this.#book(type, amount, ecrRef, outcome);
        const code = record.isOffline ? '000001' : record.amount < amount ? '000002' : '000000';
        say(code, 'OK', [
          this.#host(record),
          type,
          this.#amounts(record),
          this.#account(record),
          this.#trace(record),
        ]);
      },
    });
  }

  #void(transaction: number, say: (code: string, message: string, rest?: readonly string[]) => void): void {
    const record = this.records.find((each) => each.transaction === transaction);
    if (record === undefined) return say('100023', 'NOT FOUND');
    const voided = VOIDED[record.type];
    if (voided === undefined) return say('100021', 'ALREADY VOIDED');
    if (!this.customer.isHostOnline) return say('100004', 'CONNECT ERROR');
    record.type = voided;
    say('000000', 'OK', [
      this.#host(record),
      '16',
      this.#amounts(record),
      this.#account(record),
      this.#trace(record),
    ]);
  }

  #report(version: string, ecrRef: string): void {
    const record = this.records.find((each) => each.ecrRef === ecrRef);
    if (record === undefined) return this.#reply(['0', 'R03', version, '100023', 'NOT FOUND']);
    const { type, originalType } = record;
    this.#reply([
      '0',
      'R03',
      version,
      '000000',
      'OK',
      '1',
      '1',
      this.#host(record),
      '01',
      type,
      type === originalType ? '' : originalType,
      this.#amounts(record),
      this.#account(record),
      this.#trace(record),
    ]);
  }

  #book(
    type: string,
    amount: number,
    ecrRef: string,
    outcome: CustomerOutcome & { kind: 'approved' },
  ): PaxRecord {
    this.#count += 1;
    const record: PaxRecord = {
      transaction: this.#count,
      ecrRef,
      type,
      originalType: type,
      amount: Math.min(amount, this.faults.approvesUpTo ?? amount),
      time: new Date(this.#options.now()).toISOString().replace(/\D/g, '').slice(0, 14),
      entry: ENTRIES[outcome.entry],
      isOffline: outcome.offline,
    };
    this.records.push(record);
    return record;
  }

  #host({ transaction, isOffline }: PaxRecord): string {
    const auth = isOffline ? '' : String(300_000 + transaction);
    return [
      '00',
      'APPROVAL',
      auth,
      String(transaction).padStart(12, '0'),
      String(transaction),
      String(this.#batch),
    ].join(US);
  }

  #amounts({ amount }: PaxRecord): string {
    return [String(amount), '0', '0', '0', '0', '0'].join(US);
  }

  #account({ entry }: PaxRecord): string {
    const account = this.faults.showsCard ? '4761739001010119' : '0119';
    return [account, entry, '2812', '', '', '', '01', 'TEST/CARD'].join(US);
  }

  #trace({ transaction, ecrRef, time }: PaxRecord): string {
    return [String(transaction), ecrRef, time].join(US);
  }

  #reply(fields: readonly string[]): void {
    this.line.reply(fields.join(FS));
  }
}

/** The command with the next number: T00 is answered with T01. */
const answerTo = (command: string): string =>
  `${command.slice(0, 1)}${String(Number(command.slice(1)) + 1).padStart(2, '0')}`;
