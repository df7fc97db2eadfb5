import { AMOUNT_MAX, type Currency, type Minor, ZERO } from '../../../../src/domain/money.ts';
import type { Sql } from '../../storage/sql.ts';
import {
  type AccountRow,
  accountName,
  addAccount,
  addMove,
  type BookKey,
  findAccount,
  type MoveRow,
  movesOf,
  setClosed,
} from './rows.ts';

/** Longest name of an account: what an attempt can carry. */
const NAME_CHARS_MAX = 40;

export const ACCOUNT_CHANGES = ['issue', 'top-up', 'close', 'reopen'] as const;

/** What the office asks of an account. */
export interface AccountChange {
  readonly kind: (typeof ACCOUNT_CHANGES)[number];
  /** Made with the form, 32 hex digits: the same form sent twice moves once. */
  readonly reference: string;
  readonly account: string;
  /** With `issue` (it may be zero) and `top-up`. */
  readonly amount: Minor;
  readonly currency: Currency;
}

/** Why the office's wish was not carried out. Nothing was written. */
export type AccountRefusal =
  | 'account-name'
  | 'account-exists'
  | 'account-unknown'
  | 'account-closed'
  | 'other-currency'
  | 'amount'
  | 'too-much'
  | 'form-used';

/** Carries out a wish of the office in the caller's one transaction. */
export async function changeAccount(
  sql: Sql,
  key: BookKey,
  change: AccountChange,
  { nowMs, by }: { readonly nowMs: number; readonly by: 'office' | 'server' },
): Promise<'done' | AccountRefusal> {
  const { kind, reference } = change;
  const account = accountName(change.account);
  const amount = kind === 'issue' || kind === 'top-up' ? change.amount : ZERO;
  const [before] = (await movesOf(sql, key, reference)).filter(isOfOffice);
  if (before !== undefined) {
    const isSame = before.kind === kind && before.account === account && before.amount === amount;
    return isSame ? 'done' : 'form-used';
  }
  const found = await findAccount(sql, key, account);
  const refusal = refusalOf(found, { ...change, account, amount });
  if (refusal !== undefined) return refusal;
  if (kind === 'issue') await addAccount(sql, key, { account, currency: change.currency, issued_at: nowMs });
  if (kind === 'close' || kind === 'reopen')
    await setClosed(sql, key, account, kind === 'close' ? nowMs : null);
  const move = { reference, kind, account, amount, original: null, reason: null };
  await addMove(sql, key, { ...move, moved_at: nowMs, moved_by: by });
  return 'done';
}

const isOfOffice = ({ kind }: MoveRow): boolean => ACCOUNT_CHANGES.some((each) => each === kind);

function refusalOf(
  found: AccountRow | undefined,
  { kind, account, amount, currency }: AccountChange,
): AccountRefusal | undefined {
  if (kind === 'issue') {
    if (account === '' || account.length > NAME_CHARS_MAX || /\p{Cc}/u.test(account)) return 'account-name';
    if (found !== undefined) return 'account-exists';
    return amount < 0 ? 'amount' : undefined;
  }
  if (found === undefined) return 'account-unknown';
  if (kind !== 'top-up') return undefined;
  if (found.closed_at !== null) return 'account-closed';
  if (found.currency !== currency) return 'other-currency';
  if (amount <= 0) return 'amount';
  return found.balance + amount > AMOUNT_MAX ? 'too-much' : undefined;
}
