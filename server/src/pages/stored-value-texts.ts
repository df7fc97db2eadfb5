import type { AccountRefusal } from '../acquirers/stored-value/accounts.ts';

/** Words of the office about the shop's own cards. */
export interface StoredValueTexts {
  readonly title: string;
  readonly hint: string;
  readonly none: string;
  readonly owed: string;
  readonly count: (count: number) => string;
  readonly notShown: (count: number) => string;
  readonly account: string;
  readonly accountHint: string;
  readonly balance: string;
  readonly amount: string;
  readonly issued: string;
  readonly closed: string;
  readonly issue: string;
  readonly topUp: string;
  readonly close: string;
  readonly reopen: string;
  readonly refused: string;
  readonly refusals: Readonly<Record<AccountRefusal, string>>;
}

export const zhStoredValue: StoredValueTexts = {
  title: '储值卡',
  hint: '开卡和充值的钱目前不经过收银台：请另行收款，它不计入当天营业额，用卡消费时才计入。',
  none: '还没有储值卡。',
  owed: '卡内余额合计',
  count: (count) => `${count} 张`,
  notShown: (count) => `另有 ${count} 张较早的没有列出，仍可充值和使用。`,
  account: '卡号或姓名',
  accountHint: '1 到 40 个字',
  balance: '余额',
  amount: '金额',
  issued: '开卡时间',
  closed: '已停用',
  issue: '开新卡',
  topUp: '充值',
  close: '停用',
  reopen: '恢复',
  refused: '没有办理',
  refusals: {
    'account-name': '卡号或姓名要有 1 到 40 个字。',
    'account-exists': '这个卡号已经有了。要加钱，请用“充值”。',
    'account-unknown': '没有这个卡号。要新开，请用“开新卡”。',
    'account-closed': '这张卡已停用，请先恢复。',
    'other-currency': '这张卡是另一种货币。',
    amount: '金额不对：请填大于零的数，例如 200 或 12.50。',
    'too-much': '超过一张卡能存的金额。',
    'form-used': '这张表单已经用过一次，内容不同。请返回后重新填写。',
  },
};

export const enStoredValue: StoredValueTexts = {
  title: 'Stored value',
  hint: 'For now the money for a new card or a top-up is received outside this till: take it separately. It is not in the takings of the day; what is paid with the card is.',
  none: 'No cards yet.',
  owed: 'Owed on all cards',
  count: (count) => (count === 1 ? '1 card' : `${count} cards`),
  notShown: (count) => `${count} older ones are not listed; they can be topped up and used all the same.`,
  account: 'Card number or name',
  accountHint: '1 to 40 characters',
  balance: 'Balance',
  amount: 'Amount',
  issued: 'Issued',
  closed: 'closed',
  issue: 'New card',
  topUp: 'Top up',
  close: 'Close',
  reopen: 'Open again',
  refused: 'Not done',
  refusals: {
    'account-name': 'A card number or name has 1 to 40 characters.',
    'account-exists': 'There is such a card already. To put money on it, use “Top up”.',
    'account-unknown': 'There is no such card. To make it, use “New card”.',
    'account-closed': 'This card is closed: open it again first.',
    'other-currency': 'This card is in another currency.',
    amount: 'Not an amount: more than nothing, for example 200 or 12.50.',
    'too-much': 'More than a card can hold.',
    'form-used': 'This form was used before with other content. Go back and fill it in again.',
  },
};
