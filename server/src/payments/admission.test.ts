import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptRequest } from '../../../src/contract/api.ts';
import type { Attempt } from '../../../src/domain/attempt.ts';
import type { CardData } from '../../../src/domain/card-data.ts';
import type { AttemptId, MerchantId, SaleId, TillId } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import { CODE_TABLE } from '../../../src/domain/rails.ts';
import { RefusalError } from '../http/problem.ts';
import { migrate, readMigrations } from '../storage/migrate.ts';
import type { Database } from '../storage/sql.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { FakeAcquirer } from '../testing/fake-acquirer.ts';
import { putTill } from '../testing/put-till.ts';
import { type Admitted, admit, beginUndo, hashOf, SILENCE_MS, tombstone } from './admission.ts';
import { addOrder, findOrder, type OrderRow } from './orders.ts';
import { ShopAcquirers } from './registry.ts';

const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)));
const NOW = 1_000_000;
const WECHAT_WINDOW = 45_000;
const CODE = '134567890123456789';
const ALIPAY_CODE = '28'.padEnd(18, '4');
const card = {
  entry: 'chip',
  scheme: 'dukpt-tdes',
  ksn: 'FFFF9876543210E00001',
  track: '00'.repeat(8),
} as CardData;
const place = { merchant: 'm-0000000001' as MerchantId, till: '01' as TillId };
const wechat = new FakeAcquirer();
const bank = new FakeAcquirer('iso8583', [
  { tender: 'card', method: 'reader' },
  { tender: 'card', method: 'terminal' },
  { tender: 'stored-value' },
]);
const shop = new ShopAcquirers([wechat, bank], CODE_TABLE, true);

let database: Database;
let made: number;
beforeEach(async () => {
  made = 0;
  database = openSqlite(':memory:');
  await migrate(database, MIGRATIONS, 0);
  await database.transaction((sql) => putTill(sql, place));
});
afterEach(() => database.close());

const attemptOf = (more: Partial<Attempt> = {}): Attempt => {
  made += 1;
  return {
    attemptId: String(made).padStart(32, 'a') as AttemptId,
    saleId: 'b'.repeat(32) as SaleId,
    tender: 'wechat',
    method: 'customer-code',
    amount: minor(1000),
    currency: 'CNY',
    ...more,
  };
};
const asks = (attempt: Attempt, more: Partial<AttemptRequest> = {}, nowMs = NOW): Promise<Admitted> => {
  const given = attempt.method === 'customer-code' ? { code: CODE } : {};
  const request = { contract: 1, attempt, subject: '', ...given, ...more } as AttemptRequest;
  return database.transaction((sql) => admit(sql, place, request, { shop, nowMs }));
};
const refusal = async (attempt: Attempt, more: Partial<AttemptRequest> = {}): Promise<string> => {
  try {
    await asks(attempt, more);
  } catch (error) {
    if (error instanceof RefusalError) return error.problem.code;
    throw error;
  }
  return 'admitted';
};
const stored = (attempt: Attempt): Promise<OrderRow | undefined> =>
  database.transaction((sql) => findOrder(sql, place.merchant, attempt.attemptId));
