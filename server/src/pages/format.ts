import { type Language, localeOf } from '../../../src/domain/language.ts';
import type { Shop } from '../../../src/domain/shop.ts';

/** A quantity in thousandths as people write it: `2`, `1.5`. */
export const quantity = (milli: number): string => String(milli / 1000);

export function dateTime(atMs: number, shop: Shop, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    timeZone: shop.timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return format.format(atMs);
}

export function timeOfDay(atMs: number, shop: Shop, language: Language): string {
  const format = new Intl.DateTimeFormat(localeOf(language), {
    timeZone: shop.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return format.format(atMs);
}

/** The calendar day `days` after an ISO day. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
