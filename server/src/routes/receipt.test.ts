import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import { receiptNumber } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import type { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { receiptToken } from './receipt.ts';

let server: TestApp;
let till: FakeTill;
beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

const pathOf = ({ entry, hash }: SignedEntry) =>
  `/r/${till.merchant}/${receiptNumber(entry.till, entry.epoch, entry.seq)}/${receiptToken(hash)}`;

it('shows the receipt to who holds the paper: lines, total, change, date, number, and nobody who sold it', async () => {
  const sale = till.sale([1_250]);
  const payments = [{ ...sale.payments[0]!, tendered: minor(2_000) }];
  const entry = await till.write({ type: 'sale.completed', body: { ...sale, payments } });
  await till.send([entry]);
  const response = await server.call(pathOf(entry));
  const page = await response.text();
  expect(response.status).toBe(200);
  for (const expected of [
    '晨光小店',
    '商品 1250',
    '12.50',
    '20.00',
    '7.50',
    '找零',
    `A1-${till.epoch}-000001`,
    '2026年11月22日 12:00',
    '<html lang="zh-CN" dir="ltr">',
  ]) {
    expect(page).toContain(expected);
  }
  expect(page).not.toMatch(/陈店主|owner-1/);
  expect(page).toContain('noindex');
  expect(response.headers.get('x-robots-tag')).toContain('noindex');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

it('says friendly words for a sale that has not arrived, and the same for a wrong token', async () => {
  const [sent, unsent] = await till.sell(2);
  await till.send([sent]);
  const answers = [];
  for (const path of [
    pathOf(unsent!),
    pathOf(sent!).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    '/r/x/y/z',
  ]) {
    const response = await server.call(path);
    answers.push([response.status, (await response.text()).includes('小票还没有送到服务器')]);
  }
  expect(answers).toEqual([
    [404, true],
    [404, true],
    [404, true],
  ]);
});

it('shows no record that is not a sale', async () => {
  const entry = await till.write({ type: 'device.drawer-kicked', body: { reason: 'manual' } });
  await till.send([entry]);
  expect((await server.call(pathOf(entry))).status).toBe(404);
});

it('holds up who tries tokens by the hundred', async () => {
  const from = server.from('10.3.3.3');
  let last = 0;
  for (let at = 0; at < 61; at += 1) last = (await from('/r/a/b/c')).status;
  expect(last).toBe(429);
});
