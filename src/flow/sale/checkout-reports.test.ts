import { describe, expect, test } from 'vitest';
import type { AttemptId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Payment } from '../payment/payment.ts';
import {
  asking,
  attempt,
  cash,
  does,
  done,
  live,
  MODELS,
  other,
  paid,
  paying,
  refused,
  stays,
  unsaved,
} from '../testing/checkout-states.ts';
import { id, paidBy, SALE } from '../testing/sale-in-hand.ts';
import { EMPTY_CHECKOUT, type InnerEvent } from './checkout-model.ts';
import { tenderingOf } from './tendering-model.ts';

const payment = (at: Payment['at'], of = attempt): Payment => ({ attempt: of, at }) as Payment;
const moved = (at: Payment['at'], of = attempt, saleId = SALE.saleId): InnerEvent => ({
  type: 'payment-moved',
  saleId,
  payment: payment(at, of),
});

describe('an attempt that moves', () => {
  test('is shown as paying, with what the customer is told', () => {
    const model = paying({ paid, live });
    expect(does(model, moved('inquiring'))).toStrictEqual([{ ...model, state: 'inquiring' }, []]);
    expect(does(paying({ paid }), moved('unknown'))).toStrictEqual([paying({ paid, state: 'unknown' }), []]);
  });

  test('is shown from wherever its sale is', () => {
    expect(does(tenderingOf(SALE, paid, true), moved('reversing'))).toStrictEqual([
      paying({ paid, state: 'reversing' }),
      [],
    ]);
    expect(does(refused, moved('sending'))).toStrictEqual([paying({ paid, state: 'sending' }), []]);
  });

  test.each(['inquiring', 'unknown', 'stuck'] as const)(
    'by hand and %s is a question to the cashier',
    (at) => {
      expect(does(paying({ attempt: cash }), moved(at, cash))).toStrictEqual([
        paying({ at: 'asking', attempt: cash, state: at }),
        [],
      ]);
    },
  );

  test('by hand and on its way is no question, and a wallet’s doubt is none either', () => {
    expect(does(asking, moved('sending', cash))[0].at).toBe('paying');
    expect(does(paying(), moved('stuck'))[0].at).toBe('paying');
  });

  test.each(['draft', 'approved'] as const)('to %s shows nothing by itself', (at) => {
    for (const model of MODELS) stays(model, moved(at));
  });

  test('changes nothing for another sale, for none, or for one that is not stored', () => {
    for (const model of MODELS) stays(model, moved('inquiring', attempt, other.saleId));
    stays(EMPTY_CHECKOUT, moved('inquiring'));
    stays(done, moved('inquiring'));
    stays(unsaved, moved('inquiring'));
  });

  test('lives on the screen while it is the one that is paid by', () => {
    const event: InnerEvent = { type: 'live', live: { ...live, state: 'unknown' } };
    expect(does(paying(), event)).toStrictEqual([
      paying({ live: { ...live, state: 'unknown' }, state: 'unknown' }),
      [],
    ]);
    stays(paying({ attempt: { ...attempt, attemptId: id('9') as AttemptId } }), event);
    for (const model of MODELS) if (model.at !== 'paying') stays(model, event);
  });
});

describe('an intent that cannot be written', () => {
  const event: InnerEvent = { type: 'intent-refused', saleId: SALE.saleId, reason: 'disk' };
  test('takes nothing: the sale is asked for again, with the reason', () => {
    expect(does(paying(), event)).toStrictEqual([tenderingOf(SALE, [], false, 'disk'), []]);
    expect(does(paying({ paid }), event)).toStrictEqual([tenderingOf(SALE, paid, true, 'disk'), []]);
  });
  test('of another sale, or of none under way, changes nothing', () => {
    for (const model of MODELS) stays(model, { ...event, saleId: other.saleId });
    for (const model of MODELS) if (model.at !== 'paying' && model.at !== 'asking') stays(model, event);
  });
});

describe('money that is taken and not stored', () => {
  const event: InnerEvent = { type: 'save-refused', sale: SALE, attempt: cash, reason: 'full', tries: 3 };
  test('is said, with what stands in the way', () => {
    expect(does(paying(), event)).toStrictEqual([
      { at: 'unsaved', sale: SALE, attempt: cash, trouble: 'full', tries: 3, slip: { at: 'idle' } },
      [],
    ]);
    expect(does({ ...done, slip: { at: 'printed' } }, event)[0]).toMatchObject({ slip: { at: 'idle' } });
  });
  test('keeps its paper over the tries', () => {
    expect(does({ ...unsaved, slip: { at: 'printed' } }, event)[0]).toStrictEqual({
      ...unsaved,
      trouble: 'full',
      tries: 3,
      slip: { at: 'printed' },
    });
  });
});

