import type { Approval } from '../../../domain/approval.ts';
import type { Purpose } from '../../../domain/attempt.ts';
import {
  encodePax,
  encodePaxOrder,
  encodePaxQuestion,
  PAX_CODES,
  PAX_ECR_REF_MAX,
  PAX_TYPES,
  type PaxReply,
} from '../../codecs/pax/message.ts';
import type { DeviceHealth, TerminalAnswer, TerminalOrder } from '../../ports.ts';
import type { TerminalReason } from '../../reasons.ts';
import type { OrderNote } from '../../terminals/order-notes.ts';
import { terminalApproval } from '../../terminals/terminal-approval.ts';
import { declined, noAnswer, type OrderWork, type TerminalDialect } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Transport } from '../../transports/transport.ts';
import { type PaxAsk, PaxConversation, type PaxEnd } from './conversation.ts';

/** A customer with card, PIN and signature, ms. */
const ORDER_MS = 300_000;
/** Questions are answered from the terminal's memory, ms; an undo by its host. */
const QUESTION_MS = 20_000;
const UNDO_MS = 90_000;
/** What an order may still say after it was told to stop, ms: less than a rail waits. */
const STOP_MS = 2_500;
/** Terminals may settle by themselves, and a settled payment is found no more: so long after the order, not found is no answer, ms. */
const BATCH_DOUBT_MS = 900_000;

const TYPES: Readonly<Record<Exclude<Purpose, 'tip'>, (typeof PAX_TYPES)[keyof typeof PAX_TYPES]>> = {
  sale: PAX_TYPES.sale,
  refund: PAX_TYPES.return,
  authorisation: PAX_TYPES.authorise,
  completion: PAX_TYPES.complete,
  void: PAX_TYPES.void,
  'authorisation-cancel': PAX_TYPES.void,
  'completion-cancel': PAX_TYPES.void,
};
/** The original is named by the terminal's own transaction number. */
const NEEDS_TRANSACTION: readonly Purpose[] = [
  'void',
  'completion',
  'authorisation-cancel',
  'completion-cancel',
];
/** What undoes shows as a changed type of the original's record, not as a record of its own. */
const UNDOES: readonly Purpose[] = ['void', 'authorisation-cancel', 'completion-cancel'];
/** Types that a record has once it was voided. */
const VOIDED = ['16', '17', '18', '19', '20'];
const APPROVED: readonly string[] = [PAX_CODES.ok, PAX_CODES.offline, PAX_CODES.withoutSurcharge];

/** Orders of PAX semi-integrated terminals: asked about in the open batch by the first sixteen characters of our reference. */
export class PaxDialect implements TerminalDialect {
  readonly driver = 'pax';
  readonly #transport: Transport;
  readonly #settings: TerminalSettings;
  readonly #conversation: PaxConversation;
  readonly #listeners = new Set<() => void>();
  #health: DeviceHealth = {};
  #hasMet = false;

  constructor(transport: Transport, settings: TerminalSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#conversation = new PaxConversation(transport, settings.timers);
  }

  get lost(): Promise<void> {
    return this.#transport.lost;
  }

  get storesOffline(): boolean {
    return this.#settings.pax?.storesOffline ?? false;
  }

  get unit(): string | undefined {
    return this.#health.serial;
  }

