import { expect, test } from 'vitest';
import { FakeTimers } from '../../testing/fake-timers.ts';
import { packetBytes } from '../ecrhub/packets.ts';
import { paxFrame } from '../pax/line.ts';
import { frameBytes } from '../zvt/line.ts';
import { Customer, type CustomerOutcome, type CustomerPlay, type CustomerStage } from './customer.ts';

function at(play: CustomerPlay, storesOffline = false) {
  const timers = new FakeTimers();
  const customer = new Customer({ timers, storesOffline });
  const stages: CustomerStage[] = [];
  const ended: CustomerOutcome[] = [];
  customer.plan(play);
  customer.begin({ stage: (stage) => void stages.push(stage), done: (outcome) => void ended.push(outcome) });
  return { timers, customer, stages, ended };
}

test('by script: card, PIN, bank, signature, card out', async () => {
  const { timers, stages, ended } = at({ as: 'approve', pin: true, signature: true });
  await timers.advance(10_000);
  expect(stages).toEqual(['card', 'pin', 'authorising', 'signature', 'remove-card']);
  expect(ended).toEqual([{ kind: 'approved', entry: 'chip', signed: true, offline: false }]);
});

test.each([
  [{ as: 'decline' }, 'insufficient-funds'],
  [{ as: 'decline', reason: 'timeout' }, 'timeout'],
  [{ as: 'cancel' }, 'cancelled'],
] as const)('%j ends with %s', async (play, reason) => {
  const { timers, ended } = at(play);
  await timers.advance(10_000);
  expect(ended).toEqual([{ kind: 'declined', reason }]);
});

test('by hand: a wrong PIN, and buttons that mean nothing do nothing', async () => {
  const { timers, customer, ended } = at({ as: 'person' });
  customer.sign();
  customer.enterPin();
  customer.present('swipe', true);
  customer.present('chip');
  customer.enterPin(false);
  expect(customer.abort()).toBe(false); // The bank is being asked.
  await timers.advance(10_000);
  expect(ended).toEqual([{ kind: 'declined', reason: 'wrong-pin' }]);
});

test('nobody comes', async () => {
  const { timers, ended } = at({ as: 'person' });
  await timers.advance(90_000);
  expect(ended).toEqual([{ kind: 'declined', reason: 'timeout' }]);
});

test.each([
  [false, { kind: 'declined', reason: 'host-offline' }],
  [true, { kind: 'approved', entry: 'chip', signed: false, offline: true }],
])('without its bank (stores: %s)', async (stores, outcome) => {
  const { timers, customer, ended } = at({ as: 'approve' }, stores);
  customer.setHostOnline(false);
  await timers.advance(10_000);
  expect(ended).toEqual([outcome]);
});

test('the terminals write the frames of the published vectors, each by its own code', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
  expect(hex(frameBytes([6, 1, 7, 4, 0, 0, 0, 0, 0x12, 0]))).toBe('100206010704000000001200' + '1003DA24');
  expect(hex(frameBytes([6, 0x1e, 1, 0x6c]))).toBe('1002061E016C1003C9F2');
  expect(hex(packetBytes(1, 0, 0))).toBe('55AA010000000001CC33');
  expect(hex(packetBytes(0, 5, 0))).toBe('55AA000500000005CC33');
  expect(hex(paxFrame('A14\x1c1.28'))).toBe('024131341C312E3238034E');
});
