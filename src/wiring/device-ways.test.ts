import { describe, expect, test } from 'vitest';
import { ABSENCES, CAUTIONS, type PlatformFacts } from '../devices/transports/platform.ts';
import { EN_COUNTER } from '../i18n/en-counter.ts';
import { ZH_CN_COUNTER } from '../i18n/zh-cn-counter.ts';
import { waysOf } from './device-ways.ts';

const IPHONE: PlatformFacts = {
  isSecure: true,
  userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1',
  touchPoints: 5,
  has: { usb: false, serial: false, hid: false, nfc: false, camera: true },
};
const WINDOWS: PlatformFacts = {
  isSecure: true,
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0',
  touchPoints: 0,
  has: { usb: true, serial: true, hid: true, nfc: false, camera: true },
};

describe('the ways to a place', () => {
  test('an iPhone scans by camera and has no reader', () => {
    expect(waysOf('scanner', IPHONE)).toEqual([
      { way: 'camera' },
      { way: 'hid', absence: 'hid-ios' },
      { way: 'serial', absence: 'serial-ios' },
    ]);
    expect(waysOf('reader', IPHONE).every(({ absence }) => absence !== undefined)).toBe(true);
  });

  test('Windows has every way to a printer, with its trap', () => {
    expect(waysOf('printer', WINDOWS)).toEqual([
      { way: 'usb', caution: 'windows-printer-driver' },
      { way: 'serial' },
      { way: 'bluetooth' },
    ]);
  });

  test.each([
    ['zh-CN', ZH_CN_COUNTER],
    ['en', EN_COUNTER],
  ])('every reason has words: %s', (_language, words) => {
    for (const reason of ABSENCES) expect(words).toHaveProperty([`absence.${reason}`]);
    for (const caution of CAUTIONS) expect(words).toHaveProperty([`caution.${caution}`]);
  });
});
