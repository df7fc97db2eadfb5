import { describe, expect, test } from 'vitest';
import { minor, ZERO } from '../../domain/money.ts';
import type { KeptDisplay } from '../kept/kept-display.ts';
import type { VirtualPole } from '../simulators/pole/virtual-pole.ts';
import { settle } from './fake-timers.ts';

/** A display as flows get it, over a virtual pole. */
export interface DisplayRig {
  readonly display: KeptDisplay<unknown>;
  readonly pole: VirtualPole;
  unplug(): void;
  replug(): void;
}

const amount = minor(1_250);
const paid = { show: 'paid', amount, change: minor(750), currency: 'CNY' } as const;

/** All that a customer can read on it now. */
export const seen = (pole: VirtualPole): string =>
  [...pole.lines, pole.number, pole.lamp].filter((text) => text !== '').join(' | ');

/** What every customer display must do, whatever it speaks. `connected` gives a fresh one with its cable in. */
export function displayConformance(name: string, connected: () => Promise<DisplayRig>): void {
  describe(`${name} as a customer display`, () => {
    test('shows the amount, and nothing of it any more when the sale is over', async () => {
      const { display, pole } = await connected();
      display.show({ show: 'amount', amount, currency: 'CNY' });
      await settle();
      expect(seen(pole)).toContain('12.50');
      display.show({ show: 'idle' });
      await settle();
      expect(seen(pole)).not.toContain('12.50');
    });

    test('shows the change', async () => {
      const { display, pole } = await connected();
      display.show(paid);
      await settle();
      expect(seen(pole)).toContain('7.50');
    });

    test('shows only the last of many that come at once', async () => {
      const { display, pole } = await connected();
      for (let each = 1; each <= 50; each += 1)
        display.show({ show: 'amount', amount: minor(each * 100), currency: 'CNY' });
      await settle();
      expect(seen(pole)).toContain('50.00');
    });

    test('is told what to show after a replug, without asking anyone', async () => {
      const rig = await connected();
      rig.unplug();
      await settle();
      expect(rig.display.link).toBe('absent');
      rig.display.show(paid);
      rig.replug();
      await settle();
      expect(rig.display.link).toBe('connected');
      expect(seen(rig.pole)).toContain('7.50');
    });

    test('an amount that is too long is not shown as another one', async () => {
      const { display, pole } = await connected();
      display.show({ show: 'paid', amount: minor(999_999_999_999), change: ZERO, currency: 'CNY' });
      await settle();
      for (const figure of seen(pole).match(/[\d.]+/g) ?? []) expect(figure).toBe('9999999999.99');
    });
  });
}
