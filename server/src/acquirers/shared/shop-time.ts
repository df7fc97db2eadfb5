/** The wallets keep Beijing time, which has had no summer time since 1991. */
const BEIJING_OFFSET_MS = 8 * 3_600_000;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

/** `2026-11-22 12:00:00`, as the wallets write it. */
export const beijingText = (ms: number): string =>
  new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

/** Ms of `2026-11-22 12:00:00` in Beijing; undefined for anything else. */
export function beijingMs(text: string | undefined): number | undefined {
  const parts = SHAPE.exec((text ?? '').trim());
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number);
  const at = Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0);
  return Number.isNaN(at) || beijingText(at - BEIJING_OFFSET_MS) !== parts[0]
    ? undefined
    : at - BEIJING_OFFSET_MS;
}

/** Ms of an RFC 3339 time (`2026-11-22T12:00:00+08:00`); undefined for anything else. */
export function rfc3339Ms(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/** RFC 3339 in Beijing time, to the second. */
export const rfc3339Beijing = (ms: number): string => `${beijingText(ms).replace(' ', 'T')}+08:00`;

/** The wallets make the bill of a day from 9:00 of the next one on, and promise it for 10:00 (facts: field 5.3). */
const BILL_DUE_MS = 34 * 3_600_000;

/** Whether the bill of a day must be there by now: only then does "there is no bill" mean that there was no trade. */
export function isBillDue(day: string, nowMs: number): boolean {
  const start = beijingMs(`${day} 00:00:00`);
  return start !== undefined && nowMs >= start + BILL_DUE_MS;
}