/** Puts an order into the books as it stands. */
const put = async (attempt: Attempt, more: Partial<OrderRow> = {}): Promise<OrderRow> => {
  const row = { ...(await asks(attempt)).row, ...more };
  await database.transaction(async (sql) => {
    await sql.run('DELETE FROM attempt_order WHERE attempt_id = ?', [row.attempt_id]);
    await addOrder(sql, row);
  });
  return row;
};
describe('a new attempt', () => {
  it('is stored as sending before anything leaves, with everything that is asked for later', async () => {
    const attempt = attemptOf({ tip: minor(50), account: 'x' });
    const { row, acquirer, original } = await asks(attempt);
    expect(acquirer).toBe(wechat);
    expect(original).toBeUndefined();
    const expected: OrderRow = {
      merchant: place.merchant,
      attempt_id: attempt.attemptId,
      sale_id: attempt.saleId,
      till: '01',
      tender: 'wechat',
      method: 'customer-code',
      purpose: 'sale',
      original: null,
      account: 'x',
      amount: minor(1000),
      tip: minor(50),
      currency: 'CNY',
      acquirer: 'demo:wechatpay',
      request_hash: hashOf(attempt),
      state: 'sending',
      reason: null,
      approval: null,
      code: null,
      code_expires_at: null,
      surplus: null,
      created_at: NOW,
      sent_at: NOW,
      settled_at: null,
      next_at: NOW + WECHAT_WINDOW + SILENCE_MS,
      tries: 0,
    };
    expect(row).toStrictEqual(expected);
    expect(await stored(attempt)).toEqual(expected);
    expect(SILENCE_MS).toBe(15_000);
  });

  it('without method, account and tip has none', async () => {
    const attempt = attemptOf({ tender: 'stored-value', method: undefined as never, account: 'G-7' });
    const { method: _, ...plain } = attempt;
    expect((await asks(plain)).row).toMatchObject({ method: null, account: 'G-7', tip: null });
    expect((await asks(attemptOf())).row).toMatchObject({ account: null });
  });

  it('has a fingerprint of every field', () => {
    const attempt = attemptOf();
    expect(hashOf(attempt)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf({ ...attempt })).toBe(hashOf(attempt));
    expect(hashOf({ ...attempt, amount: minor(1001) })).not.toBe(hashOf(attempt));
  });
});

describe('the same attempt again', () => {
  it('gets its row, and nobody to carry it out', async () => {
    const attempt = attemptOf();
    const first = await asks(attempt);
    expect(await asks(attempt, {}, NOW + 5)).toEqual({ row: first.row });
  });

  it('with other fields is a conflict; after it was undone it is refused for ever', async () => {
    const attempt = attemptOf();
    await asks(attempt);
    expect(await refusal({ ...attempt, amount: minor(1) })).toBe('attempt-conflict');
    const dead = attemptOf();
    await database.transaction((sql) => addOrder(sql, tombstone(place, dead, NOW)));
    expect(await refusal(dead)).toBe('attempt-tombstoned');
    expect(await refusal({ ...dead, amount: minor(1) })).toBe('attempt-conflict');
  });
});

describe('what does not fit is refused, and nothing is stored', () => {
  const reader = { tender: 'card', method: 'reader' } as const;
  it.each<[string, string, Partial<Attempt>, Partial<AttemptRequest>]>([
    ['malformed-body', 'nothing to pay', { amount: minor(0) }, {}],
    ['malformed-body', 'a sale that refers to another', { original: 'c'.repeat(32) as AttemptId }, {}],
    ['malformed-body', 'a refund of nothing', { purpose: 'refund' }, {}],
    ['malformed-body', 'a pay code that is missing', {}, { code: undefined as never }],
    ['malformed-body', 'another wallet’s pay code', {}, { code: ALIPAY_CODE }],
    ['malformed-body', 'a reader without a card', reader, {}],
    ['malformed-body', 'a hold without a card', { ...reader, purpose: 'authorisation' }, {}],
    ['malformed-body', 'stored value of nobody', { tender: 'stored-value', method: 'terminal' }, {}],
    [
      'malformed-body',
      'stored value of a blank',
      { tender: 'stored-value', method: 'terminal', account: ' ' },
      {},
    ],
    ['rail-unavailable', 'a wallet that the shop has not', { tender: 'alipay' }, { code: ALIPAY_CODE }],
    [
      'original-unknown',
      'a refund of something unknown',
      { purpose: 'refund', original: 'c'.repeat(32) as AttemptId },
      {},
    ],
  ])('%s: %s', async (code, _, change, more) => {
    const attempt = attemptOf(change);
    expect(await refusal(attempt, more)).toBe(code);
    expect(await stored(attempt)).toBeUndefined();
  });

  it('a card that was read, a code to show and a terminal fit', async () => {
    expect(await refusal(attemptOf(reader), { card })).toBe('admitted');
    expect(await refusal(attemptOf({ ...reader, purpose: 'authorisation' }), { card })).toBe('admitted');
    expect(await refusal(attemptOf({ method: 'shop-code' }))).toBe('admitted');
    expect(await refusal(attemptOf({ tender: 'card', method: 'terminal' }))).toBe('admitted');
  });
});

