import { beforeEach, describe, expect, test } from 'vitest';
import { SimulatedTime } from '../testing/simulated-time.ts';
import { Pause } from './pause.ts';

const START = 1_800_000_000_000;
let time: SimulatedTime;
let isOnline: boolean;
let changes: number;
beforeEach(() => {
  time = new SimulatedTime(START);
  isOnline = true;
  changes = 0;
});

const pauseWith = (link = true): Pause =>
  new Pause({
    timer: time,
    clock: time,
    link: link
      ? { online: () => isOnline, subscribe: () => () => undefined, waiting: { for: 'network' } }
      : undefined,
    changed: () => {
      changes += 1;
    },
  });

/** What a rest came to, as soon as it has. */
function restOf(pause: Pause, ms: number): { result: boolean | undefined } {
  const rest: { result: boolean | undefined } = { result: undefined };
  void pause.rest(ms).then((result) => {
    rest.result = result;
  });
  return rest;
}

describe('the pause between two questions', () => {
  test('ends when its time has come, and says before when that is', async () => {
    const pause = pauseWith();
    expect([pause.isOn, pause.nextAt]).toEqual([false, undefined]);
    const rest = restOf(pause, 5_000);
    expect([pause.isOn, pause.isCutOff, pause.nextAt, changes]).toEqual([true, false, START + 5_000, 1]);
    await time.pass(4_999);
    expect(rest.result).toBeUndefined();
    await time.pass(1);
    expect(rest.result).toBe(true);
    expect([pause.isOn, pause.nextAt, changes]).toEqual([false, undefined, 1]);
  });

  test('ends at once when somebody hurries it, whether the link is there or not', async () => {
    const pause = pauseWith();
    isOnline = false;
    const rest = restOf(pause, 5_000);
    pause.hurry();
    await time.pass(0);
    expect([rest.result, pause.isOn]).toEqual([true, false]);
  });

  test('ended by somebody is no rest', async () => {
    const pause = pauseWith();
    const rest = restOf(pause, 5_000);
    pause.end();
    expect([pause.isOn, pause.nextAt]).toEqual([false, undefined]);
    await time.pass(10_000);
    expect([rest.result, pause.isOn]).toEqual([false, false]);
  });

  test('leaves no timer behind when it was ended', async () => {
    const pause = pauseWith();
    restOf(pause, 5_000);
    pause.end();
    await time.run(() => false);
    expect(time.now()).toBe(START);
  });

  test('a new one ends the old one unheard', async () => {
    const pause = pauseWith();
    const first = restOf(pause, 1_000);
    const second = restOf(pause, 3_000);
    expect(pause.nextAt).toBe(START + 3_000);
    await time.pass(1_000);
    expect([first.result, second.result, pause.isOn]).toEqual([false, undefined, true]);
    await time.pass(2_000);
    expect(second.result).toBe(true);
  });

  test('hurrying and ending nothing is nothing', () => {
    const pause = pauseWith();
    pause.hurry();
    pause.end();
    pause.linkIsBack();
    expect([pause.isOn, pause.isCutOff, changes]).toEqual([false, false, 0]);
  });
});

describe('while the link is down', () => {
  test('a pause that is over waits for it, and nobody knows how long', async () => {
    const pause = pauseWith();
    isOnline = false;
    const rest = restOf(pause, 5_000);
    expect([pause.isCutOff, pause.nextAt]).toEqual([true, START + 5_000]);
    await time.pass(60_000);
    expect([rest.result, pause.isOn, pause.isCutOff, pause.nextAt, changes]).toEqual([
      undefined,
      true,
      true,
      undefined,
      2,
    ]);
    isOnline = true;
    pause.linkIsBack();
    await time.pass(0);
    expect([rest.result, pause.isOn]).toEqual([true, false]);
  });

  test('a pause that comes back before it is over keeps its time', async () => {
    const pause = pauseWith();
    isOnline = false;
    const rest = restOf(pause, 5_000);
    await time.pass(1_000);
    isOnline = true;
    pause.linkIsBack();
    await time.pass(3_999);
    expect(rest.result).toBeUndefined();
    await time.pass(1);
    expect(rest.result).toBe(true);
  });

  test('a pause that waits for it can be ended', async () => {
    const pause = pauseWith();
    isOnline = false;
    const rest = restOf(pause, 5_000);
    await time.pass(5_000);
    pause.end();
    await time.pass(0);
    expect([rest.result, pause.isOn]).toEqual([false, false]);
  });

  test('nobody is cut off while nobody waits, or where no link is needed', async () => {
    isOnline = false;
    expect(pauseWith().isCutOff).toBe(false);
    const pause = pauseWith(false);
    const rest = restOf(pause, 5_000);
    expect(pause.isCutOff).toBe(false);
    await time.pass(5_000);
    expect(rest.result).toBe(true);
  });
});
