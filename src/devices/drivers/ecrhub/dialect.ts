import type { Approval } from '../../../domain/approval.ts';
import type { Currency, Minor } from '../../../domain/money.ts';
import {
  ECRHUB_OK,
  ECRHUB_STATUS,
  ECRHUB_TRANS_TYPES,
  ECRHUB_UNKNOWN_ORDER,
  type EcrHubReply,
  type EcrHubTopic,
} from '../../codecs/ecrhub/message.ts';
import type { TerminalAnswer, TerminalOrder } from '../../ports.ts';
import type { TerminalReason } from '../../reasons.ts';
import type { OrderNote } from '../../terminals/order-notes.ts';
import { maskedAccount, terminalApproval } from '../../terminals/terminal-approval.ts';
import { declined, noAnswer, type OrderWork, type TerminalDialect } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Transport } from '../../transports/transport.ts';
import { decimalAmount, isAmount } from './amount.ts';
import { EcrHubLink, type NoReply } from './link.ts';

/** A customer with card, PIN and signature, ms. The vendor's examples wait five minutes. */
const ORDER_MS = 300_000;
/** Questions are answered from the terminal's memory or by the gateway, ms. */
const QUESTION_MS = 15_000;
/** What an order may still say after it was told to stop, ms: together with a question less than a rail waits. */
const STOP_MS = 1_500;
const LAST_QUESTION_MS = 1_000;

type Heard = EcrHubReply | NoReply;

/** Orders of the ECRHub protocol: asked about by our own order number, which the gateway takes only once. */
export class EcrHubDialect implements TerminalDialect {
  readonly driver = 'ecrhub';
  readonly storesOffline = false;
  /** Not told in the serial protocol. */
  readonly unit = undefined;
  readonly #transport: Transport;
  readonly #settings: TerminalSettings;
  readonly #link: EcrHubLink;
  #requests = 0;

  constructor(transport: Transport, settings: TerminalSettings) {
    this.#transport = transport;
    this.#settings = settings;
    this.#link = new EcrHubLink(transport, settings.timers, settings.now);
  }

