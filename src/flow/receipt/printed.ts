import type { Minor } from '../../domain/money.ts';
import { toDecimal } from '../../domain/money-format.ts';
import type { Shop } from '../../domain/shop.ts';

/** Signs as they are printed. U+FFE5 stands in every two-byte Chinese font; U+00A5 does not (facts: GB18030). */
const SIGNS: Partial<Record<Shop['currency'], string>> = {
  CNY: '￥',
  JPY: '￥',
  HKD: 'HK$',
  USD: '$',
  EUR: 'EUR ',
  GBP: 'GBP ',
};

export const money = (amount: Minor, shop: Shop): string =>
  `${SIGNS[shop.currency] ?? `${shop.currency} `}${toDecimal(amount, shop.currency)}`;

/** `2026-11-22 13:05` in the shop's own time zone, the same in every language. */
export function printedTime(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