describe('a sale that is complete', () => {
  const { saleId, number, total, receiptUrl } = done;
  const completed = (payments: typeof done.payments): InnerEvent => ({
    type: 'completed',
    saleId,
    number,
    total,
    payments,
    receiptUrl,
    recovered: false,
  });
  test('is shown with its change, and the basket is empty', () => {
    expect(does(paying(), completed(done.payments))).toStrictEqual([
      done,
      [{ type: 'keep-draft', lines: [], entry: '' }],
    ]);
  });
  test('without cash has no change', () => {
    const payments = [paidBy('wechat', 1000)];
    expect(does(paying(), completed(payments))[0]).toStrictEqual({
      ...done,
      payments,
      tendered: 1000,
      change: 0,
    });
  });
  test('in parts has the change of the cash that was handed over last', () => {
    const payments = [
      { ...paidBy('cash', 300), tendered: minor(500) },
      { ...paidBy('cash', 400), tendered: minor(450) },
      paidBy('wechat', 300),
    ];
    expect(does(paying(), completed(payments))[0]).toMatchObject({ tendered: 450, change: 50 });
  });
});

describe('a sale that is paid in part, or not at all', () => {
  test('is asked for the rest', () => {
    const event: InnerEvent = { type: 'part-paid', sale: SALE, paid };
    expect(does(paying(), event)).toStrictEqual([tenderingOf(SALE, paid, true), []]);
    for (const model of MODELS) stays(model, { ...event, sale: other });
    stays(done, event);
    stays(EMPTY_CHECKOUT, event);
  });

  const notPaid = (more: Partial<Extract<InnerEvent, { type: 'not-paid' }>> = {}): InnerEvent => ({
    type: 'not-paid',
    sale: SALE,
    attempt,
    result: 'declined',
    recovered: false,
    closed: false,
    ...more,
  });

  test('is refused in large letters, with the reason when there is one', () => {
    expect(does(paying({ paid }), notPaid())).toStrictEqual([
      { at: 'refused', sale: SALE, paid, attempt, result: 'declined' },
      [],
    ]);
    expect(does(paying(), notPaid({ result: 'reversed', reason: 'timeout' }))).toStrictEqual([
      { at: 'refused', sale: SALE, paid: [], attempt, result: 'reversed', reason: 'timeout' },
      [],
    ]);
    expect(does(unsaved, notPaid())[0]).toMatchObject({ at: 'refused', paid: [] });
  });

  test('that ended with its attempt is the basket again, but not after a restart', () => {
    expect(does(paying(), notPaid({ closed: true }))).toStrictEqual([
      { ...EMPTY_CHECKOUT, lines: SALE.lines },
      [],
    ]);
    expect(does(asking, notPaid({ closed: true, recovered: true }))).toStrictEqual([EMPTY_CHECKOUT, []]);
  });

  test('of another customer changes nothing', () => {
    for (const model of MODELS) stays(model, notPaid({ sale: other }));
    stays(EMPTY_CHECKOUT, notPaid());
  });
});

describe('a sale from the list of open ones', () => {
  test('given up becomes the basket, unless money could not be given back', () => {
    expect(does(paying(), { type: 'given-up', sale: SALE, paid: [] })).toStrictEqual([
      { ...EMPTY_CHECKOUT, lines: SALE.lines },
      [],
    ]);
    expect(does(paying(), { type: 'given-up', sale: SALE, paid })).toStrictEqual([
      tenderingOf(SALE, paid, true, 'money-not-back'),
      [],
    ]);
  });

  test('given up beside another customer’s sale changes nothing', () => {
    for (const model of MODELS) stays(model, { type: 'given-up', sale: other, paid });
  });

  test('is taken up when nothing else is in hand', () => {
    const event: InnerEvent = { type: 'resume', sale: SALE, paid };
    for (const model of MODELS) {
      if (model.at === 'editing' || model.at === 'done')
        expect(does(model, event)).toStrictEqual([tenderingOf(SALE, paid, true), []]);
      else stays(model, event);
    }
  });
});

test('what became of the paper is shown where there is paper', () => {
  const event: InnerEvent = { type: 'slip', slip: { at: 'printed' } };
  for (const model of MODELS) {
    if (model.at === 'done' || model.at === 'unsaved')
      expect(does(model, event)).toStrictEqual([{ ...model, slip: { at: 'printed' } }, []]);
    else stays(model, event);
  }
});
