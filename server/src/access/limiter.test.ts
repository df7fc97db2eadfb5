import { describe, expect, it } from 'vitest';
import { FakeClock, seededRandom } from '../testing/fake-clock.ts';
import { Limiter } from './limiter.ts';
import { isSameText, Secrets } from './secrets.ts';

describe('a limiter', () => {
  it('lets a burst through, then one call per refill, each caller by itself', () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock, { burst: 3, refillMs: 1_000 });
    const tries = (caller: string, count: number) =>
      Array.from({ length: count }, () => limiter.allow(caller));
    expect(tries('a', 4)).toEqual([true, true, true, false]);
    expect(tries('b', 1)).toEqual([true]);
    clock.advance(1_000);
    expect(tries('a', 2)).toEqual([true, false]);
    clock.advance(60_000);
    expect(tries('a', 4)).toEqual([true, true, true, false]);
  });

  it('cannot be reset by setting the wall clock', () => {
    const clock = new FakeClock();
    const limiter = new Limiter(clock, { burst: 1, refillMs: 1_000 });
    limiter.allow('a');
    clock.setWall(clock.now() + 1e9);
    expect(limiter.allow('a')).toBe(false);
  });
});

describe('secrets', () => {
  const open = (max = 10) => {
    const clock = new FakeClock();
    return { clock, secrets: new Secrets<string>(clock, seededRandom(7), { lifetimeMs: 1_000, max }) };
  };

  it('stand for their value until they expire, and only once when taken', () => {
    const { clock, secrets } = open();
    const secret = secrets.issue('x');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect([secrets.look(secret), secrets.take(secret), secrets.take(secret)]).toEqual(['x', 'x', undefined]);
    const late = secrets.issue('y');
    clock.advance(1_000);
    expect(secrets.look(late)).toBeUndefined();
  });

  it('are bounded: the oldest gives way', () => {
    const { secrets } = open(2);
    const [a, b, c] = [secrets.issue('a'), secrets.issue('b'), secrets.issue('c')];
    expect([secrets.look(a), secrets.look(b), secrets.look(c)]).toEqual([undefined, 'b', 'c']);
  });

  it('compare texts of any length', () => {
    expect([isSameText('abc', 'abc'), isSameText('abc', 'abd'), isSameText('abc', 'ab')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
