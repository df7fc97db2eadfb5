/**
 * Guards the till's PINs against guessing: five tries are free, then each costs a growing wait, and after ten only a
 * manager's PIN opens (NIST SP 800-63B-4: at most ten consecutive failures; facts, reliability 3.3).
 */
export interface LockState {
  readonly failures: number;
  /** Wall-clock ms before which no try is looked at. */
  readonly notBefore: number;
}

export const UNLOCKED: LockState = { failures: 0, notBefore: 0 };
export const FREE_TRIES = 5;
export const TRIES_MAX = 10;
export const WAIT_FIRST_MS = 15_000;
export const WAIT_LONGEST_MS = 10 * 60_000;

export const isManagerOnly = (state: LockState): boolean => state.failures >= TRIES_MAX;

/** Ms until the next try may be made; a clock set back cannot make it longer than the longest wait. */
export const waitMs = (state: LockState, nowMs: number): number =>
  Math.min(Math.max(0, state.notBefore - nowMs), WAIT_LONGEST_MS);

export function failed(state: LockState, nowMs: number): LockState {
  const failures = state.failures + 1;
  if (failures < FREE_TRIES) return { failures, notBefore: 0 };
  return {
    failures,
    notBefore: nowMs + Math.min(WAIT_FIRST_MS * 2 ** (failures - FREE_TRIES), WAIT_LONGEST_MS),
  };
}

/** PINs that everybody tries first. Six digits, as the notice on the set-up page says. */
const COMMON_PINS = [
  '000000',
  '111111',
  '222222',
  '333333',
  '444444',
  '555555',
  '666666',
  '777777',
  '888888',
  '999999',
  '123456',
  '654321',
  '123123',
  '112233',
  '520520',
  '521521',
  '168168',
  '147258',
  '159357',
  '121212',
];

/** Why a PIN cannot be used; undefined when it can. */
export function pinProblem(pin: string): 'pin-weak' | 'pin-format' | undefined {
  if (!/^\d{6}$/.test(pin)) return 'pin-format';
  return COMMON_PINS.includes(pin) ? 'pin-weak' : undefined;
}
