import type { BusinessDay } from '../../domain/business-day.ts';
import { localeOf } from '../../domain/language.ts';

const DAY_MS = 86_400_000;

/** A trading day some days on, by the calendar. */
export const dayAfter = (day: BusinessDay, days: number): BusinessDay =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as BusinessDay;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long something has waited, in the largest unit that says it. At least a minute. */
export function waited(ms: number): { readonly unit: 'minutes' | 'hours' | 'days'; readonly count: number } {
  if (ms >= 2 * DAY_MS) return { unit: 'days', count: Math.floor(ms / DAY_MS) };
  if (ms >= 2 * HOUR_MS) return { unit: 'hours', count: Math.floor(ms / HOUR_MS) };
  return { unit: 'minutes', count: Math.max(1, Math.floor(ms / MINUTE_MS)) };
}

const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes as a person reads them: 1.2 MB. */
export function bytes(count: number, language: string): string {
  let size = count / 1_000;
  let at = 0;
  while (size >= 1_000 && at < SIZES.length - 1) {
    size /= 1_000;
    at += 1;
  }
  const unit = SIZES[at] ?? 'kilobyte';
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    size,
  );
}