  get lost(): Promise<void> {
    return this.#transport.lost;
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  refuses({ reference, purpose, original }: TerminalOrder): TerminalReason | undefined {
    if (this.#settings.ecrhub === undefined) return 'not-set-up';
    if (purpose === 'tip' || !/^[0-9A-Za-z]{1,32}$/.test(reference)) return 'unsupported';
    return purpose === 'sale' || purpose === 'authorisation' || original !== undefined
      ? undefined
      : 'original-unknown';
  }

  /** The handshake comes with every exchange that needs one, and names nobody. */
  async meet(): Promise<undefined> {
    return undefined;
  }

  async charge(order: TerminalOrder, { signal, note }: OrderWork): Promise<TerminalAnswer> {
    const { reference, purpose, amount, currency, original } = order;
    if (purpose === 'tip') return declined('unsupported');
    const biz = {
      trans_type: ECRHUB_TRANS_TYPES[purpose],
      merchant_order_no: reference,
      ...(original === undefined ? {} : { orig_merchant_order_no: original.reference }),
      order_amount: decimalAmount(amount, currency),
      pay_scenario: 'SWIPE_CARD',
      pay_method_category: 'BANKCARD',
    };
    const onTaken = () => void note({ accepted: true }).catch(() => undefined);
    const heard = await this.#ask('ecrhub.pay.order', biz, ORDER_MS, { signal, onTaken });
    if (heard === 'stopped') return this.#stop(order);
    if (heard === 'unsent') return declined(signal.aborted ? 'cancelled' : 'no-device');
    if (typeof heard === 'string') return noAnswer(heard);
    return this.#verdict(order, heard, QUESTION_MS);
  }

  async ask(reference: string, note: OrderNote | undefined): Promise<TerminalAnswer> {
    if (this.#settings.ecrhub === undefined) return noAnswer('not-set-up');
    const answer = await this.#query(reference, note, QUESTION_MS);
    // A terminal took this order. One that does not know it is another one, or has lost its memory: neither proves anything.
    if (answer.kind === 'not-found' && note?.accepted === true) return noAnswer('other-terminal');
    if (answer.kind !== 'approved' || note?.undoing !== true) return answer;
    // The gateway may show the original as it was while its undo is through.
    const undone = await this.#query(undoNumber(reference), undefined, QUESTION_MS);
    return undone.kind === 'approved' ? { kind: 'reversed' } : answer;
  }

  async undo(reference: string, note: OrderNote | undefined, approval: Approval): Promise<TerminalAnswer> {
    const number = undoNumber(reference);
    const before = await this.#query(number, undefined, QUESTION_MS);
    if (before.kind === 'approved') return { kind: 'reversed' };
    if (before.kind === 'no-answer') return before;
    if (before.kind === 'declined') return { kind: 'approved', approval };
    const amount =
      note === undefined ? await this.#amountOf(reference) : decimalAmount(note.amount, note.currency);
    if (amount === undefined) return noAnswer('silent');
    const biz = {
      trans_type:
        note?.purpose === 'authorisation'
          ? ECRHUB_TRANS_TYPES['authorisation-cancel']
          : ECRHUB_TRANS_TYPES.void,
      merchant_order_no: number,
      orig_merchant_order_no: reference,
      order_amount: amount,
      pay_scenario: 'SWIPE_CARD',
      pay_method_category: 'BANKCARD',
    };
    const heard = await this.#ask('ecrhub.pay.order', biz, ORDER_MS);
    if (typeof heard === 'string') return noAnswer(heard === 'unsent' ? 'silent' : heard);
    const [after, original] = [
      await this.#query(number, undefined, QUESTION_MS),
      await this.#query(reference, undefined, QUESTION_MS),
    ];
    if (after.kind === 'approved' || (original.kind === 'declined' && original.reason === 'cancelled'))
      return { kind: 'reversed' };
    // Refused for good, and the money is still there: what is left is a refund.
    return after.kind !== 'no-answer' && original.kind === 'approved' ? original : noAnswer('not-undone');
  }

  /** Closes the order on the terminal and hears how it ended; it may have been paid in that moment. */
  async #stop({ reference, amount, currency }: TerminalOrder): Promise<TerminalAnswer> {
    await this.#ask('ecrhub.pay.close', { merchant_order_no: reference }, STOP_MS);
    return this.#query(reference, { amount, currency, state: 'sent' }, LAST_QUESTION_MS);
  }

  /**
   * `000` with a completed order of this number and amount is an approval. Any other code is only a reason: a timeout (112) or a
   * number that is known already (E04112) says nothing of the money, so the books are asked.
   */
  async #verdict(order: TerminalOrder, { code, biz }: EcrHubReply, ms: number): Promise<TerminalAnswer> {
    if (code === ECRHUB_OK) {
      const answer = answerOf(order.reference, order, biz);
      if (answer !== undefined) return answer;
    }
    const known = await this.#query(order.reference, { ...order, state: 'sent' }, ms);
    if (known.kind === 'declined')
      return declined(known.reason === 'cancelled' ? 'cancelled' : reasonOf(code));
    // Refused before the terminal made an order of it.
    return known.kind === 'not-found' && code !== ECRHUB_OK ? declined(reasonOf(code)) : known;
  }

  async #query(
    reference: string,
    wanted: Pick<OrderNote, 'amount' | 'currency' | 'state'> | undefined,
    ms: number,
  ): Promise<TerminalAnswer> {
    const heard = await this.#ask('ecrhub.pay.query', { merchant_order_no: reference }, ms);
    if (typeof heard === 'string') return noAnswer(heard === 'unsent' ? 'silent' : heard);
    if (heard.code === ECRHUB_UNKNOWN_ORDER) return { kind: 'not-found' };
    if (heard.code !== ECRHUB_OK) return noAnswer(`code-${safe(heard.code)}`);
    const answer = answerOf(reference, wanted, heard.biz);
    if (answer?.kind === 'declined' && answer.reason === 'cancelled' && wanted?.state === 'approved')
      return { kind: 'reversed' };
    return answer ?? noAnswer('protocol');
  }

