import { describe, expect, test } from 'vitest';
import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';
import type { TerminalAnswer, TerminalOrder } from '../ports.ts';
import type { SerialCore } from '../simulators/browser/cores.ts';
import { heard, terminalOrder } from './terminal-orders.ts';
import type { SerialTerminal } from './terminal-rigs.ts';

/** A terminal whose line can be spoiled, and whose books tell how often the customer was charged. */
export interface SpoiltTerminal<Core extends SerialCore> {
  connected(): Promise<SerialTerminal<Core>>;
  charged(core: Core): number;
  /** The customer's bank says no. */
  decline(core: Core): void;
  /** Absent where the protocol has no NAK. */
  refuseFrames?(core: Core, count: number): void;
  garble(core: Core, count: number): void;
  twice(core: Core): void;
  loseAcks(core: Core): void;
  babble(core: Core, bytes: Uint8Array): void;
}

/** Every text in a value, however deep. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

const pay = <Core extends SerialCore>(rig: SerialTerminal<Core>, order: TerminalOrder) =>
  heard(rig.timers, rig.terminal.pay(order, new AbortController().signal));

/**
 * What no fault of a line may do, whatever a terminal speaks: charge twice, call a payment declined that was taken, or one taken that
 * was not.
 */
export function terminalBadInput<Core extends SerialCore>(name: string, spoilt: SpoiltTerminal<Core>): void {
  const { connected, charged } = spoilt;

  /** The truth, asked for until it is told: after a replug where the cable is out, and by a page that was loaded again. */
  async function truth(rig: SerialTerminal<Core>, order: TerminalOrder): Promise<TerminalAnswer> {
    if (rig.terminal.link === 'absent') rig.replug();
    await rig.timers.advance(120_000);
    const asked = await heard(rig.timers, rig.terminal.inquire(order.reference));
    const page = await rig.reloaded();
    const again = await heard(page.timers, page.terminal.inquire(order.reference));
    if (asked.kind !== 'no-answer') expect(again.kind).toBe(asked.kind);
    // The same order again is the same payment.
    await pay(page, order);
    return again;
  }

  function expectTrue(answer: TerminalAnswer, told: TerminalAnswer, count: number): void {
    expect(count).toBeLessThanOrEqual(1);
    if (answer.kind !== 'no-answer')
      expect([answer, count]).toEqual([answer, answer.kind === 'approved' ? 1 : 0]);
    expect([told, count]).toEqual([count === 1 ? { ...told, kind: 'approved' } : told, count]);
    if (count === 0) expect(told.kind).not.toBe('approved');
  }

  describe(`${name} on a bad line`, () => {
    test('noise before every answer changes nothing', async () => {
      const rig = await connected();
      spoilt.babble(rig.core, Uint8Array.of(0xff, 0x00, 0x41, 0xff));
      const order = terminalOrder();
      expect(await pay(rig, order)).toMatchObject({ kind: 'approved' });
      expect(charged(rig.core)).toBe(1);
    });

    test('a device that babbles without end crashes nothing, and the next order still has its answer', async () => {
      const rig = await connected();
      for (let piece = 0; piece < 50; piece += 1)
        spoilt.babble(
          rig.core,
          Uint8Array.from({ length: 997 }, (_, at) => (at * 7 + piece * 13) % 256),
        );
      await rig.timers.advance(5_000);
      const order = terminalOrder();
      const answer = await pay(rig, order);
      expectTrue(answer, await truth(rig, order), charged(rig.core));
    });

    test.each([1, 3])('%s broken frames are asked for again', async (count) => {
      const rig = await connected();
      spoilt.garble(rig.core, count);
      const order = terminalOrder();
      const answer = await pay(rig, order);
      expectTrue(answer, await truth(rig, order), charged(rig.core));
      if (count === 1) expect(answer.kind).toBe('approved');
    });

    test('every frame twice is one payment', async () => {
      const rig = await connected();
      spoilt.twice(rig.core);
      expect(await pay(rig, terminalOrder())).toMatchObject({ kind: 'approved' });
      expect(await pay(rig, terminalOrder())).toMatchObject({ kind: 'approved' });
      expect(charged(rig.core)).toBe(2);
    });

    test('lost acknowledgements are one payment at most, and never a decline', async () => {
      const rig = await connected();
      spoilt.loseAcks(rig.core);
      const order = terminalOrder();
      const answer = await pay(rig, order);
      expect(charged(rig.core)).toBeLessThanOrEqual(1);
      if (charged(rig.core) === 1) expect(answer.kind).not.toBe('declined');
    });

    test('frames refused once are said again; refused for good, nothing was sent', async () => {
      const { refuseFrames } = spoilt;
      if (refuseFrames === undefined) return;
      const once = await connected();
      refuseFrames(once.core, 2);
      expect(await pay(once, terminalOrder())).toMatchObject({ kind: 'approved' });
      expect(charged(once.core)).toBe(1);
      const rig = await connected();
      expect(await pay(rig, terminalOrder())).toMatchObject({ kind: 'approved' });
      refuseFrames(rig.core, 3);
      const order = terminalOrder();
      expect(await pay(rig, order)).toEqual({ kind: 'declined', reason: 'no-device' });
      expect(charged(rig.core)).toBe(1);
      expect(await heard(rig.timers, rig.terminal.inquire(order.reference))).toEqual({
        kind: 'declined',
        reason: 'no-device',
      });
    });

    test('answers that come a byte at a time are the same answers', async () => {
      const rig = await connected();
      const listen = rig.core.onBytes.bind(rig.core);
      rig.core.onBytes = (listener) =>
        listen((bytes) => {
          for (const byte of bytes) listener(Uint8Array.of(byte));
        });
      rig.unplug();
      rig.replug();
      await rig.timers.advance(1_000);
      expect(await pay(rig, terminalOrder())).toMatchObject({ kind: 'approved' });
    });

    test.each(['approve', 'decline'])(
      'the cable cut after any byte to the terminal tells no lie (%s)',
      async (as) => {
        for (let bytes = 1; bytes < 120; bytes += as === 'approve' ? 4 : 13) {
          const rig = await connected();
          if (as === 'decline') spoilt.decline(rig.core);
          rig.port().cutAfter(bytes);
          const order = terminalOrder();
          const answer = await pay(rig, order);
          expectTrue(answer, await truth(rig, order), charged(rig.core));
        }
      },
    );

    test.each(['approve', 'decline'])(
      'the cable cut after any byte from the terminal tells no lie (%s)',
      async (as) => {
        for (let bytes = 1; bytes < 330; bytes += as === 'approve' ? 11 : 41) {
          const rig = await connected();
          if (as === 'decline') spoilt.decline(rig.core);
          let left = bytes;
          const stop = rig.core.onBytes(({ length }) => {
            left -= length;
            if (left > 0) return;
            stop();
            rig.unplug();
          });
          const order = terminalOrder();
          const answer = await pay(rig, order);
          stop();
          expectTrue(answer, await truth(rig, order), charged(rig.core));
        }
      },
    );

    test('a page that is loaded again in the middle of a payment asks, and does not pay', async () => {
      const rig = await connected();
      const order = terminalOrder();
      void rig.terminal.pay(order, new AbortController().signal);
      await rig.timers.advance(700);
      const page = await rig.reloaded();
      const early = await heard(page.timers, page.terminal.pay(order, new AbortController().signal));
      expect(['no-answer', 'approved']).toContain(early.kind);
      await page.timers.advance(60_000);
      expect(await heard(page.timers, page.terminal.inquire(order.reference))).toMatchObject({
        kind: 'approved',
      });
      expect(charged(page.core)).toBe(1);
    });

    test('notes that cannot be kept: nothing is sent', async () => {
      const rig = await connected();
      rig.stored.set = () => {
        throw new Error('disk full');
      };
      expect(await pay(rig, terminalOrder())).toEqual({ kind: 'declined', reason: 'not-noted' });
      expect(charged(rig.core)).toBe(0);
    });

    test('nothing that leaves holds a whole card number', async () => {
      const rig = await connected();
      const answer = await pay(rig, terminalOrder());
      expect(texts([answer, ...rig.stored.values()]).filter(holdsCardNumber)).toEqual([]);
    });
  });
}
