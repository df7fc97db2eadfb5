import { type BookedRefund, listedRefunds } from '../books.ts';
import type { WalletOrder } from '../wallet/wallet.ts';
import { beijingDay, beijingIso } from '../world.ts';

export type Shape = Record<string, unknown>;

/** 0.38 % in ten-thousandths, the rate for small amounts by QR code. */
const RATE = 38;

function state(order: WalletOrder): string {
  const { book } = order;
  switch (book.state) {
    case 'paid':
      return book.refunded === book.paid ? 'REFUNDED' : 'PAID';
    case 'waiting':
      return 'WAITING';
    case 'declined':
      return 'FAILED';
    case 'reversed':
      return 'REVERSED';
    default:
      return 'CLOSED';
  }
}

export function orderShape(order: WalletOrder, merchant: string): Shape {
  const { book } = order;
  return {
    merchant,
    order: book.order,
    reference: book.providerId,
    state: state(order),
    amount: book.amount,
    paid: book.paid,
    refunded: book.refunded,
    currency: 'CNY',
    voucher: book.providerId.slice(-6),
    paidAt: book.paidAt === undefined ? null : beijingIso(book.paidAt),
    subject: order.request.subject,
    ...(order.request.kind === 'qr' ? { qr: `https://qr.95516.com/sandbox/${book.providerId}` } : {}),
  };
}

const REFUND_STATE: Readonly<Record<BookedRefund['state'], string>> = {
  processing: 'PROCESSING',
  held: 'PROCESSING',
  done: 'DONE',
  failed: 'FAILED',
  undone: 'FAILED',
};

export function refundShape(order: WalletOrder, refund: BookedRefund, merchant: string): Shape {
  return {
    merchant,
    order: order.book.order,
    refund: refund.id,
    reference: `${order.book.providerId}R${order.book.refunds.indexOf(refund)}`,
    amount: refund.amount,
    state: REFUND_STATE[refund.state],
    at: beijingIso(refund.at),
  };
}

/** What happened on one day (Beijing). */
export function statementRows(orders: readonly WalletOrder[], day: string): readonly Shape[] {
  const fee = (amount: number): number => Math.round((amount * RATE) / 10_000);
  return orders.flatMap((order) => {
    const { book } = order;
    const rows: Shape[] = [];
    const add = (kind: string, amount: number, at: number, refund: string): void => {
      if (beijingDay(at) !== day) return;
      const common = { kind, order: book.order, refund, reference: book.providerId };
      rows.push({ ...common, amount, fee: kind === 'pay' ? fee(amount) : -fee(amount), at: beijingIso(at) });
    };
    if (book.paidAt !== undefined) add('pay', book.paid, book.paidAt, '');
    for (const refund of listedRefunds(book)) {
      add(refund.kind === 'reversal' ? 'reversal' : 'refund', refund.amount, refund.at, refund.id);
    }
    return rows;
  });
}
