/** A shop's trading day, `YYYY-MM-DD` in the shop's own time zone. A bar that closes at 3 still counts its night as one day. */
export type BusinessDay = string & { readonly __day: true };

export interface DayRule {
  /** IANA name, for example `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Hour 0–23 at which the new day begins. */
  readonly cutoffHour: number;
}

export const DEFAULT_DAY_RULE: DayRule = { timeZone: 'Asia/Shanghai', cutoffHour: 4 };

/** The trading day an instant (ms since 1970 UTC) belongs to. Throws RangeError for an unknown time zone. */
export const businessDay = (atMs: number, rule: DayRule): BusinessDay => dayTeller(rule)(atMs);

/** Tells the trading day of one instant after another: making ready for a time zone takes longer than telling. Throws as `businessDay`. */
export function dayTeller({ timeZone, cutoffHour }: DayRule): (atMs: number) => BusinessDay {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  });
  return (atMs) => {
    const local = partsIn(format, atMs);
    const date = Date.UTC(local.year, local.month - 1, local.day);
    // Wall-clock arithmetic: subtracting hours from the instant would be wrong on the days clocks change.
    const day = local.hour < cutoffHour ? date - 86_400_000 : date;
    return new Date(day).toISOString().slice(0, 10) as BusinessDay;
  };
}

function partsIn(
  format: Intl.DateTimeFormat,
  atMs: number,
): { year: number; month: number; day: number; hour: number } {
  const value = { year: 0, month: 0, day: 0, hour: 0 };
  for (const part of format.formatToParts(atMs)) {
    if (part.type === 'year' || part.type === 'month' || part.type === 'day' || part.type === 'hour') {
      value[part.type] = Number(part.value);
    }
  }
  return value;
}
