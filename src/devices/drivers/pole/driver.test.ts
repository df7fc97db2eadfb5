import { describe, expect, test } from 'vitest';
import { minor, ZERO } from '../../../domain/money.ts';
import { KeptDisplay } from '../../kept/kept-display.ts';
import { KeptLink } from '../../kept/kept-link.ts';
import { POLE_DISPLAYS } from '../../registry.ts';
import { FakeSerial } from '../../simulators/browser/fake-serial.ts';
import { VirtualPole } from '../../simulators/pole/virtual-pole.ts';
import { type DisplayRig, displayConformance, seen } from '../../testing/display-conformance.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import { WebSerialBus } from '../../transports/webserial.ts';
import type { PoleWords } from './lines.ts';

const WORDS: PoleWords = {
  welcome: '欢迎光临',
  amount: '金额',
  total: '合计',
  received: '收款',
  change: '找零',
  paid: '已付',
  waiting: '请稍候',
  scan: '请扫码',
};
const PLAIN: PoleWords = {
  welcome: 'WELCOME',
  amount: 'AMOUNT',
  total: 'TOTAL',
  received: 'RECEIVED',
  change: 'CHANGE',
  paid: 'PAID',
  waiting: 'PLEASE WAIT',
  scan: 'PLEASE SCAN',
};

async function rig(driverId: string, pole: VirtualPole): Promise<DisplayRig> {
  const serial = new FakeSerial();
  serial.plug(pole, { isPermitted: true });
  const timers = new FakeTimers();
  const wait = (ms: number) => new Promise<void>((resolve) => timers.after(ms, resolve));
  const kept = new KeptLink({
    buses: [new WebSerialBus(serial, wait)],
    drivers: POLE_DISPLAYS,
    settings: { words: () => WORDS, plainWords: PLAIN },
    timers,
    remember: () => undefined,
  });
  const display = new KeptDisplay(kept);
  await kept.start();
  await kept.pair('serial', driverId);
  await settle();
  return {
    display,
    pole,
    unplug: () => serial.unplug(pole),
    replug: () => void serial.plug(pole, { isPermitted: true }),
  };
}

const poles: readonly [string, () => VirtualPole][] = [
  ['pole-cd5220', () => new VirtualPole({ family: 'cd5220', hasChinese: false })],
  ['pole-cd5220-gb', () => new VirtualPole({ family: 'cd5220' })],
  ['pole-escpos', () => new VirtualPole({ family: 'escpos', hasChinese: false })],
  ['pole-escpos-gb', () => new VirtualPole({ family: 'escpos' })],
  ['pole-led8', () => new VirtualPole({ family: 'led8' })],
];
for (const [id, make] of poles) displayConformance(id, () => rig(id, make()));

const cny = { currency: 'CNY' } as const;

describe.each(['pole-cd5220', 'pole-escpos'] as const)('a pole of two lines without hanzi: %s', (id) => {
  const family = id === 'pole-escpos' ? 'escpos' : 'cd5220';
  test('never gets a hanzi: names shrink to letters and digits, words are plain', async () => {
    const { display, pole } = await rig(id, new VirtualPole({ family, hasChinese: false }));
    expect(pole.lines).toEqual(['      WELCOME', '']);
    display.show({
      show: 'amount',
      amount: minor(3_750),
      item: { name: '龙井茶 250g 特级', quantityMilli: 1_000, price: minor(1_250), amount: minor(1_250) },
      ...cny,
    });
    await settle();
    expect(pole.lines).toEqual(['250g           12.50', 'TOTAL          37.50']);
    display.show({ show: 'paid', amount: minor(3_750), change: minor(1_250), ...cny });
    await settle();
    expect(pole.lines).toEqual(['RECEIVED       50.00', 'CHANGE         12.50']);
    display.show({ show: 'waiting', amount: minor(3_750), ...cny });
    await settle();
    expect(pole.lines).toEqual(['    PLEASE WAIT', 'TOTAL          37.50']);
  });
});

describe.each(['pole-cd5220-gb', 'pole-escpos-gb'] as const)('a pole with a Chinese font: %s', (id) => {
  const family = id === 'pole-escpos-gb' ? 'escpos' : 'cd5220';
  test('shows hanzi, each two columns wide, and cuts a name but never a figure', async () => {
    const { display, pole } = await rig(id, new VirtualPole({ family }));
    display.show({
      show: 'amount',
      amount: minor(123_456),
      item: {
        name: '特级初榨橄榄油家庭装',
        quantityMilli: 1_000,
        price: minor(123_456),
        amount: minor(123_456),
      },
      ...cny,
    });
    await settle();
    expect(pole.lines).toEqual(['特级初榨橄榄 1234.56', '合计         1234.56']);
    display.show({ show: 'paid', amount: minor(500), change: ZERO, ...cny });
    await settle();
    expect(pole.lines).toEqual(['已付            5.00', '']);
  });

  test('a character without a code falls back to letters', async () => {
    const { display, pole } = await rig(id, new VirtualPole({ family }));
    display.show({
      show: 'amount',
      amount: minor(1),
      item: { name: '𠮷 no. 5', quantityMilli: 1_000, price: minor(1), amount: minor(1) },
      ...cny,
    });
    await settle();
    expect(pole.lines[0]).toBe('no. 5           0.01');
  });
});

test.each([
  [
    'several pieces',
    { name: '茶', quantityMilli: 3_000, price: 350, amount: 1_050 },
    `茶${' '.repeat(12)}3x3.50`,
  ],
  ['a weight', { name: '苹果', quantityMilli: 1_234, price: 1_280, amount: 1_580 }, '苹果     1.234x12.80'],
  [
    'an amount that was typed',
    { name: '', quantityMilli: 2_000, price: 300, amount: 600 },
    `金额${' '.repeat(10)}2x3.00`,
  ],
  [
    'a sum that is too long',
    { name: '面粉', quantityMilli: 12_345_678, price: 99_999, amount: 1_234_555_454 },
    '面粉     12345554.54',
  ],
])('%s is shown beside the running total', async (_, line, upper) => {
  const { display, pole } = await rig('pole-cd5220-gb', new VirtualPole({ family: 'cd5220' }));
  const item = { ...line, price: minor(line.price), amount: minor(line.amount) };
  display.show({ show: 'amount', amount: minor(5_000), item, ...cny });
  await settle();
  expect(pole.lines).toEqual([upper, '合计           50.00']);
});

describe('a price pole', () => {
  test('lights the word that belongs to the number', async () => {
    const { display, pole } = await rig('pole-led8', new VirtualPole({ family: 'led8' }));
    expect(seen(pole)).toBe('off');
    display.show({ show: 'amount', amount: minor(2_550), ...cny });
    await settle();
    expect([pole.number, pole.lamp]).toEqual(['25.50', 'total']);
    display.show({ show: 'paid', amount: minor(2_550), change: ZERO, ...cny });
    await settle();
    expect([pole.number, pole.lamp]).toEqual(['25.50', 'received']);
    display.show({ show: 'paid', amount: minor(2_550), change: minor(450), ...cny });
    await settle();
    expect([pole.number, pole.lamp]).toEqual(['4.50', 'change']);
    display.show({ show: 'amount', amount: minor(123_456_789), ...cny });
    await settle();
    expect([pole.number, pole.lamp]).toEqual(['', 'off']); // Nine digits: dark rather than another price.
  });
});
