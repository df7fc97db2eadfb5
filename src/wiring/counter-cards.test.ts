import { describe, expect, test } from 'vitest';
import { SimulatedReader } from '../devices/simulators/card-reader/simulated-reader.ts';
import { SimulatedTerminal } from '../devices/simulators/terminal/simulated-terminal.ts';
import { FakeTimers, settle } from '../devices/testing/fake-timers.ts';
import type { AttemptId } from '../domain/ids.ts';
import { timingsOf } from '../domain/rails.ts';
import type { RailAnswer } from '../flow/payment/rail.ts';
import { attemptOf } from '../flow/testing/desk-rig.ts';
import { InstantTimer, seededChance } from '../flow/testing/ports.ts';
import { CounterCards } from './counter-cards.ts';
import { tenderRails } from './tender-rails.ts';

const never = new Promise<never>(() => undefined);
const order = (digit: string, more = {}) =>
  attemptOf({ tender: 'card', method: 'terminal', attemptId: digit.repeat(32) as AttemptId, ...more });

function cardsOf(timers: FakeTimers) {
  const random = seededChance(1);
  const cipher = () => ({ scheme: 'dukpt-tdes', ksn: 'FFFF9876543210E00001', track: '00' }) as const;
  return {
    reader: new SimulatedReader({ timers, random, cipher }),
    terminal: new SimulatedTerminal({ timers, random, customerMs: 10 }),
  };
}

/** A demo counter: simulated cards are on, and a real reader and terminal may be paired and plugged in. */
class Rig {
  readonly timers = new FakeTimers();
  readonly #real = cardsOf(this.timers);
  readonly terminal = this.#real.terminal;
  readonly reader = this.#real.reader;
  readonly cards = new CounterCards(async () => cardsOf(this.timers));
  readonly given = new Set<string>();
  readonly asked: string[] = [];
  isPaired = true;

  async start(): Promise<this> {
    this.cards.simulate(true, () => undefined);
    this.cards.use({
      reader: { device: this.reader, isPaired: () => this.isPaired },
      terminal: { device: this.#watched(), isPaired: () => this.isPaired },
      hadOrder: (reference) => this.given.has(reference),
    });
    await settle();
    return this;
  }

  rail(attempt: ReturnType<typeof order>) {
    return tenderRails({
      timer: new InstantTimerThatWaits(),
      cards: this.cards,
      offered: { timings: () => timingsOf('card', 'terminal') } as never,
      network: {} as never,
      link: { online: () => true, subscribe: () => () => undefined },
      ask: async () => true,
      subject: () => '',
    })(attempt);
  }

  async pay(attempt: ReturnType<typeof order>): Promise<RailAnswer> {
    const sending = {
      secret: {},
      signal: new AbortController().signal,
      waiting: () => undefined,
      sent: () => undefined,
    };
    const answer = this.rail(attempt).send(attempt, sending);
    let settled = false;
    void answer.finally(() => {
      settled = true;
    });
    for (let turns = 0; !settled && turns < 100; turns += 1) await this.timers.advance(100);
    return answer;
  }

  #watched(): SimulatedTerminal {
    const { terminal, given, asked } = this;
    return new Proxy(terminal, {
      get: (_, name) => {
        const value = Reflect.get(terminal, name, terminal);
        if (typeof value !== 'function') return value;
        return (first: { reference: string } | string, ...more: unknown[]) => {
          if (name === 'pay' && typeof first !== 'string') given.add(first.reference);
          if (name === 'inquire' || name === 'reverse') asked.push(`${name} ${String(first).slice(0, 1)}`);
          return value.call(terminal, first, ...more);
        };
      },
    });
  }
}

/** Deadlines never come: what is tested here is who is asked. */
class InstantTimerThatWaits extends InstantTimer {
  override wait(): Promise<void> {
    return never;
  }
}

describe('a paired terminal whose cable is out, at a demo server', () => {
  test('is not connected: nothing simulated stands in for it', async () => {
    const rig = await new Rig().start();
    rig.terminal.unplug();
    rig.reader.unplug();
    expect(rig.cards.terminal).toBeUndefined();
    expect(rig.cards.reader).toBeUndefined();
    expect(await rig.pay(order('a'))).toEqual({ kind: 'declined', reason: 'no-device' });
  });

  test('is waited for about its order, and nobody else is asked', async () => {
    const rig = await new Rig().start();
    rig.terminal.plan({ as: 'cut', truth: 'approved' });
    expect(await rig.pay(order('a'))).toMatchObject({ kind: 'no-answer' });
    await rig.timers.advance(100);
    const rail = rig.rail(order('a'));
    expect(rail.link?.online()).toBe(false);
    expect(await rail.inquire(order('a'))).toMatchObject({ kind: 'no-answer', reason: 'lost' });
    rig.terminal.plug();
    expect(rail.link?.online()).toBe(true);
    expect(await rail.inquire(order('a'))).toMatchObject({ kind: 'approved' });
  });

  test('that was forgotten since is still the only one that is asked', async () => {
    const rig = await new Rig().start();
    await rig.pay(order('a'));
    rig.terminal.unplug();
    rig.isPaired = false;
    expect(await rig.rail(order('a')).inquire(order('a'))).toMatchObject({
      kind: 'no-answer',
      reason: 'lost',
    });
    // What is new goes to the simulated one again.
    expect(rig.cards.terminal).toBeDefined();
  });
});

describe('an order of the simulated terminal', () => {
  test('is asked about and undone there, also when a real one has been paired since', async () => {
    const rig = await new Rig().start();
    rig.isPaired = false;
    expect(await rig.pay(order('b'))).toMatchObject({ kind: 'approved', approval: { demo: true } });
    rig.isPaired = true;
    expect(await rig.rail(order('b')).inquire(order('b'))).toMatchObject({ kind: 'approved' });
    expect(await rig.rail(order('b')).reverse(order('b'), 'operator')).toEqual({ kind: 'reversed' });
    expect(rig.asked).toEqual([]);
  });

  test('is given back there, and not by the real terminal', async () => {
    const rig = await new Rig().start();
    rig.isPaired = false;
    await rig.pay(order('b'));
    rig.isPaired = true;
    await rig.pay(order('c', { purpose: 'refund', original: 'b'.repeat(32) }));
    expect([...rig.given]).toEqual([]);
  });
});

test('the simulated terminal gives nothing back that was not paid with play money', async () => {
  const { terminal } = cardsOf(new FakeTimers());
  const { attemptId: reference, amount, currency } = order('d');
  const original = { reference: 'e'.repeat(32), approval: { trace: '1' } };
  const refund = { reference, amount, currency, purpose: 'refund', original } as const;
  expect(await terminal.pay(refund, new AbortController().signal)).toEqual({
    kind: 'declined',
    reason: 'original-unknown',
  });
});

test('nothing simulated is offered before it is known what the counter has', async () => {
  const cards = new CounterCards(async () => cardsOf(new FakeTimers()));
  cards.simulate(true, () => undefined);
  await settle();
  expect([cards.terminal, cards.reader]).toEqual([undefined, undefined]);
  cards.use(null);
  expect([cards.terminal?.link, cards.reader?.link]).toEqual(['connected', 'connected']);
});
