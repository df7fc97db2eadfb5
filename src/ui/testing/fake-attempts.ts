import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { LivePayment } from '../../flow/attempts-service.ts';

/** One sale, and payments for it in every shape a page may meet. */

export const id = (letter: string): string => letter.repeat(32).slice(0, 32);

export const SALE: OpenSale = {
  saleId: id('5') as SaleId,
  day: '2026-03-14' as BusinessDay,
  currency: 'CNY',
  lines: [
    { id: id('1') as LineId, name: '', quantityMilli: 2_000, price: minor(600), amount: minor(1_200) },
    { id: id('2') as LineId, name: '', quantityMilli: 1_000, price: minor(3_580), amount: minor(3_580) },
  ],
  subtotal: minor(4_780),
  rounding: minor(0),
  total: minor(4_780),
};

export const ATTEMPT = {
  attemptId: '7c1e90b2a4d84f63b5e27a90c1d4f8e6' as AttemptId,
  saleId: SALE.saleId,
  tender: 'cash',
  amount: SALE.total,
  currency: 'CNY',
  tendered: minor(5_000),
} as const satisfies Attempt;

const { tendered: _, ...withoutCash } = ATTEMPT;
export const WITHOUT_CASH: Attempt = withoutCash;
export const WECHAT: Attempt = { ...WITHOUT_CASH, tender: 'wechat', method: 'customer-code' };
export const CARD: Attempt = { ...WITHOUT_CASH, tender: 'card', method: 'reader' };

export const CARD_PAID: SalePayment = {
  attemptId: id('6') as AttemptId,
  tender: 'card',
  method: 'reader',
  amount: minor(2_780),
  approval: {
    merchantNumber: '898510148990028',
    terminalNumber: '00001001',
    acquirer: '银联商务',
    issuer: '招商银行',
    card: '622575******1234',
    entry: 'chip',
    batch: '000021',
    trace: '000173',
    reference: '093047311288',
    authCode: '402817',
    emv: { aid: 'A000000333010101', tvr: '0000008000', tsi: 'F800', atc: '01B7', tc: '5C1E90B2A4D84F63' },
    signature: true,
    demo: true,
  },
} as SalePayment;
export const WECHAT_PAID: SalePayment = {
  attemptId: id('7') as AttemptId,
  tender: 'wechat',
  method: 'customer-code',
  amount: minor(2_000),
  approval: { channelId: '4200002187202603140123456789', payer: 'o***k8' },
};

export const live = (state: LivePayment['state'], more: Partial<LivePayment> = {}): LivePayment => ({
  attempt: WECHAT,
  state,
  waiting: { for: 'answer' },
  startedAt: Date.now() - 12_000,
  tries: 0,
  canReverse: true,
  ...more,
});

/** Clock ms, so many seconds from now. */
export const soon = (seconds: number): number => Date.now() + seconds * 1_000 - 200;
