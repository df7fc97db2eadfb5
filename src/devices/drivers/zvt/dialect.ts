import type { Approval } from '../../../domain/approval.ts';
import type { Currency } from '../../../domain/money.ts';
import type { ZvtApdu } from '../../codecs/zvt/apdu.ts';
import { type Bmp, decodeBmps } from '../../codecs/zvt/bmp.ts';
import {
  digitsOf,
  receiptField,
  registration,
  ZVT,
  ZVT_RESULTS,
  type ZvtStatus,
  zvtCommand,
} from '../../codecs/zvt/message.ts';
import type { DeviceHealth, TerminalAnswer, TerminalOrder } from '../../ports.ts';
import type { TerminalReason } from '../../reasons.ts';
import type { OrderNote } from '../../terminals/order-notes.ts';
import { declined, noAnswer, type OrderWork, type TerminalDialect } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Transport } from '../../transports/transport.ts';
import { CURRENCY_NUMBERS, needsReceipt, orderCommand } from './commands.ts';
import { ZvtConversation, type ZvtEnd } from './conversation.ts';
import { approvalOf, reasonOf, receiptOf, recordOf, verdictOn } from './records.ts';

/** Longest pause between two signs of life while a customer pays, ms: the terminals' own limits are 60 to 90 s. */
const CUSTOMER_MS = 180_000;
/** Longest pause while the terminal looks something up or undoes a payment with its host, ms. */
const LOOK_MS = 30_000;
const UNDO_MS = 90_000;
/** What an order may still say after it was told to stop, ms: less than a rail waits. */
const STOP_MS = 2_500;

/** While an earlier order is like this, no new one is begun. */
const WAITS: readonly string[] = ['running', 'lost', 'silent'];

/**
 * Orders in ZVT. The protocol carries no reference of ours and shows only its last stored payment, so the notes of this till are half
 * of every inquiry: where the books ended before an order, and which record each order made. An order whose end is not known is looked
 * up before the next one may cover it.
 */
export class ZvtDialect implements TerminalDialect {
  readonly driver = 'zvt';
  readonly storesOffline = false;
  readonly #transport: Transport;
  readonly #settings: TerminalSettings;
  readonly #conversation: ZvtConversation;
  readonly #listeners = new Set<() => void>();
  /** Orders that the terminal's last record can say nothing of any more. */
  readonly #doubtful = new Set<string>();
  #unit: string | undefined;
  #registeredIn: Currency | undefined;

  constructor(transport: Transport, settings: TerminalSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#conversation = new ZvtConversation(transport, settings.timers);
  }

  get lost(): Promise<void> {
    return this.#transport.lost;
  }

  get unit(): string | undefined {
    return this.#unit;
  }

  get health(): DeviceHealth {
    return this.#unit === undefined ? {} : { serial: this.#unit };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  refuses({ amount, purpose, original }: TerminalOrder): TerminalReason | undefined {
    if (this.#settings.zvt === undefined || !/^\d{6}$/.test(this.#settings.zvt.password)) return 'not-set-up';
    if (purpose === 'tip' || amount <= 0) return 'unsupported';
    const isNamed = original !== undefined && receiptOf(original.approval) !== undefined;
    return isNamed || !needsReceipt(purpose) ? undefined : 'original-unknown';
  }

  /** Registers once for each link and currency. */
  async meet(currency: Currency | undefined): Promise<TerminalReason | undefined> {
    const { zvt } = this.#settings;
    if (zvt === undefined) return 'not-set-up';
    if (currency === undefined || this.#registeredIn === currency) return undefined;
    const end = await this.#conversation.ask({
      command: registration(zvt.password, CURRENCY_NUMBERS[currency]),
      movesMoney: false,
      quietMs: LOOK_MS,
    });
    if (end.kind === 'completed') {
      this.#registeredIn = currency;
      this.#met(end.data);
      return undefined;
    }
    if (end.kind === 'unsent' || end.kind === 'unknown') return 'silent';
    return end.code === ZVT_RESULTS.pleaseWait ? 'running' : 'not-registered';
  }

