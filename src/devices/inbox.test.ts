import { expect, test } from 'vitest';
import { Inbox } from './inbox.ts';
import { FakeTimers, settle } from './testing/fake-timers.ts';

const make = () => {
  const timers = new FakeTimers();
  return { timers, inbox: new Inbox<number>(timers) };
};

test('messages are handed out in order, and what does not fit is dropped', async () => {
  const { inbox } = make();
  for (const message of [1, 2, 3, 4]) inbox.put(message);
  expect(await inbox.next(10, (message) => message > 2)).toBe(3);
  expect(await inbox.next(10)).toBe(4);
});

test('one that comes while somebody waits wakes him', async () => {
  const { inbox } = make();
  const waiting = inbox.next(1_000, (message) => message === 2);
  await settle();
  inbox.put(1);
  inbox.put(2);
  expect(await waiting).toBe(2);
});

test('a wait ends with its time, with its signal, and with the link', async () => {
  const { timers, inbox } = make();
  const late = inbox.next(1_000);
  await timers.advance(1_000);
  expect(await late).toBe('timeout');
  const stop = new AbortController();
  const stopped = inbox.next(1_000, undefined, stop.signal);
  stop.abort();
  expect(await stopped).toBe('stopped');
  const lost = inbox.next(1_000);
  inbox.close();
  expect(await lost).toBe('lost');
  expect(await inbox.next(1_000)).toBe('lost');
});

test('what came before is forgotten on demand, and babble fills no memory', async () => {
  const { timers, inbox } = make();
  for (let message = 0; message < 1_000; message += 1) inbox.put(message);
  inbox.clear((message) => message >= 998);
  expect([await inbox.next(1), await inbox.next(1)]).toEqual([998, 999]);
  for (let message = 0; message < 1_000; message += 1) inbox.put(message);
  expect(await inbox.next(1)).toBe(936);
  inbox.clear();
  const nothing = inbox.next(1);
  await timers.advance(1);
  expect(await nothing).toBe('timeout');
});
