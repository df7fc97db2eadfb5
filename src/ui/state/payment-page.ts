import type { Attempt } from '../../domain/attempt.ts';
import type { Minor } from '../../domain/money.ts';
import { type PaymentSpeaker, paymentSpeaker } from '../../i18n/payment-words.ts';
import type { Parameters } from '../../i18n/speaker.ts';
import type { PaymentKey } from '../../i18n/zh-cn-payments.ts';
import { Page } from './page.ts';

/** A page that speaks of payments: its words come with it. */
export abstract class PaymentPage extends Page {
  #speaker: PaymentSpeaker | undefined;

  protected get speaker(): PaymentSpeaker {
    if (this.#speaker?.of !== this.translator) this.#speaker = paymentSpeaker(this.translator);
    return this.#speaker;
  }

  protected p(key: PaymentKey, parameters?: Parameters): string {
    return this.speaker.t(key, parameters);
  }

  /** How the cashier knows this payment: 微信支付, 银行卡. */
  protected tenderName({ tender }: Pick<Attempt, 'tender'>): string {
    return this.t(`tender.${tender}`);
  }

  /** An amount of an attempt, in its own currency. */
  protected amountOf({ amount, currency }: Pick<Attempt, 'amount' | 'currency'>): string {
    return this.translator.money(amount, currency);
  }

  protected moneyOf(amount: number): string {
    return this.money(amount as Minor);
  }
}
