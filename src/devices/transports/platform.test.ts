import { describe, expect, test } from 'vitest';
import {
  ABSENCES,
  type Absence,
  DEVICE_WAYS,
  deviceWays,
  type PlatformFacts,
  platformFacts,
} from './platform.ts';

const AGENTS = {
  windows:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
  linux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
  chromeos:
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36',
  android:
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36',
  wechat:
    'Mozilla/5.0 (Linux; Android 14; V2 Build/X; wv) AppleWebKit/537.36 Chrome/130.0 MicroMessenger/8.0',
  iphone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1',
  ipad: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15',
} as const;

const facts = (
  agent: keyof typeof AGENTS,
  has: string,
  more: Partial<PlatformFacts> = {},
): PlatformFacts => ({
  isSecure: true,
  userAgent: AGENTS[agent],
  touchPoints: 0,
  has: {
    usb: has.includes('u'),
    serial: has.includes('s'),
    hid: has.includes('h'),
    nfc: has.includes('n'),
    camera: has.includes('c'),
  },
  ...more,
});

/** Each way as `yes`, `yes (caution)` or the reason. */
const told = (given: PlatformFacts): Record<string, string> =>
  Object.fromEntries(
    deviceWays(given).map((each) => [
      each.way,
      each.state === 'absent' ? each.reason : each.caution === undefined ? 'yes' : `yes (${each.caution})`,
    ]),
  );

describe('what a platform has', () => {
  test('a counter PC with Chrome: everything but NFC, and the trap of its system', () => {
    const ways = { serial: 'yes', hid: 'yes', nfc: 'nfc-desktop', camera: 'yes', bluetooth: 'yes' };
    expect(told(facts('windows', 'ushc'))).toEqual({ ...ways, usb: 'yes (windows-printer-driver)' });
    expect(told(facts('linux', 'ushc'))).toEqual({ ...ways, usb: 'yes (linux-usblp)' });
    expect(told(facts('chromeos', 'ushc'))).toEqual({ ...ways, usb: 'yes' });
  });

  test('an Android tablet: USB, NFC and the camera, the rest by its version', () => {
    expect(told(facts('android', 'unc'))).toEqual({
      usb: 'yes',
      serial: 'serial-android',
      hid: 'hid-android',
      nfc: 'yes',
      camera: 'yes',
      bluetooth: 'bluetooth-android',
    });
    expect(told(facts('android', 'usnc'))).toMatchObject({
      serial: 'yes (android-wired-ports)',
      bluetooth: 'yes',
    });
  });

  test.each([
    ['iphone', 0],
    ['ipad', 5],
  ] as const)('an %s: the camera alone', (agent, touchPoints) => {
    expect(told(facts(agent, 'c', { touchPoints }))).toEqual({
      usb: 'usb-ios',
      serial: 'serial-ios',
      hid: 'hid-ios',
      nfc: 'nfc-ios',
      camera: 'yes',
      bluetooth: 'bluetooth-ios',
    });
  });

  test('inside another program the answer is to leave it', () => {
    expect(new Set(Object.values(told(facts('wechat', ''))))).toEqual(new Set(['in-app']));
  });

  test('a page without https has nothing, whatever the browser shows', () => {
    expect(new Set(Object.values(told(facts('windows', 'ushc', { isSecure: false }))))).toEqual(
      new Set(['insecure']),
    );
  });

  test('every reason is used, and every answer is a known reason', () => {
    const used = new Set<string>();
    for (const agent of Object.keys(AGENTS) as (keyof typeof AGENTS)[]) {
      for (const isSecure of [true, false]) {
        for (const each of deviceWays(facts(agent, '', { isSecure }))) {
          if (each.state === 'absent') used.add(each.reason);
        }
      }
    }
    expect([...used].sort()).toEqual([...ABSENCES].sort() satisfies Absence[]);
    expect(deviceWays(facts('linux', '')).map(({ way }) => way)).toEqual(DEVICE_WAYS);
  });

  test('the facts are taken from the page that is handed in', () => {
    const navigator = { userAgent: 'x', maxTouchPoints: 2, usb: {}, mediaDevices: {} };
    expect(platformFacts({ isSecureContext: true, navigator })).toEqual({
      isSecure: true,
      userAgent: 'x',
      touchPoints: 2,
      has: { usb: true, serial: false, hid: false, nfc: false, camera: true },
    });
  });
});
