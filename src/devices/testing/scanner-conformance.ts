import { describe, expect, test } from 'vitest';
import type { Scan, Scanner } from '../ports.ts';
import { type FakeTimers, settle } from './fake-timers.ts';

/** A scanner as flows get it, and codes in front of it. */
export interface ScannerRig {
  readonly scanner: Scanner;
  readonly timers: FakeTimers;
  scan(text: string): void;
  /** Bytes that are no code. */
  babble(): void;
  unplug(): void;
  replug(): void;
}

const PAY_CODE = '134567890123456789';
/** Longer than all quiet times of scanners together, ms. */
const QUIET_MS = 1_000;

/** What every scanner must do, whatever it speaks. `connected` gives a fresh, plugged-in one. */
export function scannerConformance(name: string, connected: () => Promise<ScannerRig>): void {
  const listening = async () => {
    const rig = await connected();
    const scans: Scan[] = [];
    const stop = rig.scanner.onScan((scan) => scans.push(scan));
    const scanned = async (text: string) => {
      rig.scan(text);
      await rig.timers.advance(QUIET_MS);
    };
    return { ...rig, scans, stop, scanned, texts: () => scans.map(({ text }) => text) };
  };

  describe(`${name} as a scanner`, () => {
    test.each([
      ['an article with zeros in front', '0012345678905'],
      ['a pay code of eighteen digits', PAY_CODE],
      ['a pay code of 24 digits', '281234567890123456789012'],
      ['one sign', '7'],
      ['a long code', `https://example.com/${'0123456789'.repeat(40)}`],
      ['Chinese', '会员：小机'],
    ])('tells %s as it is', async (_, text) => {
      const rig = await listening();
      await rig.scanned(text);
      expect(rig.texts()).toEqual([text]);
    });

    test('the same code twice is two scans', async () => {
      const rig = await listening();
      await rig.scanned(PAY_CODE);
      await rig.scanned(PAY_CODE);
      expect(rig.texts()).toEqual([PAY_CODE, PAY_CODE]);
    });

    test('everyone who listens is told, until he stops', async () => {
      const rig = await listening();
      const second: string[] = [];
      rig.scanner.onScan(({ text }) => second.push(text));
      await rig.scanned('1');
      rig.stop();
      await rig.scanned('2');
      expect([rig.texts(), second]).toEqual([['1'], ['1', '2']]);
    });

    test('unplugged and plugged in again, it goes on by itself for the same listeners', async () => {
      const rig = await listening();
      let told = 0;
      rig.scanner.subscribe(() => {
        told += 1;
      });
      rig.unplug();
      await settle();
      expect(rig.scanner.link).toBe('absent');
      rig.replug();
      await rig.timers.advance(QUIET_MS);
      expect([rig.scanner.link, told >= 2]).toEqual(['connected', true]);
      await rig.scanned(PAY_CODE);
      expect(rig.texts()).toEqual([PAY_CODE]);
    });

    test('after babble the next code is whole', async () => {
      const rig = await listening();
      rig.babble();
      await rig.timers.advance(QUIET_MS);
      rig.scans.length = 0;
      await rig.scanned(PAY_CODE);
      expect(rig.texts()).toEqual([PAY_CODE]);
    });
  });
}
