import type { Clock, Random } from '../../src/domain/clock.ts';

/** Delays from outside, so that a test can let an answer come late without waiting for it. */
export interface Timer {
  /** Calls once after `ms`. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** Everything a sandbox host takes from outside. */
export interface SandboxWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly timer: Timer;
}

/** Upper-case hex of `length` random bytes: provider ids, nonces. */
export function randomHex(world: SandboxWorld, length: number): string {
  return Buffer.from(world.random.bytes(length)).toString('hex').toUpperCase();
}

/** Decimal digits, evenly spread: reference numbers, wallet trade numbers. */
export function randomDigits(world: SandboxWorld, length: number): string {
  let digits = '';
  while (digits.length < length) {
    for (const byte of world.random.bytes(length)) {
      // 250 is the largest multiple of 10 a byte can hold; above it the low digits would be favoured.
      if (byte < 250 && digits.length < length) digits += String(byte % 10);
    }
  }
  return digits;
}

/** All Chinese providers think in Beijing time, which has no summer time. */
const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** Parts of Beijing time as zero-padded text: `2026`, `11`, `22`, `12`, `00`, `00`. */
export function beijing(ms: number): {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
} {
  const [date = '', time = ''] = new Date(ms + BEIJING_OFFSET_MS).toISOString().slice(0, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = '', second = ''] = time.split(':');
  return { year, month, day, hour, minute, second };
}

/** `2026-11-22` in Beijing: the day a bill belongs to. */
export function beijingDay(ms: number): string {
  const { year, month, day } = beijing(ms);
  return `${year}-${month}-${day}`;
}

/** `2026-11-22 12:00:00` in Beijing. */
export function beijingStamp(ms: number): string {
  const { hour, minute, second } = beijing(ms);
  return `${beijingDay(ms)} ${hour}:${minute}:${second}`;
}

/** `2026-11-22T12:00:00+08:00`. */
export function beijingIso(ms: number): string {
  return `${beijingStamp(ms).replace(' ', 'T')}+08:00`;
}
