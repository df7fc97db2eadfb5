import { beforeEach, describe, expect, test, vi } from 'vitest';
import { minor } from '../../domain/money.ts';
import { entriesOf, recordOf } from '../../ui/testing/fake-data.ts';
import { FakeServices } from '../../ui/testing/fake-services.ts';
import { Store } from '../store.ts';
import { type WelcomeKept, WelcomeRunner } from './welcome-runner.ts';

let fake: FakeServices;
let kept: WelcomeKept;
const canInstall = new Store(true);
const SALE = entriesOf(recordOf(5, minor(800)));

async function begin(training: boolean): Promise<WelcomeRunner> {
  const runner = new WelcomeRunner({
    training,
    checkout: fake.stores.checkout,
    canInstall,
    kept: async () => kept,
    keep: async (next) => {
      kept = next;
    },
    alarm: vi.fn(),
  });
  await runner.start();
  return runner;
}

/** To the page that says 'paid', as the journal and the screen tell it. */
function sell(runner: WelcomeRunner): void {
  fake.type('8');
  void fake.checkout.send({ type: 'charge' });
  runner.written(SALE);
  void fake.checkout.send({ type: 'tendered', amount: minor(1_000) });
}

beforeEach(() => {
  fake = new FakeServices();
  kept = {};
  canInstall.set(true);
});

describe('the guided first sale', () => {
  test('names the next action at every step, from the keypad to the end', async () => {
    const runner = await begin(true);
    const steps = [runner.guide.value];
    runner.guide.subscribe(() => steps.push(runner.guide.value));
    sell(runner);
    void fake.checkout.send({ type: 'next' });
    expect(steps.filter((step, at) => step !== steps[at - 1])).toEqual([
      'amount',
      'charge',
      'take',
      ...(steps.includes('wait') ? (['wait'] as const) : []),
      'done',
      'end',
    ]);
  });

  test('skipped once it does not come back, until it is asked for', async () => {
    const runner = await begin(true);
    runner.skipGuide();
    expect(runner.guide.value).toBeUndefined();
    expect((await begin(true)).guide.value).toBeUndefined();
    const again = await begin(true);
    again.restartGuide();
    expect(again.guide.value).toBe('amount');
  });

  test('is for training only, and waits until it is known that nobody was guided', async () => {
    expect((await begin(false)).guide.value).toBeUndefined();
    const runner = new WelcomeRunner({
      training: true,
      checkout: fake.stores.checkout,
      canInstall,
      kept: () => new Promise(() => undefined),
      keep: async () => undefined,
      alarm: vi.fn(),
    });
    void runner.start();
    fake.type('1');
    expect(runner.guide.value).toBeUndefined();
  });
});

describe('the offer to install', () => {
  test('comes when a first sale is done, and goes with the next sale', async () => {
    const runner = await begin(false);
    expect(runner.offersInstall.value).toBe(false);
    fake.type('8');
    void fake.checkout.send({ type: 'charge' });
    expect(runner.offersInstall.value).toBe(false);
    runner.written(SALE);
    void fake.checkout.send({ type: 'tendered', amount: minor(1_000) });
    expect(runner.offersInstall.value).toBe(true);
    void fake.checkout.send({ type: 'next' });
    expect(runner.offersInstall.value).toBe(false);
  });

  test('does not come in training, nor where it cannot be installed', async () => {
    const trainee = await begin(true);
    sell(trainee);
    expect(trainee.offersInstall.value).toBe(false);
    fake = new FakeServices();
    canInstall.set(false);
    const runner = await begin(false);
    sell(runner);
    expect(runner.offersInstall.value).toBe(false);
  });

  test('once declined it is not made again by itself', async () => {
    const runner = await begin(false);
    sell(runner);
    runner.declineInstall();
    expect(runner.offersInstall.value).toBe(false);
    fake = new FakeServices();
    const next = await begin(false);
    sell(next);
    expect(next.offersInstall.value).toBe(false);
  });
});
