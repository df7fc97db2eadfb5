import { describe, expect, test } from 'vitest';
import type { OperatorId } from '../../domain/ids.ts';
import type { Operator } from '../../domain/role.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Session, SessionState } from '../services.ts';
import { Store } from '../store.ts';
import { DoorSession, type LastLock } from './door-session.ts';

const owner: Operator = { id: 'owner' as OperatorId, name: 'Owner', role: 'owner' };
const shop: Shop = {
  name: 'Shop',
  trade: 'retail',
  language: 'en',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};
const last: LastLock = { shop, operators: [owner], failures: 0, notBefore: 0 };
const locked: SessionState = {
  at: 'locked',
  shop,
  operators: [owner],
  failures: 0,
  waitS: 0,
  managerOnly: false,
};

function journalSession(first: SessionState) {
  const state = new Store<SessionState>(first);
  const tried: string[] = [];
  const session: Session = {
    state,
    training: false,
    setUp: async () => undefined,
    join: async () => undefined,
    rejoin: () => undefined,
    tryInTraining: async () => undefined,
    leaveTraining: async () => undefined,
    async unlock(pin) {
      tried.push(pin);
      state.set({ at: 'open', shop, operator: owner });
      return true;
    },
    lock: () => state.set(locked),
  };
  return { session, state, tried };
}

describe('before the books are open', () => {
  test('the lock screen is shown as it was left', () => {
    expect(new DoorSession(false, last, 0).state.value).toEqual(locked);
  });

  test('a wait that is not over is shown, and so is that only a manager may open', () => {
    const { value } = new DoorSession(false, { ...last, failures: 10, notBefore: 30_500 }, 1_000).state;
    expect(value).toMatchObject({ at: 'locked', failures: 10, waitS: 30, managerOnly: true });
  });

  test('a browser that knows no till says that it is starting', () => {
    expect(new DoorSession(false, undefined, 0).state.value).toEqual({ at: 'starting' });
  });

  test('a PIN waits, is looked at by the session of the journal, and never twice', async () => {
    const door = new DoorSession(false, last, 0);
    const opened = door.unlock('908172');
    const { session, state, tried } = journalSession({ at: 'starting' });
    door.adopt(session);
    await Promise.resolve();
    expect(tried).toEqual([]);
    expect(door.state.value.at).toBe('locked');
    state.set(locked);
    expect(await opened).toBe(true);
    expect(tried).toEqual(['908172']);
    expect(door.state.value.at).toBe('open');
  });
});

describe('when the books are open', () => {
  test.each([
    ['nothing is left of the till', { at: 'first-run', reachable: true } satisfies SessionState],
    ['nothing can be stored here', { at: 'blocked', trouble: 'quota' } satisfies SessionState],
    ['the wait is longer than remembered', { ...locked, failures: 6, waitS: 25 } satisfies SessionState],
  ])('what the journal says is shown: %s', (_, said) => {
    const door = new DoorSession(false, last, 0);
    door.adopt(journalSession(said).session);
    expect(door.state.value).toEqual(said);
  });

  test('every later change is passed on', () => {
    const door = new DoorSession(false, last, 0);
    const { session, state } = journalSession(locked);
    door.adopt(session);
    state.set({ at: 'open', shop, operator: owner });
    expect(door.state.value.at).toBe('open');
    session.lock();
    expect(door.state.value).toEqual(locked);
  });
});

test('a till that cannot be built takes its pad away', () => {
  const door = new DoorSession(false, last, 0);
  door.giveUp();
  expect(door.state.value).toEqual({ at: 'starting' });
});
