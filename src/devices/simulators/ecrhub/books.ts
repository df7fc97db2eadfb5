/** What the terminal and its gateway know of an order: decimal amounts and text, as the vendor's JSON has them. */
export interface BookedOrder {
  readonly merchantOrderNo: string;
  readonly transType: string;
  readonly amount: string;
  readonly original: string;
  /** 9 pre-order, 0 created, 1 closed, 2 completed, 3 cancelled. */
  status: '9' | '0' | '1' | '2' | '3';
  readonly transNo: string;
  entryMode: string;
  authCode: string;
  refNo: string;
  endedAt: string;
}

/** Orders kept: a day of a busy counter. */
const ORDERS_MAX = 2_000;

/** Why an order is refused at once. */
export interface Refused {
  readonly code: string;
  readonly message: string;
}

export class OrderBooks {
  readonly #orders = new Map<string, BookedOrder>();
  #count = 0;

  find(merchantOrderNo: string): BookedOrder | undefined {
    return this.#orders.get(merchantOrderNo);
  }

  /** How many completed payments the shop has money of. */
  get charged(): number {
    return [...this.#orders.values()].filter(({ transType, status }) => transType === '1' && status === '2')
      .length;
  }

  /** The gateway's own rules: a number is used once, and what is undone must be there and be whole. */
  take(biz: Readonly<Record<string, unknown>>): BookedOrder | Refused {
    const text = (name: string) =>
      typeof biz[name] === 'string' || typeof biz[name] === 'number' ? String(biz[name]) : '';
    const merchantOrderNo = text('merchant_order_no');
    const transType = text('trans_type');
    const original = text('orig_merchant_order_no');
    const amount = text('order_amount');
    if (!/^[0-9A-Za-z]{1,32}$/.test(merchantOrderNo))
      return { code: 'E04111', message: 'Merchant order number is invalid' };
    if (this.#orders.has(merchantOrderNo)) return { code: 'E04112', message: 'Merchant order number repeat' };
    if (!/^\d+(\.\d{1,3})?$/.test(amount))
      return { code: 'SYS012', message: 'parameter cannot be empty:order_amount' };
    if (['2', '3', '5', '6', '7'].includes(transType)) {
      const before = this.#orders.get(original);
      if (before === undefined) return { code: 'ET003', message: 'The transaction does not exist' };
      if (before.status !== '2') return { code: '334', message: 'Already reversed' };
    }
    this.#count += 1;
    const order: BookedOrder = {
      merchantOrderNo,
      transType,
      amount,
      original,
      status: '0',
      transNo: `5021${String(this.#count).padStart(18, '0')}`,
      entryMode: '',
      authCode: '',
      refNo: '',
      endedAt: '',
    };
    this.#keep(order);
    return order;
  }

  complete(order: BookedOrder, entryMode: string, endedAt: string): void {
    order.status = '2';
    order.entryMode = entryMode;
    order.authCode = String(100_000 + this.#count);
    order.refNo = String(this.#count).padStart(12, '0');
    order.endedAt = endedAt;
    const original = this.#orders.get(order.original);
    if (['2', '5', '7'].includes(order.transType) && original !== undefined) original.status = '3';
  }

  #keep(order: BookedOrder): void {
    const [oldest] = this.#orders.keys();
    if (this.#orders.size >= ORDERS_MAX && oldest !== undefined) this.#orders.delete(oldest);
    this.#orders.set(order.merchantOrderNo, order);
  }
}