  async charge(order: TerminalOrder, { signal, note }: OrderWork): Promise<TerminalAnswer> {
    const { purpose, reference } = order;
    if (purpose === 'tip') return declined('unsupported');
    if (!(await this.#coverNothing(reference))) return declined('earlier-order-open');
    const before = this.#lastRecord(reference);
    try {
      if (before !== undefined) await note({ before });
    } catch {
      return declined('not-noted');
    }
    if (signal.aborted) return declined('cancelled');
    const end = await this.#conversation.ask({
      command: orderCommand(purpose, order, this.#password),
      movesMoney: true,
      quietMs: CUSTOMER_MS,
      onTaken: () => void note({ accepted: true }).catch(() => undefined),
      signal,
      stopMs: STOP_MS,
    });
    const answer = this.#answer(end, order.amount);
    const record = end.kind === 'completed' && end.status !== undefined ? recordOf(end.status) : undefined;
    if (record !== undefined) await note({ record }).catch(() => undefined);
    return answer;
  }

  async ask(_reference: string, note: OrderNote | undefined): Promise<TerminalAnswer> {
    // Without a note nothing in the terminal's books can be told to be this order.
    if (note === undefined)
      return this.#settings.notes.isComplete ? { kind: 'not-found' } : noAnswer('notes-lost');
    if (note.undoing === true) return noAnswer('undo-unknown');
    if (this.#doubtful.has(note.reference)) return noAnswer('other-record');
    if (await this.#isWorking()) return noAnswer('running');
    const end = await this.#conversation.ask({
      command: this.#command(ZVT.repeatReceipt),
      movesMoney: false,
      quietMs: LOOK_MS,
    });
    if (end.kind === 'completed') {
      if (end.status !== undefined) return this.#compared(note, end.status);
      // What it printed was no payment: an end of day has taken the place of the last one.
      this.#doubtful.add(note.reference);
      return noAnswer('other-record');
    }
    if (end.kind === 'unknown') return noAnswer(end.why);
    if (end.kind === 'unsent') return noAnswer('silent');
    // Why there is nothing to show is not told apart by the codes: no paper is one of the reasons.
    return noAnswer(
      end.code === ZVT_RESULTS.pleaseWait ? 'running' : `code-${end.code.toString(16).padStart(2, '0')}`,
    );
  }

  async undo(reference: string, _note: OrderNote | undefined, approval: Approval): Promise<TerminalAnswer> {
    const receipt = receiptOf(approval);
    const { zvt, notes } = this.#settings;
    if (receipt === undefined || zvt === undefined) return noAnswer('original-unknown');
    const command = notes.find(reference)?.purpose === 'authorisation' ? ZVT.dropReservation : ZVT.reverse;
    const end = await this.#conversation.ask({
      command: this.#command(command, receiptField(receipt)),
      movesMoney: true,
      quietMs: UNDO_MS,
    });
    if (end.kind === 'completed') {
      if (end.status !== undefined && (end.status.result ?? 0) !== ZVT_RESULTS.ok)
        return { kind: 'approved', approval };
      const record = end.status === undefined ? undefined : recordOf(end.status);
      if (record !== undefined) await notes.change(reference, { record }).catch(() => undefined);
      return { kind: 'reversed' };
    }
    if (end.kind === 'unsent') return noAnswer('silent');
    if (end.kind === 'unknown') return noAnswer(end.why);
    if (end.code === ZVT_RESULTS.alreadyReversed) return { kind: 'reversed' };
    // The host was not reached, or the terminal is at something else: it can be tried again.
    if (end.kind === 'refused' || reasonOf(end.code) === 'host-offline') return noAnswer(reasonOf(end.code));
    return { kind: 'approved', approval };
  }

  /** What the end of a payment command means for the money. */
  #answer(end: ZvtEnd, amount: number): TerminalAnswer {
    switch (end.kind) {
      case 'unsent':
        return declined('no-device');
      case 'refused':
        return declined(reasonOf(end.code));
      case 'aborted':
        // Approved and then broken off: whether the terminal undid it, its books will tell.
        return end.status?.result === ZVT_RESULTS.ok ? noAnswer('broken-off') : declined(reasonOf(end.code));
      case 'completed': {
        const { status } = end;
        if (status?.result === undefined) return noAnswer('protocol');
        if (status.result !== ZVT_RESULTS.ok) return declined(reasonOf(status.result));
        if (status.amount !== undefined && status.amount !== amount) return noAnswer('mismatch');
        return { kind: 'approved', approval: approvalOf(status) };
      }
      case 'unknown':
        return noAnswer(end.why);
      default:
        return end satisfies never;
    }
  }

  async #compared(note: OrderNote, last: ZvtStatus): Promise<TerminalAnswer> {
    const { notes } = this.#settings;
    const isOfOther = (record: string) =>
      notes.of(this.driver).some((each) => each.reference !== note.reference && each.record === record);
    switch (verdictOn(note, last, isOfOther)) {
      case 'booked': {
        const record = recordOf(last);
        if (record !== undefined) await notes.change(note.reference, { record }).catch(() => undefined);
        return { kind: 'approved', approval: approvalOf(last) };
      }
      case 'not-booked':
        // The terminal took the order, is at rest, and has nothing of it: it was not paid and will not be.
        return note.accepted === true ? declined('not-booked') : { kind: 'not-found' };
      default:
        // Its last record will not be this order's any more. Every look prints a receipt: one is enough.
        this.#doubtful.add(note.reference);
        return noAnswer('other-record');
    }
  }

  /** Orders that are open are looked up now: the next payment would cover what the terminal knows of them. */
  async #coverNothing(reference: string): Promise<boolean> {
    const { notes } = this.#settings;
    for (const open of notes.of(this.driver)) {
      if (open.state !== 'sent' || open.reference === reference) continue;
      const answer = await this.ask(open.reference, open);
      if (answer.kind === 'no-answer' && WAITS.includes(answer.reason)) return false;
      const change =
        answer.kind === 'approved'
          ? ({ state: 'approved', approval: answer.approval } as const)
          : answer.kind === 'declined' || answer.kind === 'not-found'
            ? ({
                state: 'declined',
                reason: answer.kind === 'declined' ? answer.reason : 'not-booked',
              } as const)
            : undefined;
      if (change !== undefined) await notes.change(open.reference, change).catch(() => undefined);
    }
    return true;
  }

  /** Where the terminal's books end as far as this till knows: the newest record of an earlier order. */
  #lastRecord(reference: string): string | undefined {
    const earlier = this.#settings.notes.of(this.driver).filter((each) => each.reference !== reference);
    const newest = earlier.findLast(
      ({ record, unit }) => record !== undefined && (unit === undefined || unit === this.#unit),
    );
    return newest?.record ?? (earlier.length === 0 ? undefined : newest?.before);
  }

  /** True while it is at a payment: what it knows of an order is not final then. A terminal that cannot say is taken to be at rest. */
  async #isWorking(): Promise<boolean> {
    const end = await this.#conversation.ask({
      command: this.#command(ZVT.askStatus),
      movesMoney: false,
      quietMs: LOOK_MS,
    });
    if (end.kind === 'completed') return end.data.at(-1) === ZVT_RESULTS.pleaseWait;
    return end.kind === 'unknown' || (end.kind === 'refused' && end.code === ZVT_RESULTS.pleaseWait);
  }

  /** The completion of a registration names the terminal: BMP 29 after the status byte. */
  #met(data: Uint8Array<ArrayBuffer>): void {
    const unit = decodeBmps(data).fields.find(({ id }) => id === 0x29);
    const digits = unit === undefined ? undefined : digitsOf(unit.value);
    if (digits === undefined) return;
    this.#unit = digits;
    for (const listener of [...this.#listeners]) listener();
  }

  #command(command: number, ...fields: readonly Bmp[]): ZvtApdu {
    return zvtCommand(command, fields, this.#password);
  }

  get #password(): string {
    return this.#settings.zvt?.password ?? '';
  }
}
