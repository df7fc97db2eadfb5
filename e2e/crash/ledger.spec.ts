import { expect, test } from '@playwright/test';
import type { SignedEntry } from '../../src/domain/entry.ts';
import { onceEach } from './books.ts';
import { Ledger, type SoldSale } from './ledger.ts';

const sale = (at: number): SoldSale => ({
  saleId: `s${at}`,
  number: `01-AAAAAA-00000${at}`,
  total: at * 100,
});
const local = (...sales: readonly SoldSale[]) => ({ sales, approvals: sales.map(({ saleId }) => saleId) });

function shownAll(...sales: readonly SoldSale[]): Ledger {
  const ledger = new Ledger();
  for (const { number, total } of sales) ledger.shown(number, total);
  return ledger;
}

test('every shown sale once on both sides is neither lost nor doubled', () => {
  const ledger = shownAll(sale(1), sale(2));
  ledger.check(local(sale(1), sale(2)), [sale(1), sale(2)]);
  expect([ledger.acknowledged, ledger.lost, ledger.doubled]).toEqual([2, [], []]);
});

test('a shown sale that one side does not hold is lost, and counted once however often it is missed', () => {
  for (const [till, server] of [
    [[sale(1)], []],
    [[], [sale(1)]],
  ]) {
    const ledger = shownAll(sale(1));
    ledger.check(local(...till!), server!);
    ledger.check(local(...till!), server!);
    expect(ledger.lost).toEqual([sale(1).number]);
  }
});

test('a sale that reaches the server late was not lost', () => {
  const ledger = shownAll(sale(1));
  ledger.check(local(sale(1)), []);
  ledger.check(local(sale(1)), [sale(1)]);
  expect(ledger.lost).toEqual([]);
});

test('a sale that was made but never shown is fine', () => {
  const ledger = shownAll(sale(1));
  ledger.check(local(sale(1), sale(2)), [sale(1), sale(2)]);
  expect([ledger.lost, ledger.doubled]).toEqual([[], []]);
});

test('another sale under a shown number means that the shown one is lost', () => {
  const ledger = shownAll(sale(1));
  const other = { ...sale(2), number: sale(1).number };
  ledger.check(local(other), [other]);
  expect(ledger.lost).toEqual([sale(1).number]);
});

test('two sales of one tap are doubled, on the till and on the server', () => {
  const twin = { ...sale(2), total: sale(1).total };
  const onTill = shownAll(sale(1));
  onTill.check(local(sale(1), twin), [sale(1)]);
  expect(onTill.doubled).toEqual(['till: total 100 stands there twice']);
  const onServer = shownAll(sale(1));
  onServer.check(local(sale(1)), [sale(1), twin]);
  expect(onServer.doubled).toEqual(['server: total 100 stands there twice']);
});

test('two approvals of one sale are doubled even when the sale stands there once', () => {
  const ledger = shownAll(sale(1));
  ledger.check({ sales: [sale(1)], approvals: ['s1', 's1'] }, [sale(1)]);
  expect(ledger.doubled).toEqual(['till: s1 was approved twice']);
});

test('one number shown for two sales is doubled', () => {
  const ledger = shownAll(sale(1));
  ledger.shown(sale(1).number, 999);
  expect(ledger.doubled).toHaveLength(1);
});

test('a sale whose cash the cashier denied must not exist', () => {
  const ledger = new Ledger();
  ledger.denied(sale(1).total);
  ledger.check(local(sale(1)), []);
  expect(ledger.doubled).toEqual([`till: ${sale(1).number} was sold without its cash`]);
});

test('an entry that stands in a file which was let go as well is one; another entry of the same sale is another', () => {
  const signed = (hash: string) => ({ hash, entry: { type: 'attempt.approved' } }) as unknown as SignedEntry;
  const [first, second] = [signed('a'), signed('b')];
  expect(onceEach([first, second, { ...first }, { ...second }])).toEqual([first, second]);
});
