import type { PrintOutcome, ReceiptPrinter } from '../devices/ports.ts';
import type { Approval } from '../domain/approval.ts';
import type { Attempt } from '../domain/attempt.ts';
import { DEFAULT_DAY_RULE } from '../domain/business-day.ts';
import { newJobId, type OperatorId, receiptNumber } from '../domain/ids.ts';
import type { Journal, SaleRecord } from '../domain/journal.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import { receiptLink } from '../domain/receipt-link.ts';
import type { Refund } from '../domain/refund.ts';
import type { OpenSale } from '../domain/sale.ts';
import type { Shop } from '../domain/shop.ts';
import type { Charge, Copy } from '../flow/receipt/charge-slip.ts';
import type { SlipContext } from '../flow/receipt/document.ts';
import type { ShopFacts } from './shop-facts.ts';
import { systemChance } from './system.ts';

export interface SlipsPorts {
  readonly journal: Journal;
  readonly facts: ShopFacts;
  readonly printer: () => ReceiptPrinter;
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
    for (const payment of record.sale.payments.filter(needsChargeSlip))
      await this.#charge(payment, payment.approval ?? {}, { at: record.at, duplicate: record.papers > 0 });
    return outcome;
  }

  /** Both copies of a movement that belongs to no sale slip: a pre-authorisation and what follows it. */
  async printAttempt(attempt: Attempt, approval: Approval): Promise<PrintOutcome> {
    const at = { at: Date.now(), duplicate: false };
    const outcome = await this.#charge(attempt, approval, at);
    return outcome.kind === 'failed' ? outcome : this.#charge(attempt, approval, at, 'cardholder');
  }

  async printRefund(refund: Refund): Promise<PrintOutcome> {
    const { refundSlip, context } = await this.#papers();
    const record = await this.#ports.journal.sale(refund.saleId);
    const number = record === undefined ? '' : receiptNumber(record.till, record.head.epoch, record.head.seq);
    const document = refundSlip(refund, { number, at: Date.now(), duplicate: false }, context);
    return this.#ports.printer().print({ jobId: newJobId(systemChance), document, kickDrawer: false });
  }

  async #charge(
    attempt: Charge['attempt'],
    approval: Approval,
    { at, duplicate }: { readonly at: number; readonly duplicate: boolean },
    copy: Copy = 'merchant',
  ): Promise<PrintOutcome> {
    const { chargeSlip, context } = await this.#papers();
    const document = chargeSlip({ attempt, approval, at }, { copy, duplicate }, context);
    return this.#ports.printer().print({ jobId: newJobId(systemChance), document, kickDrawer: false });
  }

  async printUnsaved(sale: OpenSale, attempt: Attempt): Promise<PrintOutcome> {
    const { unsavedSlip, context } = await this.#papers();
    const document = unsavedSlip(sale, attempt, Date.now(), context);
    return this.#ports.printer().print({ jobId: newJobId(systemChance), document, kickDrawer: false });
  }

  /** What is needed to write a paper, loaded with the first one: the keypad does not wait for it. */
  async #papers() {
    const { facts } = this.#ports;
    const { PAPERS } = await import('./papers.ts');
    const shop = facts.shop ?? nameless(facts);
    const training = facts.identity?.training ?? false;
    const operatorName = this.#ports.operator().name;
    const context: SlipContext = { shop, words: PAPERS.words[shop.language], operatorName, training };
    return { ...PAPERS, context };
  }
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
