import { describe, expect, test } from 'vitest';
import type { OperatorId } from '../../domain/ids.ts';
import type { Operator } from '../../domain/role.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Emergency } from '../services.ts';
import { InstantTimer } from '../testing/ports.ts';
import {
  failed,
  isManagerOnly,
  type LockState,
  pinProblem,
  UNLOCKED,
  WAIT_LONGEST_MS,
  waitMs,
} from './lock.ts';
import { SessionRunner } from './session-runner.ts';

const owner: Operator = { id: 'owner' as OperatorId, name: 'Owner', role: 'owner' };
const cashier: Operator = { id: 'c1' as OperatorId, name: 'Cashier', role: 'cashier' };
const shop: Shop = {
  name: 'Shop',
  trade: 'retail',
  language: 'en',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};

describe('wrong PINs', () => {
  test('cost a growing wait from the fifth on, at most ten minutes', () => {
    let state: LockState = UNLOCKED;
    const waits: number[] = [];
    for (let turn = 0; turn < 14; turn += 1) {
      state = failed(state, 1_000);
      waits.push(waitMs(state, 1_000));
    }
    expect(waits.slice(0, 6)).toEqual([0, 0, 0, 0, 15_000, 30_000]);
    expect(waits.at(-1)).toBe(WAIT_LONGEST_MS);
    expect(isManagerOnly(state)).toBe(true);
  });
  test('a clock set back three days cannot lock the till for three days', () => {
    const state = failed({ failures: 8, notBefore: 0 }, Date.parse('2026-11-25'));
    expect(waitMs(state, Date.parse('2026-11-22'))).toBeLessThanOrEqual(WAIT_LONGEST_MS);
  });
});

test.each([
  ['12345', 'pin-format'],
  ['abcdef', 'pin-format'],
  ['123456', 'pin-weak'],
  ['908172', undefined],
])('PIN %s: %s', (pin, problem) => {
  expect(pinProblem(pin)).toBe(problem);
});

function session() {
  const kept: { lock: LockState; emergency: Emergency | undefined } = {
    lock: UNLOCKED,
    emergency: undefined,
  };
  let now = 0;
  const opened: string[] = [];
  const runner = new SessionRunner({
    clock: { now: () => now, mono: () => now },
    // Countdowns stand still: tests move the clock themselves.
    timer: { wait: () => new Promise(() => undefined) },
    training: false,
    emergency: () => kept.emergency,
    shop: async () => shop,
    setup: async () => ({ kind: 'unreachable' }),
    switchTraining: async () => undefined,
    opened: (operator) => opened.push(operator.name),
    alarm: (error) => {
      throw error;
    },
    newKey: () => Promise.reject(new Error('not here')),
    sign: () => Promise.reject(new Error('not here')),
    enrol: async () => ({ kind: 'unreachable' }),
    adopt: async () => undefined,
    operators: {
      operators: async () => [owner, cashier],
      add: async () => undefined,
      verify: async (pin) => ({ '908172': owner, '445566': cashier })[pin],
      lockState: async () => kept.lock,
      setLockState: async (state) => {
        kept.lock = state;
      },
    },
  });
  return { runner, opened, kept, pass: (ms: number) => (now += ms) };
}

describe('the lock screen', () => {
  test('opens for a PIN and locks again', async () => {
    const { runner, opened } = session();
    await runner.start();
    expect(await runner.unlock('000000')).toBe(false);
    expect(await runner.unlock('908172')).toBe(true);
    expect(runner.state.value).toMatchObject({ at: 'open', operator: owner });
    runner.lock();
    await Promise.resolve();
    await new InstantTimer().wait(0);
    expect(runner.state.value.at).toBe('locked');
    expect(opened).toEqual(['Owner']);
  });
  test('does not even look at a PIN while the wait runs', async () => {
    const { runner, pass } = session();
    await runner.start();
    for (let turn = 0; turn < 5; turn += 1) await runner.unlock('000000');
    expect(runner.state.value).toMatchObject({ at: 'locked', failures: 5, waitS: 15 });
    expect(await runner.unlock('908172')).toBe(false);
    pass(15_000);
    expect(await runner.unlock('908172')).toBe(true);
  });
  test('counts a try before it looks at the PIN, so that a reload does not give it back', async () => {
    const { runner, kept } = session();
    await runner.start();
    const seen: number[] = [];
    const tried = runner.unlock('908172');
    await new InstantTimer().wait(0);
    await Promise.resolve();
    seen.push(kept.lock.failures);
    await tried;
    expect([...seen, kept.lock.failures]).toEqual([1, 0]);
  });
  test('after ten failures only a manager opens', async () => {
    const { runner, kept } = session();
    kept.lock = { failures: 10, notBefore: 0 };
    await runner.start();
    expect(await runner.unlock('445566')).toBe(false);
    kept.lock = { failures: 10, notBefore: 0 };
    expect(await runner.unlock('908172')).toBe(true);
    expect(kept.lock).toEqual(UNLOCKED);
  });
  test('a till that lost its database opens for selling only, without a PIN nobody could check', async () => {
    const { runner, kept } = session();
    kept.emergency = 'no-database';
    await runner.start();
    expect(runner.state.value).toMatchObject({ at: 'open', operator: { role: 'cashier' } });
    runner.rejoin(true);
    runner.lock();
    expect(runner.state.value).toMatchObject({ at: 'open', emergency: 'no-database' });
  });
  test('a till that lost its key goes to the page for a re-key code and back to selling', async () => {
    const { runner, kept } = session();
    kept.emergency = 'key-lost';
    await runner.start();
    runner.rejoin(true);
    expect(runner.state.value).toMatchObject({ at: 'first-run', rejoin: true });
    runner.rejoin(false);
    expect(runner.state.value).toMatchObject({ at: 'open', emergency: 'key-lost' });
  });
});
