import { describe, expect, test } from 'vitest';
import type { Approval } from '../../domain/approval.ts';
import type { Attempt, AttemptState } from '../../domain/attempt.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import { minor } from '../../domain/money.ts';
import { attemptOf, paidBy, SALE } from '../testing/sale-in-hand.ts';
import { paymentOf } from './commit.ts';
import { saleStory } from './sale-story.ts';

const signed = (draft: EntryDraft): SignedEntry => ({ entry: draft }) as SignedEntry;
const opened = signed({ type: 'sale.opened', body: SALE });
const completed = signed({ type: 'sale.completed', body: { ...SALE, payments: [paidBy('cash', 1000)] } });
const voided = signed({ type: 'sale.voided', body: { saleId: SALE.saleId, reason: 'declined' } });
const moved = (attempt: Attempt, state: AttemptState, approval?: Approval) =>
  signed({ type: `attempt.${state}`, body: { attempt, ...(approval && { approval }) } });
const cash = attemptOf('cash', 400, '1');
const wechat = attemptOf('wechat', 600, '2');

describe('a sale read back from its entries', () => {
  test('was never there when it was never opened', () => {
    expect(saleStory([])).toBeUndefined();
    expect(saleStory([moved(cash, 'approved'), voided])).toBeUndefined();
  });

  test('is open with what was paid, and the attempt without an end', () => {
    expect(
      saleStory([
        opened,
        moved(cash, 'sending'),
        moved(cash, 'approved'),
        moved(wechat, 'sending'),
        moved(wechat, 'unknown'),
      ]),
    ).toStrictEqual({
      sale: SALE,
      paid: [paymentOf({ attempt: cash })],
      end: 'open',
      unresolved: { attempt: wechat, state: 'unknown' },
    });
  });

  test.each(['prepared', 'sending', 'stuck'] as const)('an attempt that is %s has no end', (state) => {
    expect(saleStory([opened, moved(wechat, state)])?.unresolved).toStrictEqual({ attempt: wechat, state });
  });

  test.each(['declined', 'reversed', 'abandoned', 'refunded'] as const)(
    'an attempt that was %s paid nothing and is over',
    (state) => {
      expect(saleStory([opened, moved(wechat, 'sending'), moved(wechat, state)])).toStrictEqual({
        sale: SALE,
        paid: [],
        end: 'open',
      });
    },
  );

  test('keeps what the channel said', () => {
    const approval = { channelId: '42' };
    expect(saleStory([opened, moved(wechat, 'approved', approval)])?.paid).toStrictEqual([
      paymentOf({ attempt: wechat, approval }),
    ]);
  });

  test('ends completed or voided', () => {
    expect(saleStory([opened, completed])?.end).toBe('completed');
    expect(saleStory([opened, voided])?.end).toBe('voided');
  });

  test.each(['refund', 'void'] as const)('what a %s gave back is not paid any more', (purpose) => {
    const back = { ...attemptOf('cash', 400, '3'), purpose, original: cash.attemptId };
    const entries = [opened, moved(cash, 'approved'), moved(wechat, 'approved')];
    expect(saleStory([...entries, moved(back, 'sending')])?.paid).toHaveLength(2);
    expect(saleStory([...entries, moved(back, 'sending'), moved(back, 'approved')])).toStrictEqual({
      sale: SALE,
      paid: [paymentOf({ attempt: wechat })],
      end: 'open',
    });
  });

  test('a completed pre-authorisation pays; the hold, a tip and a cancellation do not', () => {
    const completion = { ...attemptOf('card', 1000, '3'), purpose: 'completion' } as const;
    expect(saleStory([opened, moved(completion, 'approved')])?.paid).toStrictEqual([
      paymentOf({ attempt: completion }),
    ]);
    for (const purpose of ['authorisation', 'authorisation-cancel', 'completion-cancel', 'tip'] as const) {
      const attempt = {
        ...attemptOf('card', 1000, '4'),
        purpose,
        original: completion.attemptId,
        tip: minor(5),
      };
      expect(
        saleStory([opened, moved(completion, 'approved'), moved(attempt, 'approved')])?.paid,
      ).toHaveLength(1);
    }
  });

  test('entries of other things say nothing about it', () => {
    const kicked = signed({ type: 'device.drawer-kicked', body: { saleId: SALE.saleId, reason: 'sale' } });
    expect(saleStory([opened, kicked])).toStrictEqual({ sale: SALE, paid: [], end: 'open' });
  });
});