describe('an attempt that refers to a payment', () => {
  it('goes to whoever took it, the same way, without a code or a card', async () => {
    const paid = await put(attemptOf({ account: 'o-1' }), { state: 'approved' });
    const { method: _, ...plain } = attemptOf({ purpose: 'refund', original: paid.attempt_id as AttemptId });
    const { row, acquirer, original } = await asks(plain);
    expect(acquirer).toBe(wechat);
    expect(original).toEqual(paid);
    expect(row).toMatchObject({
      method: 'customer-code',
      account: 'o-1',
      original: paid.attempt_id,
      purpose: 'refund',
    });
  });

  it('may not take more than others left', async () => {
    const paid = await put(attemptOf(), { state: 'approved' });
    const back = (amount: number) =>
      attemptOf({ purpose: 'refund', original: paid.attempt_id as AttemptId, amount: minor(amount) });
    expect(await refusal(back(600))).toBe('admitted');
    expect(await refusal(back(600))).toBe('amount-beyond-original');
  });

  it('has no rail when its acquirer is gone: play money and real money never meet', async () => {
    const paid = await put(attemptOf(), { state: 'approved', acquirer: 'wechatpay' });
    expect(await refusal(attemptOf({ purpose: 'refund', original: paid.attempt_id as AttemptId }))).toBe(
      'rail-unavailable',
    );
  });
});

describe('a second payment of the same sale', () => {
  it('undoes the first, as early as its rail allows', async () => {
    const first = attemptOf();
    await asks(first);
    const second = attemptOf({ method: 'shop-code' });
    await asks(second, {}, NOW + 1_000);
    expect(await stored(first)).toMatchObject({
      state: 'reversing',
      reason: 'superseded',
      settled_at: null,
      next_at: NOW + 15_000,
      tries: 0,
    });
    expect(await stored(second)).toMatchObject({ state: 'sending' });
  });

  it('a hold undoes as well; what only refers does not', async () => {
    const first = attemptOf();
    await asks(first);
    const paid = await put(attemptOf({ saleId: 'c'.repeat(32) as SaleId }), { state: 'approved' });
    await asks(attemptOf({ purpose: 'refund', original: paid.attempt_id as AttemptId }));
    expect(await stored(first)).toMatchObject({ state: 'sending' });
    await asks(attemptOf({ tender: 'card', method: 'reader', purpose: 'authorisation' }), { card });
    expect(await stored(first)).toMatchObject({ state: 'reversing' });
  });

  it('leaves other sales, and payments with an end, alone', async () => {
    const other = attemptOf({ saleId: 'c'.repeat(32) as SaleId });
    await asks(other);
    const done = await put(attemptOf(), { state: 'approved' });
    await asks(attemptOf());
    expect(await stored(other)).toMatchObject({ state: 'sending' });
    expect(
      (await database.transaction((sql) => findOrder(sql, place.merchant, done.attempt_id)))?.state,
    ).toBe('approved');
  });
});

describe('an order that is to be undone', () => {
  it('waits for its rail’s time, and no longer', async () => {
    const { row } = await asks(attemptOf());
    const undone = { ...row, state: 'reversing', reason: 'operator' };
    const busy = { ...row, tries: 7, settled_at: 5 };
    expect(beginUndo(busy, 'operator', NOW + 1_000)).toStrictEqual({ ...undone, next_at: NOW + 15_000 });
    expect(beginUndo(busy, 'operator', NOW + 20_000)).toStrictEqual({ ...undone, next_at: NOW + 20_000 });
    expect(beginUndo({ ...row, sent_at: null }, 'operator', NOW).next_at).toBe(NOW + 15_000);
  });

  it('before it came is refused for ever, by a row that nobody looks at again', () => {
    const attempt = attemptOf();
    expect(tombstone(place, attempt, NOW)).toMatchObject({
      attempt_id: attempt.attemptId,
      request_hash: hashOf(attempt),
      acquirer: '',
      state: 'reversed',
      reason: 'never-arrived',
      created_at: NOW,
      sent_at: null,
      settled_at: NOW,
      next_at: null,
    });
  });
});