  get health(): DeviceHealth {
    return this.#health;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  refuses({ reference, purpose, original }: TerminalOrder): TerminalReason | undefined {
    if (this.#settings.pax === undefined) return 'not-set-up';
    if (purpose === 'tip' || !/^[0-9a-f]{32}$/.test(reference)) return 'unsupported';
    const { trace } = original?.approval ?? {};
    return NEEDS_TRANSACTION.includes(purpose) && trace === undefined ? 'original-unknown' : undefined;
  }

  /** Initialises once for each link: the terminal tells its serial number. */
  async meet(): Promise<TerminalReason | undefined> {
    if (this.#settings.pax === undefined) return 'not-set-up';
    if (this.#hasMet) return undefined;
    const heard = await this.#conversation.ask({
      body: encodePax('A00'),
      reply: 'A01',
      ms: QUESTION_MS,
      movesMoney: false,
    });
    if (typeof heard === 'string') return heard === 'lost' ? 'lost' : 'silent';
    this.#hasMet = true;
    const { serial, model } = heard;
    this.#health = {
      maker: 'PAX',
      ...(serial === undefined ? {} : { serial }),
      ...(model === undefined ? {} : { model }),
    };
    for (const listener of [...this.#listeners]) listener();
    return undefined;
  }

  async charge(order: TerminalOrder, { signal, note }: OrderWork): Promise<TerminalAnswer> {
    const { reference, purpose, amount, original } = order;
    if (purpose === 'tip') return declined('unsupported');
    if (signal.aborted) return declined('cancelled');
    const ecrRef = ecrRefOf(reference);
    const transaction = NEEDS_TRANSACTION.includes(purpose) ? original?.approval.trace : undefined;
    const type = TYPES[purpose];
    const asked: PaxAsk = {
      body: encodePaxOrder({
        type,
        ecrRef,
        ...(type === PAX_TYPES.void ? {} : { amount }),
        ...(transaction === undefined ? {} : { transaction }),
      }),
      reply: 'T01',
      ms: ORDER_MS,
      movesMoney: true,
      isMine: named(ecrRef, type === PAX_TYPES.void ? original?.reference : undefined),
      onTaken: () => void note({ accepted: true }).catch(() => undefined),
      signal,
    };
    const heard = await this.#conversation.ask(asked);
    if (heard === 'unsent') return declined('no-device');
    if (heard !== 'stopped') return this.#verdict(order, heard);
    // Not waited for: the end of the payment says more than an acknowledgement.
    void this.#conversation.tell(encodePax('A14'));
    return this.#verdict(order, await this.#conversation.more(asked, STOP_MS));
  }

  async ask(reference: string, note: OrderNote | undefined): Promise<TerminalAnswer> {
    const undone = note === undefined || !UNDOES.includes(note.purpose) ? undefined : note.original;
    const ecrRef = ecrRefOf(undone ?? reference);
    const heard = await this.#look(ecrRef);
    if (typeof heard === 'string') return noAnswer(heard);
    if (isMissing(heard)) return undone === undefined ? this.#missing(note) : noAnswer('batch-may-be-closed');
    if (heard.code !== PAX_CODES.ok) return noAnswer(`code-${heard.code}`);
    if (heard.ecrRef !== ecrRef) return noAnswer('mismatch');
    const isVoided = VOIDED.includes(heard.type ?? '');
    if (undone !== undefined)
      return isVoided ? { kind: 'approved', approval: this.#approvalOf(heard) } : notBooked(note);
    if (isVoided) return { kind: 'reversed' };
    if (note !== undefined && heard.amount !== note.amount) return noAnswer('partial');
    return { kind: 'approved', approval: this.#approvalOf(heard) };
  }

  async undo(reference: string, _note: OrderNote | undefined, approval: Approval): Promise<TerminalAnswer> {
    const before = await this.#look(ecrRefOf(reference));
    if (typeof before === 'string') return noAnswer(before);
    // Settled meanwhile: it can only be paid back.
    if (isMissing(before)) return { kind: 'approved', approval };
    if (VOIDED.includes(before.type ?? '')) return { kind: 'reversed' };
    const { transaction } = before;
    if (before.code !== PAX_CODES.ok || transaction === undefined) return noAnswer(`code-${before.code}`);
    return this.#void(reference, transaction, approval);
  }

  async #void(reference: string, transaction: string, approval: Approval): Promise<TerminalAnswer> {
    const heard = await this.#conversation.ask({
      body: encodePaxOrder({ type: PAX_TYPES.void, ecrRef: undoRefOf(reference), transaction }),
      reply: 'T01',
      ms: UNDO_MS,
      movesMoney: true,
      isMine: named(undoRefOf(reference), reference),
    });
    if (typeof heard === 'string') return noAnswer(heard === 'unsent' ? 'silent' : heard);
    const after = await this.#look(ecrRefOf(reference));
    if (heard.code === PAX_CODES.ok || (typeof after !== 'string' && VOIDED.includes(after.type ?? '')))
      return { kind: 'reversed' };
    // The bank said no: what is left is to pay it back. Anything else may pass.
    return heard.code === PAX_CODES.declined
      ? { kind: 'approved', approval }
      : noAnswer(`code-${heard.code}`);
  }

  async #verdict(order: TerminalOrder, heard: PaxEnd): Promise<TerminalAnswer> {
    if (typeof heard === 'string') return noAnswer(heard === 'unsent' ? 'silent' : heard);
    const { code, amount } = heard;
    if (code === PAX_CODES.partial) return this.#giveBackPart(order, heard);
    if (APPROVED.includes(code)) {
      if (amount !== undefined && amount !== order.amount) return noAnswer('mismatch');
      return { kind: 'approved', approval: this.#approvalOf(heard) };
    }
    if (code === PAX_CODES.declined) return declined('declined');
    if (code === PAX_CODES.timeout || code === PAX_CODES.aborted) return declined('cancelled');
    // A code that may come before or after the card was read: the batch tells whether money moved.
    const known = await this.ask(order.reference, this.#settings.notes.find(order.reference));
    return known.kind === 'not-found' || known.kind === 'declined' ? declined(`code-${code}`) : known;
  }

  /** Only a part was approved: the till wants all or nothing, so the part is undone at once. */
  async #giveBackPart({ reference }: TerminalOrder, heard: PaxReply): Promise<TerminalAnswer> {
    if (heard.transaction === undefined) return noAnswer('partial');
    const undone = await this.#void(reference, heard.transaction, this.#approvalOf(heard));
    return undone.kind === 'reversed' ? declined('partial') : noAnswer('partial');
  }

  #missing(note: OrderNote | undefined): TerminalAnswer {
    if (note === undefined) return { kind: 'not-found' };
    if (this.#settings.now() - note.at > BATCH_DOUBT_MS) return noAnswer('batch-may-be-closed');
    return note.state === 'approved' ? noAnswer('batch-may-be-closed') : notBooked(note);
  }

  #approvalOf(reply: PaxReply): Approval {
    // A stored payment has no authorisation of a bank yet.
    const isStored = this.storesOffline && reply.type === PAX_TYPES.sale && reply.authCode === undefined;
    return terminalApproval({
      channelId: reply.hostReference,
      reference: reply.hostReference,
      authCode: reply.authCode,
      batch: reply.batch,
      trace: reply.transaction,
      card: reply.card,
      entry: ENTRIES[reply.entry ?? ''],
      ...(reply.code === PAX_CODES.offline || isStored ? { offline: true } : {}),
    });
  }

