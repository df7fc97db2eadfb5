import type { Purpose } from '../../../domain/attempt.ts';
import type { Currency } from '../../../domain/money.ts';
import type { ZvtApdu } from '../../codecs/zvt/apdu.ts';
import { amountField, currencyField, receiptField, ZVT, zvtCommand } from '../../codecs/zvt/message.ts';
import type { TerminalOrder } from '../../ports.ts';
import { receiptOf } from './records.ts';

/** ISO 4217 numbers, as ZVT writes currencies. */
export const CURRENCY_NUMBERS: Readonly<Record<Currency, string>> = {
  CNY: '156',
  HKD: '344',
  MOP: '446',
  TWD: '901',
  USD: '840',
  EUR: '978',
  GBP: '826',
  SGD: '702',
  JPY: '392',
  KRW: '410',
  KWD: '414',
};

type Ordered = Exclude<Purpose, 'tip'>;

/** Commands and whether their fields come after the password. */
const COMMANDS: Readonly<Record<Ordered, readonly [command: number, hasPassword: boolean]>> = {
  sale: [ZVT.authorise, false],
  void: [ZVT.reverse, true],
  refund: [ZVT.refund, true],
  authorisation: [ZVT.reserve, false],
  completion: [ZVT.bookReservation, false],
  'authorisation-cancel': [ZVT.dropReservation, true],
  'completion-cancel': [ZVT.reverse, true],
};

const NEEDS_RECEIPT: readonly Purpose[] = ['void', 'completion', 'authorisation-cancel', 'completion-cancel'];
const NEEDS_AMOUNT: readonly Purpose[] = ['sale', 'refund', 'authorisation', 'completion'];

/** True when the original is named by the receipt number that the terminal gave it. */
export const needsReceipt = (purpose: Purpose): boolean => NEEDS_RECEIPT.includes(purpose);

export function orderCommand(purpose: Ordered, order: TerminalOrder, password: string): ZvtApdu {
  const { amount, currency, original } = order;
  const [command, hasPassword] = COMMANDS[purpose];
  const receipt = original === undefined ? undefined : receiptOf(original.approval);
  const fields = [
    ...(needsReceipt(purpose) && receipt !== undefined ? [receiptField(receipt)] : []),
    ...(NEEDS_AMOUNT.includes(purpose)
      ? [amountField(amount), currencyField(CURRENCY_NUMBERS[currency])]
      : []),
  ];
  return zvtCommand(command, fields, hasPassword ? password : '');
}