  /** The amount of an order that this till has no note of, as the terminal writes it. */
  async #amountOf(reference: string): Promise<string | undefined> {
    const heard = await this.#ask('ecrhub.pay.query', { merchant_order_no: reference }, QUESTION_MS);
    return typeof heard === 'string' ? undefined : heard.biz['order_amount'];
  }

  #ask(
    topic: EcrHubTopic,
    biz: Readonly<Record<string, string>>,
    ms: number,
    more: Parameters<EcrHubLink['exchange']>[2] = {},
  ): Promise<Heard> {
    this.#requests += 1;
    const at = this.#settings.now();
    return this.#link.exchange(
      {
        topic,
        requestId: `${at}-${this.#requests}`,
        appId: this.#settings.ecrhub?.appId ?? '',
        timestamp: String(at),
        biz,
      },
      ms,
      more,
    );
  }
}

/** The number of an order's undo: the same each time, and never an order's own (those are hexadecimal). */
const undoNumber = (reference: string): string => `v${reference.slice(1)}`;

/** What the terminal's books say; undefined when they speak of something else. */
function answerOf(
  reference: string,
  wanted: { readonly amount: Minor; readonly currency: Currency } | undefined,
  biz: EcrHubReply['biz'],
): TerminalAnswer | undefined {
  if (biz['merchant_order_no'] !== reference) return undefined;
  switch (biz['trans_status']) {
    case ECRHUB_STATUS.completed:
      return isWanted(wanted, biz) ? { kind: 'approved', approval: approvalOf(biz) } : noAnswer('mismatch');
    case ECRHUB_STATUS.closed:
      return declined('declined');
    case ECRHUB_STATUS.cancelled:
      return declined('cancelled');
    case ECRHUB_STATUS.created:
    case ECRHUB_STATUS.preorder:
      return noAnswer('running');
    default:
      return undefined;
  }
}

function isWanted(
  wanted: { readonly amount: Minor; readonly currency: Currency } | undefined,
  biz: EcrHubReply['biz'],
): boolean {
  if (wanted === undefined) return true;
  const { order_amount: amount, price_currency: currency } = biz;
  return (
    (amount === undefined || isAmount(amount, wanted.amount, wanted.currency)) &&
    (currency === undefined || currency === '' || currency === wanted.currency)
  );
}

const ENTRIES: Readonly<Record<string, Approval['entry']>> = {
  '1': 'swipe',
  '2': 'chip',
  '3': 'contactless',
};

function approvalOf(biz: EcrHubReply['biz']): Approval {
  const ended = biz['trans_end_time'];
  const paidAt = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(ended ?? '')
    ? Date.parse(`${ended?.replace(' ', 'T')}Z`)
    : undefined;
  return terminalApproval({
    channelId: biz['trans_no'],
    card: maskedAccount(biz['card_no'] ?? biz['pay_user_account_id'] ?? ''),
    entry: ENTRIES[biz['entry_mode'] ?? ''],
    reference: biz['ref_no'],
    authCode: biz['auth_code'],
    paidAt,
  });
}

/** Codes that the till has words for; any other goes into the journal as it is. */
const REASONS: Readonly<Record<string, TerminalReason>> = {
  '051': 'insufficient-funds',
  '108': 'host-offline',
};

const reasonOf = (code: string): TerminalReason => REASONS[code] ?? `code-${safe(code)}`;

const safe = (code: string): string => (/^[0-9A-Za-z-]{1,12}$/.test(code) ? code : 'odd');