  async #look(ecrRef: string): Promise<PaxReply | 'silent' | 'timeout' | 'lost'> {
    const heard = await this.#conversation.ask({
      body: encodePaxQuestion(ecrRef),
      reply: 'R03',
      ms: QUESTION_MS,
      movesMoney: false,
      isMine: (reply) => (reply.ecrRef === undefined ? undefined : reply.ecrRef === ecrRef),
    });
    return heard === 'unsent' || heard === 'stopped' ? 'silent' : heard;
  }
}

/** 64 random bits of the attempt's id: the same each time, and nobody else's in any batch. */
const ecrRefOf = (reference: string): string => reference.slice(0, PAX_ECR_REF_MAX);

/** The number of an order's undo: the same each time, and never an order's own (those are hexadecimal). */
const undoRefOf = (reference: string): string => `V${reference.slice(0, PAX_ECR_REF_MAX - 1)}`;

/** A reply that names this order is its own; one that names another is not; one without a name may be. */
function named(ecrRef: string, original: string | undefined): (reply: PaxReply) => boolean | undefined {
  const names = [ecrRef, ...(original === undefined ? [] : [ecrRefOf(original)])];
  return (reply) => (reply.ecrRef === undefined ? undefined : names.includes(reply.ecrRef));
}

/** The terminal is at rest and has nothing of an order: if it had taken it, it was not paid and will not be. */
const notBooked = (note: OrderNote | undefined): TerminalAnswer =>
  note?.accepted === true ? declined('not-booked') : { kind: 'not-found' };

const isMissing = (reply: PaxReply): boolean =>
  reply.isNotFound || (reply.code === PAX_CODES.ok && reply.total === 0);

/** Entry modes of the account group (public demos): 1 swipe, 2 contactless, 4 chip, 5 swipe after a chip that failed. */
const ENTRIES: Readonly<Record<string, Approval['entry']>> = {
  '1': 'swipe',
  '2': 'contactless',
  '4': 'chip',
  '5': 'fallback',
};
