import { describe, expect, test } from 'vitest';
import { minor } from '../../domain/money.ts';
import { paymentSpeaker } from '../../i18n/payment-words.ts';
import { spoken } from '../../i18n/testing/spoken.ts';
import { CARD, live, SALE, WECHAT } from '../testing/fake-attempts.ts';
import { FakeServices } from '../testing/fake-services.ts';
import { REFUND } from '../testing/scenes-back.ts';
import { liveView } from './live-view.ts';
import { leftOfLine, stepOf } from './refund-lines.ts';
import { keysOf } from './tender-view.ts';
import { minutesAndSeconds } from './ticker.ts';
import { amountText, typedAmount } from './typed-amount.ts';
import { unfinishedCount } from './unfinished.ts';
import { span } from './way-words.ts';

const zh = paymentSpeaker(spoken());

describe('an attempt under way', () => {
  test('is never shown as unknown while the customer only has to scan', () => {
    const waiting = { for: 'customer-scan', code: 'weixin://x', expiresAt: 1 } as const;
    expect(liveView(live('inquiring', { waiting }), 20, zh).kind).toBe('scan');
    expect(liveView(live('inquiring', { waiting }), 0, zh).kind).toBe('unknown');
  });

  test('keeps the warning while a password is typed, once nobody knows the result', () => {
    const waiting = { for: 'customer-password' } as const;
    expect(liveView(live('sending', { waiting }), 20, zh).title).toBe(zh.t('live.password'));
    const doubtful = liveView(live('inquiring', { waiting }), 20, zh);
    expect(doubtful.title).toContain('请勿重复收款');
    expect(doubtful.hint).toBe(zh.t('live.password'));
  });

  test('without a network says so, and does not count seconds in which nobody is asked', () => {
    const view = liveView(live('unknown', { waiting: { for: 'network' } }), 20, zh);
    expect(view.title).toBe('结果未知，请勿重复收款，连上网就查询');
  });

  test('calls a manager only when it is stuck', () => {
    expect(liveView(live('stuck', { waiting: { for: 'manager' } }), undefined, zh).kind).toBe('stuck');
    expect(liveView(live('refund-due'), undefined, zh).kind).toBe('undoing');
  });

  test('names what it is for when that is no sale', () => {
    const attempt = { ...CARD, purpose: 'authorisation' } as const;
    expect(liveView(live('sending', { attempt }), undefined, zh).title).toBe('预授权');
  });
});

test('unfinished: every sale once, and not the one in hand', () => {
  const inHand = new FakeServices().checkout.state.value;
  const open = { sale: SALE, paid: [], remaining: SALE.total };
  expect(unfinishedCount([live('unknown')], [open], inHand)).toBe(1);
  expect(unfinishedCount([], [], inHand)).toBe(0);
  const paying = {
    at: 'paying',
    sale: SALE,
    paid: [],
    remaining: SALE.total,
    attempt: WECHAT,
    state: 'sending',
  } as const;
  expect(unfinishedCount([live('unknown')], [open], paying)).toBe(0);
});

describe('a refund by pieces', () => {
  const line = SALE.lines[0]!;

  test('leaves what has not gone back before', () => {
    expect(leftOfLine(line, [])).toBe(2_000);
    const lines = [{ lineId: line.id, quantityMilli: 1_000, amount: minor(600) }];
    expect(leftOfLine(line, [{ ...REFUND, lines }])).toBe(1_000);
  });

  test('goes by whole pieces, and what was weighed goes whole', () => {
    expect(stepOf(0, 2_000, 1)).toBe(1_000);
    expect(stepOf(2_000, 2_000, 1)).toBe(2_000);
    expect(stepOf(0, 2_000, -1)).toBe(0);
    expect(stepOf(0, 1_350, 1)).toBe(1_350);
    expect(stepOf(1_350, 1_350, -1)).toBe(0);
  });
});

describe('an amount in a field', () => {
  test('is what the keypad would make of it', () => {
    expect(typedAmount('12.5', 'CNY')).toBe(1_250);
    expect(typedAmount(' ¥1,5 元', 'CNY')).toBe(150);
    expect(amountText('1.234', 'CNY')).toBe('1.23');
    for (const nothing of ['', '0', 'abc', '.']) expect(typedAmount(nothing, 'CNY')).toBeUndefined();
  });

  test('is typed by the keys that make it', () => {
    expect(keysOf(minor(1_205), 'CNY').join('')).toBe('12.05');
    expect(keysOf(minor(120), 'JPY').join('')).toBe('120');
  });
});

test('times are short and readable', () => {
  expect(minutesAndSeconds(65)).toBe('1:05');
  expect(span(18_930_000, zh)).toBe('5 小时 16 分');
  expect(span(90_000, zh)).toBe('2 分钟');
});
