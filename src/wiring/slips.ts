import type { PrintOutcome, ReceiptPrinter } from '../devices/ports.ts';
import type { Approval } from '../domain/approval.ts';
import type { Attempt } from '../domain/attempt.ts';
import { DEFAULT_DAY_RULE } from '../domain/business-day.ts';
import type { SignedEntry } from '../domain/entry.ts';
import { newJobId, type OperatorId, receiptNumber } from '../domain/ids.ts';
import type { Journal, SaleRecord } from '../domain/journal.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import { receiptLink } from '../domain/receipt-link.ts';
import type { Refund } from '../domain/refund.ts';
import type { OpenSale } from '../domain/sale.ts';
import type { Language, Shop } from '../domain/shop.ts';
import type { SalePayment } from '../domain/tender.ts';
import type { Charge, Copy } from '../flow/receipt/charge-slip.ts';
import type { SlipContext } from '../flow/receipt/document.ts';
import type { ShopFacts } from './shop-facts.ts';
import { systemChance } from './system.ts';

export interface SlipsPorts {
  readonly journal: Journal;
  readonly facts: ShopFacts;
  readonly printer: () => ReceiptPrinter;
  /** Beside the shop's own, on every paper. */
  secondLanguage(): Language | 'none';
  operator(): { readonly id: OperatorId; readonly name: string };
  alarm(error: unknown): void;
}

/** Every paper the till makes: what is on it, and where its link leads. */
export class Slips {
  readonly #ports: SlipsPorts;

  constructor(ports: SlipsPorts) {
    this.#ports = ports;
  }

  receiptUrl(record: SaleRecord): string {
    const { identity } = this.#ports.facts;
    return identity === undefined || identity.training
      ? ''
      : receiptLink(location.origin, identity.merchant, record);
  }

  async document(record: SaleRecord, duplicate: boolean): Promise<ReceiptDocument> {
    const { saleSlip, context } = await this.#papers();
    return saleSlip(record, duplicate, this.receiptUrl(record), context);
  }

  async testDocument(columns: number): Promise<ReceiptDocument> {
    const { testSlip, context } = await this.#papers();
    return testSlip(columns, Date.now(), context);
  }

  /** The customer's slip, and the merchant's copy of every card payment behind it. */
  async print(record: SaleRecord, kickDrawer: boolean): Promise<PrintOutcome> {
    const { journal, alarm } = this.#ports;
    const { printSlip, saleSlip, needsChargeSlip, context } = await this.#papers();
    const outcome = await printSlip(record, kickDrawer, {
      journal,
      printer: this.#ports.printer(),
      random: systemChance,
      operator: () => this.#ports.operator().id,
      document: (of, duplicate) => saleSlip(of, duplicate, this.receiptUrl(of), context),
      alarm,
    });
    if (outcome.kind === 'failed') return outcome;
    const about = { at: record.at, duplicate: record.papers > 0 };
    for (const payment of record.sale.payments.filter(needsChargeSlip))
      await this.#charge(payment, payment.approval ?? {}, about);
    return outcome;
  }

  /** Both copies of a movement that belongs to no sale slip: a pre-authorisation and what follows it. */
  async printAttempt(attempt: Attempt, approval: Approval): Promise<PrintOutcome> {
    return this.#charge(attempt, approval, { at: Date.now(), duplicate: false });
  }

  /** The refund's own slip, and both copies of what the bank said of every card in it. */
  async printRefund(refund: Refund, underWay: readonly string[]): Promise<PrintOutcome> {
    const { refundSlip, context } = await this.#papers();
    const { journal } = this.#ports;
    const record = await journal.sale(refund.saleId);
    const number = record === undefined ? '' : receiptNumber(record.till, record.head.epoch, record.head.seq);
    const at = Date.now();
    const document = refundSlip(refund, { number, at, duplicate: false, underWay }, context);
    const outcome = await this.#ports
      .printer()
      .print({ jobId: newJobId(systemChance), document, kickDrawer: false });
    if (outcome.kind === 'failed') return outcome;
    const cards = cardCharges(await journal.entriesOf(refund.saleId), refund, record?.sale.payments ?? []);
    for (const { attempt, approval, originalTrace } of cards)
      await this.#charge(attempt, approval, { at, duplicate: false, originalTrace });
    return outcome;
  }

  /** 商户存根, then 持卡人存根. The second is not made when nothing came of the first. */
  async #charge(
    attempt: Charge['attempt'],
    approval: Approval,
    { at, duplicate, originalTrace }: ChargeFacts,
  ): Promise<PrintOutcome> {
    const { chargeSlip, context } = await this.#papers();
    const print = (copy: Copy): Promise<PrintOutcome> => {
      const trace = originalTrace === undefined ? {} : { originalTrace };
      const document = chargeSlip({ attempt, approval, at, ...trace }, { copy, duplicate }, context);
      return this.#ports.printer().print({ jobId: newJobId(systemChance), document, kickDrawer: false });
    };
    const first = await print('merchant');
    return first.kind === 'failed' ? first : print('cardholder');
  }

  async printUnsaved(sale: OpenSale, attempt: Attempt): Promise<PrintOutcome> {
    const { unsavedSlip, context } = await this.#papers();
    const document = unsavedSlip(sale, attempt, Date.now(), context);
    return this.#ports.printer().print({ jobId: newJobId(systemChance), document, kickDrawer: false });
  }

  /** What is needed to write a paper, loaded with the first one: the keypad does not wait for it. */
  async #papers() {
    const { facts, secondLanguage } = this.#ports;
    const { PAPERS } = await import('./papers.ts');
    const shop = facts.shop ?? nameless(facts);
    const training = facts.identity?.training ?? false;
    const operatorName = this.#ports.operator().name;
    const words = PAPERS.wordsIn(shop.language, secondLanguage());
    const context: SlipContext = { shop, words, operatorName, training };
    return { ...PAPERS, context };
  }
}

interface ChargeFacts {
  readonly at: number;
  readonly duplicate: boolean;
  readonly originalTrace?: string | undefined;
}

/** What banks said of the card parts of a refund, with the voucher numbers they take back. */
function cardCharges(entries: readonly SignedEntry[], refund: Refund, paid: readonly SalePayment[]) {
  return entries.flatMap(({ entry }) => {
    if (entry.type !== 'attempt.approved' || entry.body.approval === undefined) return [];
    const { attempt, approval } = entry.body;
    const isOurs = refund.parts.some((part) => part.attemptId === attempt.attemptId);
    if (!isOurs || attempt.tender !== 'card') return [];
    const originalTrace = paid.find(({ attemptId }) => attemptId === attempt.original)?.approval?.trace;
    return [{ attempt, approval, originalTrace }];
  });
}

/** Before enrolment only test slips are made. */
const nameless = ({ currency }: ShopFacts): Shop => ({
  name: '小机 Xiaoji',
  trade: 'retail',
  language: 'zh-CN',
  currency,
  ...DEFAULT_DAY_RULE,
  rounding: 'none',
});
