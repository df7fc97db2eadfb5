import { createHash } from 'node:crypto';
import type { Notice, NoticeReply, NoticeRequest } from '../acquirers/acquirer.ts';
import { shopOf } from '../storage/merchants.ts';
import type { AlarmKind } from '../storage/quarantine.ts';
import type { Sql } from '../storage/sql.ts';
import type { Engine } from './engine.ts';
import { findOrder } from './orders.ts';

export interface NoticeCall extends NoticeRequest {
  readonly acquirer: string;
  readonly merchant: string;
}

/** What became of a callback. `reply` is absent when the channel has no words of its own for it. */
export interface NoticeAnswer {
  readonly end: NoticeEnd;
  readonly reply?: NoticeReply;
}

/** Every way a callback can end, for the log. All but the first leave the order as it is. */
export type NoticeEnd =
  | 'taken'
  | 'no-such-channel'
  | 'refused'
  | 'replayed'
  | 'unknown-order'
  | 'amount-mismatch'
  | 'second-wallet';

/** Verifies a callback and applies it in one transaction with the mark that it came. */
export async function takeNotice(engine: Engine, call: NoticeCall): Promise<NoticeAnswer> {
  const { log, metrics, database, registry } = engine.world;
  if (!(await database.read((sql) => hasShop(sql, call.merchant)))) return { end: 'no-such-channel' };
  const shop = await registry.of(call.merchant);
  const acquirer = shop.byId(call.acquirer);
  if (acquirer?.notice === undefined) return { end: 'no-such-channel' };
  const verified = await acquirer.notice({ headers: call.headers, body: call.body });
  const said = (end: NoticeEnd, code?: string, attempt?: string): NoticeAnswer => {
    metrics.add('xiaoji_notices_total', `end="${end}"`);
    const fields = { end, code, attempt, acquirer: acquirer.id, merchant: call.merchant };
    log[end === 'taken' || end === 'replayed' ? 'info' : 'warn']('notice', fields);
    const isSettled = end !== 'refused' && end !== 'unknown-order';
    const reply = acquirer.noticeReply?.(isSettled);
    return { end, ...(reply === undefined ? {} : { reply }) };
  };
  if ('refused' in verified)
    return said(verified.refused === 'replayed' ? 'replayed' : 'refused', verified.refused);
  const end = await database.transaction((sql) =>
    record(sql, engine, { call, acquirer: shop.nameOf(acquirer), notice: verified.notice }),
  );
  return said(end, undefined, verified.notice.reference);
}

interface Verified {
  readonly call: NoticeCall;
  readonly acquirer: string;
  readonly notice: Notice;
}

async function record(sql: Sql, engine: Engine, { call, acquirer, notice }: Verified): Promise<NoticeEnd> {
  const row = await findOrder(sql, call.merchant, notice.reference);
  if (row === undefined) return 'unknown-order'; // Not remembered: when the channel repeats it, it is looked at again.
  const isFresh = await sql.run(
    `INSERT INTO payment_notice (merchant, acquirer, notice_key, attempt_id, received_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (merchant, acquirer, notice_key) DO NOTHING`,
    [call.merchant, acquirer, keyOf(call.body), row.attempt_id, engine.world.clock.now()],
  );
  if (isFresh === 0) return 'replayed';
  const alarmed = async (kind: AlarmKind, end: NoticeEnd): Promise<NoticeEnd> => {
    await engine.alarm(sql, row, kind);
    return end;
  };
  // Another channel says that it was paid for an order it never got from here: two wallets paid for one order.
  if (row.acquirer !== acquirer) return alarmed('payment-second-wallet', 'second-wallet');
  if (notice.amount !== row.amount) return alarmed('payment-amount', 'amount-mismatch');
  await engine.apply(sql, row, 'notice', engine.channel.clean(notice.outcome));
  return 'taken';
}

const hasShop = async (sql: Sql, merchant: string): Promise<boolean> =>
  (await shopOf(sql, merchant)) !== undefined;

const keyOf = (body: string): string => createHash('sha256').update(body).digest('hex');
