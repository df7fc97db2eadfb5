import { expect, it } from 'vitest';
import { LANE_WAITING_MAX } from './lane.ts';
import { StorageBusyError } from './sql.ts';
import { Turnstile } from './turnstile.ts';

/** Tasks that stay inside until they are let out, and the order in which they came in. */
function visitors(turnstile: Turnstile) {
  const inside: string[] = [];
  const doors = new Map<string, () => void>();
  return {
    inside,
    send: (name: string, how: 'shared' | 'alone' = 'shared') =>
      turnstile.run(async () => {
        inside.push(name);
        await new Promise<void>((resolve) => doors.set(name, resolve));
        inside.splice(inside.indexOf(name), 1);
        return name;
      }, how),
    out: (name: string) => doors.get(name)!(),
  };
}

const settled = () => new Promise((next) => setImmediate(next));

it('lets as many in as there are places, then the next in order of arrival', async () => {
  const { inside, send, out } = visitors(new Turnstile(2));
  const all = ['a', 'b', 'c', 'd'].map((name) => send(name));
  await settled();
  expect(inside).toEqual(['a', 'b']);
  out('b');
  await settled();
  expect(inside).toEqual(['a', 'c']);
  out('a');
  out('c');
  await settled();
  out('d');
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
});

it('lets one who must be alone in next, when everybody has left, and nobody beside', async () => {
  const { inside, send, out } = visitors(new Turnstile(2));
  const all = [send('a'), send('b'), send('c'), send('x', 'alone'), send('y', 'alone')];
  await settled();
  out('a');
  await settled();
  expect(inside).toEqual(['b']);
  out('b');
  await settled();
  expect(inside).toEqual(['x']);
  out('x');
  await settled();
  expect(inside).toEqual(['y']);
  out('y');
  await settled();
  expect(inside).toEqual(['c']);
  out('c');
  await Promise.all(all);
});

it('goes on after a task that throws, and says when everybody has left', async () => {
  const turnstile = new Turnstile(1);
  const { send, out } = visitors(turnstile);
  const failing = turnstile.run(() => Promise.reject(new Error('mine')), 'alone');
  const next = send('a');
  let isEmpty = false;
  const emptied = turnstile.emptied().then(() => {
    isEmpty = true;
  });
  await expect(failing).rejects.toThrow('mine');
  await settled();
  expect(isEmpty).toBe(false);
  out('a');
  await next;
  await emptied;
  await turnstile.emptied();
});

it('turns callers away when too many wait', async () => {
  const turnstile = new Turnstile(1);
  const { send, out } = visitors(turnstile);
  const first = send('a');
  const waiting = Array.from({ length: LANE_WAITING_MAX }, () => turnstile.run(async () => 1));
  await expect(turnstile.run(async () => 1)).rejects.toThrow(StorageBusyError);
  await settled();
  out('a');
  await first;
  expect(await Promise.all(waiting)).toHaveLength(LANE_WAITING_MAX);
});
